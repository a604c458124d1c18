// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.audit.Case;
import org.gupstress.audit.Evidence;
import org.gupstress.claim.Claim;
import org.gupstress.explore.Options;
import org.gupstress.explore.Result;
import org.gupstress.explore.Result.Violation;
import org.gupstress.explore.Verdict;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** The report of one run: bound, cost, verdicts, evidence. */
public final class ExploreText {
  private static final int COLUMN = 4;

  private ExploreText() {}

  public static void print(Result result, Sheet sheet) {
    Case found = new Case(result);
    sheet.text(Ink.BOLD, "", found.name());
    bound(result, sheet);
    cost(result, sheet);
    sheet.blank();
    verdicts(found, result, sheet);
    violations(found, result, sheet);
    if (result.options().outcomes()) {
      OutcomeText.print(result, sheet);
    }
    SurpriseText.print(List.of(found), sheet);
    sheet.blank();
    Foot.print(sheet);
  }

  private static void bound(Result result, Sheet sheet) {
    int preemptions = result.options().preemptions();
    sheet.text(
        Ink.PLAIN,
        "bound: ",
        result.plan().size()
            + ", "
            + (preemptions == Options.UNBOUNDED
                ? "any number of pre-emptions"
                : "at most " + Numbers.of(preemptions, "pre-emption"))
            + ", longest interleaving "
            + Numbers.of(result.depthMax(), "step")
            + (result.stopped() == null ? "; complete" : ""));
    if (result.stopped() != null) {
      sheet.text(Ink.YELLOW, "", "INCOMPLETE: " + result.stopped().sentence());
    }
    sheet.text(
        Ink.PLAIN,
        "covered: ",
        Numbers.exact(result.interleavings())
            + " interleavings in "
            + Numbers.of(result.states(), "state")
            + " and "
            + Numbers.of(result.transitions(), "transition"));
  }

  private static void cost(Result result, Sheet sheet) {
    long rate = Math.round(result.transitions() / Math.max(result.seconds(), 1e-9));
    sheet.text(
        Ink.PLAIN,
        "cost: ",
        Numbers.seconds(result.seconds())
            + ", "
            + Numbers.count(rate)
            + " transitions/s, visited set "
            + Numbers.decimal(bytesPerState(result))
            + " bytes/state, collision probability "
            + Numbers.small(result.collision()));
  }

  static double bytesPerState(Result result) {
    return result.visitedBytes() / (double) Math.max(1, result.states());
  }

  private static void verdicts(Case found, Result result, Sheet sheet) {
    Table table = new Table("claim", "verdict", "");
    for (Claim claim : Claim.values()) {
      Verdict verdict = result.verdict(claim);
      if (claim != Claim.DESIGN_CONTRACT || verdict == Verdict.VIOLATED) {
        table.add(List.of(
            Table.Cell.of(claim.id()),
            new Table.Cell(CourtText.ink(verdict, ""), verdict.id()),
            Table.Cell.of(remark(found, result, claim))));
      }
    }
    table.print(sheet);
    result.unmet().forEach(sentence -> sheet.text(Ink.YELLOW, "never met: ", sentence));
    if (result.falsePositives() > 0) {
      sheet.text("In "
          + Numbers.of(result.falsePositives(), "state")
          + " between operations a page says it is pinned and is not. That is allowed.");
    }
  }

  private static String remark(Case found, Result result, Claim claim) {
    return switch (result.verdict(claim)) {
      case VIOLATED ->
        String.join(" ", found.causes(claim))
            + (Boolean.FALSE.equals(found.isExpected(claim)) ? " !" : "");
      case NOT_APPLICABLE -> String.valueOf(result.reasonNotApplicable(claim));
      default -> "";
    };
  }

  private static void violations(Case found, Result result, Sheet sheet) {
    List<Violation> all = new ArrayList<>(result.violations().values());
    if (!all.isEmpty()) {
      sheet.blank();
    }
    for (Violation violation : all) {
      Evidence evidence = new Evidence(found, violation);
      List<String> head = new ArrayList<>(List.of(violation.harm().id()));
      if (!found.causes(violation.harm()).isEmpty()) {
        head.add(String.join(" ", found.causes(violation.harm())));
      }
      head.add("in " + Numbers.share(violation.share()) + " of the interleavings");
      head.add(evidence.length());
      sheet.text(Ink.RED, "", COLUMN, String.join(", ", head));
      sheet.text(Ink.PLAIN, " ".repeat(COLUMN), violation.text());
      evidence.printToken(sheet, COLUMN);
    }
  }
}
