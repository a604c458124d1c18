// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.claim.HowChecked;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.race.Bug;
import org.gupstress.race.Bugs;
import org.gupstress.race.Check;
import org.gupstress.race.Exhibit;
import org.gupstress.race.Race;
import org.gupstress.race.Races;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.PairMatrix;
import org.gupstress.scenario.Scenario;
import org.gupstress.storm.Workload;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;

/** What there is to choose from. */
public final class ListText {
  private ListText() {}

  public static void designs(Sheet sheet) {
    Table table = new Table("design", "where it keeps what");
    for (PinDesign design : Designs.all()) {
      table.add(design.id(), design.summary());
    }
    table.print(sheet);
  }

  public static void scenarios(Sheet sheet) {
    Table table = new Table("scenario", "CPUs", "rounds", "what happens");
    for (Scenario scenario : Catalogue.shipped()) {
      table.add(
          scenario.id(), range(scenario.cpus()), range(scenario.rounds()), scenario.summary());
    }
    table.print(sheet);
    sheet.text("The audit runs the size in brackets.");
  }

  public static void claims(Sheet sheet) {
    boolean isFirst = true;
    for (Claim claim : Claim.values()) {
      if (!isFirst) {
        sheet.blank();
      }
      isFirst = false;
      HowChecked checked = HowChecked.of(claim);
      sheet.text(Ink.BOLD, "", claim.id());
      sheet.text(Ink.PLAIN, "  ", claim.sentence());
      entry(sheet, "asked by", claim.citation());
      entry(sheet, "broken", claim.meaning());
      String exception = claim.exception();
      if (exception != null) {
        entry(sheet, "n/a where", exception);
      }
      entry(sheet, "explore", checked.explore());
      entry(sheet, "storm", checked.storm());
      entry(sheet, "jcstress", checked.jcstress());
    }
  }

  private static void entry(Sheet sheet, String what, String text) {
    sheet.text(Ink.PLAIN, String.format("  %-9s ", what), text);
  }

  public static void harms(Sheet sheet) {
    Table table = new Table("harm", "breaks", "how");
    for (Harm harm : Harm.values()) {
      table.add(harm.id(), harm.claim().id(), harm.sentence());
    }
    table.print(sheet);
  }

  public static void races(Sheet sheet) {
    Table table = new Table("race", "what goes wrong", "designs", "shown by");
    for (Race race : Races.all()) {
      List<String> scenarios =
          race.exhibits().stream().map(Exhibit::scenario).distinct().toList();
      table.add(
          race.id(),
          race.sentence(),
          race.designs().isEmpty() ? "-" : String.join(" ", race.designs().keySet()),
          scenarios.isEmpty() ? "-" : String.join(" ", scenarios));
    }
    table.print(sheet);
    sheet.blank();
    Table checks = new Table("check", "what happens", "scenarios");
    for (Check check : Check.all()) {
      checks.add(
          check.id(),
          check.sentence(),
          check.scenarios().isEmpty() ? "-" : String.join(" ", check.scenarios()));
    }
    checks.print(sheet);
    sheet.text("gupstress explain ID tells one, and why a race is not shown.");
  }

  /** The bugs that Linux had. */
  public static void bugs(Sheet sheet) {
    Table table = new Table("bug", "what goes wrong", "from", "to", "CVE", "shown by");
    for (Bug bug : Bugs.all()) {
      List<String> scenarios = bug.trials().stream()
          .map(trial -> trial.before().scenario())
          .distinct()
          .toList();
      table.add(
          bug.id(),
          bug.title(),
          bug.from(),
          bug.to(),
          bug.cve().isEmpty() ? "-" : bug.cve(),
          scenarios.isEmpty() ? "-" : String.join(" ", scenarios));
    }
    table.print(sheet);
    sheet.text("gupstress explain ID tells one, and why a bug is not shown.");
  }

  public static void workloads(Sheet sheet) {
    Table table = new Table("workload", "what a CPU does");
    for (Workload workload : Workload.values()) {
      table.add(workload.id(), workload.sentence());
    }
    table.print(sheet);
  }

  /** What is attacked: a scenario for each operation of the pin API beside anything else. */
  public static void pairs(Sheet sheet) {
    PairMatrix matrix = PairMatrix.of(Catalogue.all(), Designs.all().get(0));
    List<String> heading = new ArrayList<>(List.of("beside"));
    heading.addAll(matrix.pins());
    Table table = new Table(heading);
    Map<String, List<String>> empty = new LinkedHashMap<>();
    for (String other : matrix.others()) {
      List<String> row = new ArrayList<>(List.of(other));
      for (String pin : matrix.pins()) {
        List<String> scenarios = matrix.scenarios(pin, other);
        row.add(scenarios.isEmpty() ? "-" : cell(scenarios));
        if (scenarios.isEmpty()) {
          empty
              .computeIfAbsent(reason(pin, other), reason -> new ArrayList<>())
              .add(pin + " beside " + other);
        }
      }
      table.add(row.toArray(String[]::new));
    }
    table.print(sheet);
    sheet.blank();
    sheet.text("+n: so many further scenarios have the two at once. mlock, munlock and migrate"
        + " isolate the page and put it back; shrink, kswapd, drop_caches and migrate freeze it;"
        + " unmap frees anonymous memory.");
    empty.forEach((reason, pairs) ->
        sheet.text(Ink.PLAIN, "", 2, String.join(", ", pairs) + ": none, " + reason));
  }

  private static String cell(List<String> scenarios) {
    // the generated ones come last, and have the two on the same page
    String last = scenarios.get(scenarios.size() - 1);
    return scenarios.size() == 1 ? last : last + " +" + (scenarios.size() - 1);
  }

  private static String reason(String pin, String other) {
    String reason = PairMatrix.impossible(pin, other);
    return reason == null ? "nobody has written one" : reason;
  }

  private static String range(Scenario.Range range) {
    return range.min() == range.max()
        ? Integer.toString(range.min())
        : range.min() + "-" + range.max() + " (" + range.usual() + ")";
  }
}
