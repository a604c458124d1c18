// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.Optional;
import org.gupstress.audit.Court;
import org.gupstress.audit.Evidence;
import org.gupstress.design.PinDesign;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;

/** One of the races found, step by step: the shortest that takes two CPUs to happen. */
final class CounterexampleText {
  private CounterexampleText() {}

  static void print(Court court, Sheet sheet) {
    Optional<Evidence> shortest = Evidence.shortest(
        court.cases().stream(), (c, v) -> v.preemptions() > 0 && RacesText.isExhibit(c, v.harm()));
    shortest.ifPresent(
        e -> print("One of them, step by step; replay shows any other like this", e, sheet));
  }

  /** What is wrong with a user's design that is not wrong with Linux, in the fewest steps. */
  static void print(Court court, PinDesign own, Sheet sheet) {
    Evidence.shortest(court.of(own), (c, v) -> c.isUnexpected(v.harm()))
        .ifPresent(e -> print(
            own.id()
                + ", its shortest counterexample; replay --design with your file shows any other",
            e,
            sheet));
  }

  private static void print(String heading, Evidence shown, Sheet sheet) {
    if (shown.violation().token() != null) {
      sheet.blank();
      sheet.text(Ink.BOLD, "", heading);
      sheet.blank();
      shown.printStory(sheet);
    }
  }
}
