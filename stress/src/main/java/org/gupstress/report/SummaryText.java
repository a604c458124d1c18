// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gupstress.claim.Claim;
import org.gupstress.court.AuditRow;
import org.gupstress.court.Audited;
import org.gupstress.court.Audited.Shown;
import org.gupstress.court.CellRow;
import org.gupstress.court.HarmRow;
import org.gupstress.race.Race;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/**
 * A sentence for each design: how many claims it breaks and where to begin, or what holding means.
 */
final class SummaryText {
  private static final String ELSEWHERE = "weak memory, larger machines, real hardware";

  private final Audited court;
  private final AuditRow.Design design;
  private final List<Shown> alone;

  private SummaryText(Audited court, AuditRow.Design design) {
    this.court = court;
    this.design = design;
    this.alone = court.alone(design.id());
  }

  static void print(Audited court, Sheet sheet) {
    court.asked().designs().stream()
        .filter(design -> design.unfit().isEmpty())
        .forEach(design -> new SummaryText(court, design).print(sheet));
  }

  private void print(Sheet sheet) {
    Set<Claim> broken = EnumSet.noneOf(Claim.class);
    alone.forEach(shown -> broken.add(shown.harm().harm().claim()));
    boolean isBroken = !broken.isEmpty();
    sheet.text(
        isBroken ? Ink.RED : Ink.PLAIN,
        design.id() + ": ",
        4,
        isBroken ? broken(broken.size()) : holds());
  }

  private String broken(int claims) {
    return claims
        + " of "
        + Numbers.of(court.claims().size(), "claim")
        + " broken; start with "
        + start();
  }

  /** The race that breaks most claims, or the shortest of what no race explains. */
  private String start() {
    Map<String, Set<Claim>> claims = new TreeMap<>(Race.BY_NUMBER);
    for (Shown shown : alone) {
      for (String race : shown.harm().causes()) {
        claims
            .computeIfAbsent(race, id -> EnumSet.noneOf(Claim.class))
            .add(shown.harm().harm().claim());
      }
    }
    return claims.entrySet().stream()
        .max(Comparator.comparing(
                (Map.Entry<String, Set<Claim>> race) -> race.getValue().size())
            .thenComparing(race -> -steps(race.getKey())))
        .map(Map.Entry::getKey)
        .orElseGet(
            () -> alone.get(0).harm().label() + " in " + alone.get(0).cell().scenario());
  }

  private int steps(String race) {
    return alone.stream()
        .map(Shown::harm)
        .filter(found -> found.causes().contains(race))
        .mapToInt(HarmRow::steps)
        .min()
        .orElse(0);
  }

  private String holds() {
    List<CellRow> done =
        court.converted(design.id()).filter(CellRow::isComplete).toList();
    long open = court.converted(design.id()).count() - done.size();
    if (done.isEmpty()) {
      return open == 0 ? "only callers that do something wrong were tried" : "nothing was judged";
    }
    long scenarios = done.stream().map(CellRow::scenario).distinct().count();
    long kernels = done.stream().map(CellRow::kernel).distinct().count();
    IntSummaryStatistics cpus = done.stream().mapToInt(CellRow::cpus).summaryStatistics();
    return "holds in "
        + Numbers.of(scenarios, "scenario")
        + " x "
        + Numbers.of(kernels, "kernel")
        + ", "
        + (cpus.getMin() == cpus.getMax() ? "" : cpus.getMin() + " to ")
        + Numbers.of(cpus.getMax(), "CPU")
        + ", sequentially consistent"
        + shared()
        + "; not covered: "
        + (open == 0 ? "" : Numbers.of(open, "run") + " of these, see below, ")
        + ELSEWHERE;
  }

  /** What sound designs do too. */
  private String shared() {
    TreeSet<String> races = new TreeSet<>(Race.BY_NUMBER);
    TreeSet<String> harms = new TreeSet<>();
    court.converted(design.id()).flatMap(cell -> cell.harms().stream()).forEach(found -> {
      races.addAll(found.causes());
      if (found.causes().isEmpty()) {
        harms.add(found.label());
      }
    });
    List<String> names = new ArrayList<>(races);
    names.addAll(harms);
    return names.isEmpty()
        ? ""
        : "; breaks no claim but by " + String.join(", ", names) + ", as sound designs do";
  }
}
