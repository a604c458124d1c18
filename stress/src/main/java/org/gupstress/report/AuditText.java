// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.gupstress.audit.Case;
import org.gupstress.audit.Court;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Result;
import org.gupstress.explore.Tool;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** The report of an audit: the court, the evidence, what surprises, what it does not say. */
public final class AuditText {
  private static final int COLUMN = 4;

  private AuditText() {}

  /**
   * Prints all of it.
   *
   * @param seconds on the clock
   * @param file where the results lie
   * @param evidence whether to show the shortest way to every violated cell
   */
  public static void print(
      Court court, double seconds, String file, boolean evidence, Sheet sheet) {
    head(court, seconds, sheet);
    sheet.blank();
    CourtText.print(court, sheet);
    RacesText.print(court, sheet);
    if (evidence) {
      EvidenceText.print(court, sheet);
    } else {
      CounterexampleText.print(court, sheet);
      court.own().forEach(design -> EvidenceText.print(court, design, sheet));
    }
    court.own().forEach(design -> CounterexampleText.print(court, design, sheet));
    SurpriseText.print(court.cases(), sheet);
    notCovered(court, sheet);
    sheet.blank();
    Foot.print(sheet);
    sheet.text("All results: " + file);
  }

  private static void head(Court court, double seconds, Sheet sheet) {
    List<Result> results = court.cases().stream()
        .filter(c -> c.result() != null)
        .map(c -> Objects.requireNonNull(c.result()))
        .toList();
    BigInteger ways =
        results.stream().map(Result::interleavings).reduce(BigInteger.ZERO, BigInteger::add);
    long states = results.stream().mapToLong(Result::states).sum();
    long scenarios =
        court.cases().stream().map(c -> c.plan().scenario()).distinct().count();
    sheet.text(
        Ink.BOLD,
        "",
        String.join(
            " ",
            Tool.NAME,
            Tool.VERSION,
            "audit of",
            String.join(", ", court.designs().stream().map(PinDesign::id).toList())));
    sheet.text(Numbers.of(court.claims().size(), "claim")
        + ", "
        + Numbers.of(scenarios, "scenario")
        + ", "
        + String.join(" and ", court.kernels())
        + " kernel: "
        + Numbers.rough(ways)
        + " interleavings covered in "
        + Numbers.of(states, "state")
        + ", "
        + Numbers.seconds(seconds));
  }

  /** What the budget left out, and what was not met. */
  private static void notCovered(Court court, Sheet sheet) {
    List<Case> open = court.cases().stream().filter(c -> !c.isComplete()).toList();
    if (!open.isEmpty()) {
      sheet.blank();
      sheet.text(
          Ink.BOLD, "", "Not covered: " + open.size() + " of " + court.cases().size() + " runs");
    }
    for (PinDesign design : court.designs()) {
      List<String> names = open.stream()
          .filter(c -> c.plan().design() == design)
          .map(c -> c.plan().scenario().id() + "/" + c.plan().kernel().id())
          .toList();
      if (!names.isEmpty()) {
        sheet.text(Ink.PLAIN, "  ", COLUMN, design.id() + ": " + String.join(", ", names));
      }
    }
    for (Case c : court.cases()) {
      Result result = c.result();
      if (result != null && result.stopped() == null && !result.unmet().isEmpty()) {
        String unmet = String.join("; ", result.unmet());
        sheet.text(Ink.YELLOW, "", COLUMN, c.name() + ": never met: " + unmet);
      }
    }
  }
}
