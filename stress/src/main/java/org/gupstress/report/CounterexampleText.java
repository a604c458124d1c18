// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.Map;
import org.gupstress.court.AuditRow;
import org.gupstress.court.Audited;
import org.gupstress.court.HarmRow;
import org.gupstress.court.Story;
import org.gupstress.explore.Odds;
import org.gupstress.text.Ink;
import org.gupstress.text.OddsText;
import org.gupstress.text.Sheet;
import org.jspecify.annotations.Nullable;

/** One of the races found, step by step: the shortest that takes two CPUs to happen. */
final class CounterexampleText {
  private CounterexampleText() {}

  static void print(Audited court, Sheet sheet) {
    Audited.shortest(
            court.cells().stream(),
            (cell, found) -> found.preemptions() > 0 && RacesText.isExhibit(cell, found.harm()))
        .map(Audited.Shown::harm)
        .ifPresent(harm -> {
          print(
              "One of them, step by step; replay shows any other like this",
              new Story(String.valueOf(harm.token()), Map.of()),
              sheet);
          odds(harm, court.asked().odds(harm), sheet);
        });
  }

  /** What is wrong with a user's design that is not wrong with Linux, in the fewest steps. */
  static void print(Audited court, AuditRow.Design own, Sheet sheet) {
    for (Story story : court.asked().stories()) {
      if (story.token().startsWith(own.id() + "/")) {
        print(
            own.id()
                + ", its shortest counterexample; replay --design with your file shows any other",
            story,
            sheet);
      }
    }
  }

  /** How likely it was along the way. */
  static void odds(HarmRow harm, @Nullable Odds odds, Sheet sheet) {
    if (odds != null) {
      sheet.blank();
      OddsText.print(harm.harm(), odds, sheet);
    }
  }

  private static void print(String heading, Story story, Sheet sheet) {
    sheet.blank();
    sheet.text(Ink.BOLD, "", heading);
    sheet.blank();
    story.print(sheet);
  }
}
