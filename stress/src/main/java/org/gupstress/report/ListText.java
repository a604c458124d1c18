// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.gupstress.storm.Workload;
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
    for (Scenario scenario : Catalogue.all()) {
      table.add(
          scenario.id(), range(scenario.cpus()), range(scenario.rounds()), scenario.summary());
    }
    table.print(sheet);
    sheet.text("The audit runs the size in brackets.");
  }

  public static void claims(Sheet sheet) {
    Table table = new Table("claim", "what must be true");
    for (Claim claim : Claim.values()) {
      table.add(claim.id(), claim.sentence());
    }
    table.print(sheet);
  }

  public static void harms(Sheet sheet) {
    Table table = new Table("harm", "breaks", "how");
    for (Harm harm : Harm.values()) {
      table.add(harm.id(), harm.claim().id(), harm.sentence());
    }
    table.print(sheet);
  }

  public static void workloads(Sheet sheet) {
    Table table = new Table("workload", "what a CPU does");
    for (Workload workload : Workload.values()) {
      table.add(workload.id(), workload.sentence());
    }
    table.print(sheet);
  }

  private static String range(Scenario.Range range) {
    return range.min() == range.max()
        ? Integer.toString(range.min())
        : range.min() + "-" + range.max() + " (" + range.usual() + ")";
  }
}
