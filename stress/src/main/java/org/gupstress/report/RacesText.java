// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gupstress.claim.Harm;
import org.gupstress.court.AuditRow;
import org.gupstress.court.Audited;
import org.gupstress.court.Audited.Shown;
import org.gupstress.court.CellRow;
import org.gupstress.race.Exhibit;
import org.gupstress.race.Race;
import org.gupstress.race.Races;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;

/** The races found, one entry each, as a reviewer pastes them. */
final class RacesText {
  private static final int COLUMN = 7;

  private RacesText() {}

  static void print(Audited court, Sheet sheet) {
    TreeSet<String> races = new TreeSet<>(Race.BY_NUMBER);
    // what a user's design has of them, it shares with a shipped one, and that is told elsewhere
    shipped(court).forEach(design -> court.of(design).forEach(cell -> races.addAll(races(cell))));
    if (races.isEmpty()) {
      return;
    }
    sheet.blank();
    sheet.text(Ink.BOLD, "", "Races found, with the shortest interleavings that show them");
    races.forEach(race -> print(court, race, sheet));
  }

  private static Stream<String> shipped(Audited court) {
    return court.asked().designs().stream()
        .filter(AuditRow.Design::isShipped)
        .map(AuditRow.Design::id);
  }

  private static Set<String> races(CellRow cell) {
    Set<String> races = new LinkedHashSet<>();
    cell.harms().forEach(found -> races.addAll(found.causes()));
    return races;
  }

  private static void print(Audited court, String race, Sheet sheet) {
    List<String> designs = shipped(court)
        .filter(design -> court.of(design).anyMatch(cell -> races(cell).contains(race)))
        .toList();
    List<Shown> shown = exhibits(court, race);
    sheet.text(
        Ink.PLAIN,
        "  " + race + " ".repeat(Math.max(1, COLUMN - 2 - race.length())),
        COLUMN,
        sentence(race, shown) + " (" + String.join(", ", designs) + ")");
    for (Shown evidence : shown) {
      sheet.text(
          Ink.PLAIN,
          " ".repeat(COLUMN),
          evidence.harm().harm().id() + ", " + evidence.harm().length());
      EvidenceText.scenario(court, evidence, COLUMN + 2, sheet);
      EvidenceText.token(evidence.harm(), COLUMN + 2, sheet);
    }
  }

  /** The harms by which the race is known; of any other race, the shortest. */
  private static List<Shown> exhibits(Audited court, String race) {
    List<Shown> shown = new ArrayList<>();
    Races.all().stream()
        .filter(known -> known.id().equals(race))
        .flatMap(known -> known.exhibits().stream())
        .forEach(exhibit -> Audited.shortest(
                court.cells().stream(), (cell, found) -> isOf(exhibit, cell, found.harm()))
            .ifPresent(shown::add));
    if (shown.isEmpty()) {
      Audited.shortest(court.cells().stream(), (cell, found) -> found.causes().contains(race))
          .ifPresent(shown::add);
    }
    return shown;
  }

  /** Whether a race is known by this harm of this case. */
  static boolean isExhibit(CellRow cell, Harm harm) {
    return Races.all().stream()
        .flatMap(race -> race.exhibits().stream())
        .anyMatch(exhibit -> isOf(exhibit, cell, harm));
  }

  private static boolean isOf(Exhibit exhibit, CellRow cell, Harm harm) {
    return exhibit.harm() == harm
        && exhibit.kernel().id().equals(cell.kernel())
        && exhibit.design().equals(cell.design())
        && exhibit.scenario().equals(cell.scenario());
  }

  private static String sentence(String race, List<Shown> shown) {
    return Races.all().stream()
        .filter(known -> known.id().equals(race))
        .map(Race::sentence)
        .findFirst()
        .orElseGet(() -> shown.get(0).harm().harm().sentence());
  }
}
