// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gupstress.storm.StormRecord;
import org.gupstress.storm.StormSetup;
import org.gupstress.text.Sheet;

/** Storms as they are printed when they end, and from their rows: each alone, or side by side. */
public final class StormsText {
  private StormsText() {}

  /**
   * Prints all of them.
   *
   * @param full with all that is known of designs that are compared, and all events of the pages
   *     that findings are about
   */
  public static void print(List<StormRecord> storms, boolean full, Sheet sheet) {
    boolean isFirst = true;
    for (StormRecord storm : storms) {
      if (full || !storm.host().isCompared()) {
        blankUnless(isFirst, sheet);
        StormText.print(storm, full, sheet);
        printTurns(storm, sheet);
        isFirst = false;
      }
    }
    for (List<StormRecord> compared : compared(storms).values()) {
      blankUnless(isFirst, sheet);
      CompareText.print(compared, sheet);
      printTurns(compared.get(0), sheet);
      if (!full) {
        sheet.text("Findings, references and reclaim of each design: report --full");
      }
      isFirst = false;
    }
  }

  /** Those that were compared, by how they were set up. */
  private static Map<StormSetup, List<StormRecord>> compared(List<StormRecord> storms) {
    return storms.stream()
        .filter(storm -> storm.host().isCompared())
        .collect(
            Collectors.groupingBy(StormRecord::setup, LinkedHashMap::new, Collectors.toList()));
  }

  private static void blankUnless(boolean isFirst, Sheet sheet) {
    if (!isFirst) {
      sheet.blank();
    }
  }

  private static void printTurns(StormRecord storm, Sheet sheet) {
    int cpus = storm.setup().cpus();
    int processors = storm.host().processors();
    if (cpus > processors) {
      sheet.text(cpus + " CPUs took turns on " + processors + " processors: times include that.");
    }
  }
}
