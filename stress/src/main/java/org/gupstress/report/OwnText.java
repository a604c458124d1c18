// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.court.AuditRow;
import org.gupstress.court.Audited;
import org.gupstress.court.Audited.Shown;
import org.gupstress.court.CellRow;
import org.gupstress.court.HarmRow;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.race.Race;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;

/**
 * A user's design beside the sound ones: what it alone does, with the shortest way there; what they
 * do too; and what becomes of it where callers do something wrong.
 */
final class OwnText {
  private static final int COLUMN = 4;
  private static final int NAMES_MAX = 8;

  private OwnText() {}

  /** What no sound design does, claim by claim, and the shortest of it step by step. */
  static void alone(Audited court, AuditRow.Design design, Sheet sheet) {
    List<Shown> alone = court.alone(design.id());
    if (alone.isEmpty()) {
      return;
    }
    sheet.blank();
    sheet.text(
        Ink.BOLD,
        "",
        "Only in " + design.id() + ", and not in " + sound() + ": " + design.summary());
    for (Claim claim : claims(alone)) {
      List<Shown> breaks =
          alone.stream().filter(shown -> shown.harm().harm().claim() == claim).toList();
      EvidenceText.print(court, claim, breaks.get(0), sheet);
      scenarios(breaks.stream())
          .forEach((harm, scenarios) -> sheet.text(
              Ink.PLAIN, " ".repeat(COLUMN), COLUMN + 2, harm.label() + " in " + some(scenarios)));
    }
    CounterexampleText.print(court, design, sheet);
  }

  /** The claim of the shortest first. */
  private static Set<Claim> claims(List<Shown> alone) {
    Set<Claim> claims = new LinkedHashSet<>();
    alone.forEach(shown -> claims.add(shown.harm().harm().claim()));
    return claims;
  }

  private static Map<HarmRow, Set<String>> scenarios(Stream<Shown> found) {
    Map<HarmRow, Set<String>> scenarios = new TreeMap<>(HarmRow.BY_NAME);
    found.forEach(shown -> scenarios
        .computeIfAbsent(shown.harm(), harm -> new LinkedHashSet<>())
        .add(shown.cell().scenario()));
    return scenarios;
  }

  /** What sound designs do too, by name. */
  static void shared(Audited court, AuditRow.Design design, Sheet sheet) {
    List<Shown> shared =
        shown(court.converted(design.id())).filter(one -> !one.harm().isAlone()).toList();
    if (shared.isEmpty()) {
      return;
    }
    sheet.blank();
    sheet.text(Ink.BOLD, "", "Not the fault of " + design.id() + ": sound designs do the same");
    lines(shared, sheet);
  }

  /** What drivers that do something wrong do to it. */
  static void callers(Audited court, AuditRow.Design design, Sheet sheet) {
    Set<String> mistakes = new LinkedHashSet<>();
    court.misused(design.id()).forEach(cell -> mistakes.addAll(cell.misbehaving()));
    List<Shown> found = shown(court.misused(design.id())).toList();
    if (found.isEmpty()) {
      return;
    }
    sheet.blank();
    sheet.text(
        Ink.BOLD,
        "",
        "Unconverted callers: what they do to " + design.id() + ", which is not its fault");
    for (String mistake : mistakes) {
      List<Shown> here = found.stream()
          .filter(shown -> shown.cell().misbehaving().contains(mistake))
          .toList();
      if (!here.isEmpty()) {
        sheet.text(Ink.PLAIN, "  ", COLUMN, "a driver " + mistake + ":");
        lines(here, sheet);
      }
    }
  }

  private static Stream<Shown> shown(Stream<CellRow> cells) {
    return cells.flatMap(cell -> cell.harms().stream().map(row -> new Shown(cell, row)));
  }

  /** A line for each harm and those that do it too. */
  private static void lines(List<Shown> found, Sheet sheet) {
    Map<List<String>, Map<HarmRow, Set<String>>> scenarios = new LinkedHashMap<>();
    Map<Harm, Set<String>> races = new EnumMap<>(Harm.class);
    for (Shown shown : found) {
      HarmRow row = shown.harm();
      scenarios
          .computeIfAbsent(row.shared(), sound -> new TreeMap<>(HarmRow.BY_NAME))
          .computeIfAbsent(row, harm -> new LinkedHashSet<>())
          .add(shown.cell().scenario());
      races.computeIfAbsent(row.harm(), harm -> new TreeSet<>(Race.BY_NUMBER)).addAll(row.causes());
    }
    scenarios.forEach((sound, byHarm) -> byHarm.forEach((harm, where) -> {
      Set<String> known = races.getOrDefault(harm.harm(), Set.of());
      sheet.text(
          Ink.PLAIN,
          " ".repeat(COLUMN),
          COLUMN + 2,
          harm.label()
              + (known.isEmpty() || sound.isEmpty() ? "" : " (" + String.join(" ", known) + ")")
              + " in "
              + some(where)
              + (sound.isEmpty()
                  ? ": no sound design"
                  : ": so " + (sound.size() == 1 ? "does " : "do ") + and(sound)));
    }));
  }

  /** As many as help. */
  private static String some(Set<String> names) {
    return names.size() <= NAMES_MAX + 1
        ? String.join(", ", names)
        : String.join(", ", names.stream().limit(NAMES_MAX).toList()) + " and "
            + (names.size() - NAMES_MAX) + " more";
  }

  private static String sound() {
    return and(Designs.sound().stream().map(PinDesign::id).toList());
  }

  private static String and(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
