// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.court.CellRow;
import org.gupstress.court.ExploreRow;
import org.gupstress.court.HarmRow;
import org.gupstress.court.Measured;
import org.gupstress.explore.Odds;
import org.gupstress.explore.Options;
import org.gupstress.explore.Verdict;
import org.gupstress.memory.WeakMemory;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.OddsText;
import org.gupstress.text.Sheet;

/** The report of one run: bound, cost, verdicts, evidence. */
public final class ExploreText {
  private static final int COLUMN = 4;

  private ExploreText() {}

  public static void print(ExploreRow row, Sheet sheet) {
    CellRow cell = row.cell();
    Measured measured = Objects.requireNonNull(cell.measured());
    sheet.text(Ink.BOLD, "", cell.name());
    if (sheet.isMail() && row.story() == null) {
      sheet.text(cell.design() + ": " + row.design());
      sheet.text(cell.scenario() + ": " + row.summary());
    }
    bound(row, measured, sheet);
    cost(measured, sheet);
    sheet.blank();
    verdicts(cell, measured, sheet);
    violations(cell, sheet);
    if (measured.outcomes() != null) {
      FinalStatesText.print(measured.outcomes(), sheet);
    }
    SurpriseText.print(List.of(cell), sheet);
    sheet.blank();
    Foot.print(row.memory(), sheet);
    if (row.story() != null) {
      sheet.blank();
      row.story().print(sheet);
      odds(row.story().token(), cell, sheet);
    } else if (row.wanted() != null
        && cell.harms().stream().noneMatch(found -> found.harm() == row.wanted())) {
      sheet.blank();
      sheet.text("No interleaving does " + row.wanted().id() + ".");
    }
  }

  /** Of all harms that the counterexample does. */
  private static void odds(String token, CellRow cell, Sheet sheet) {
    Map<Harm, Odds> odds = new EnumMap<>(Harm.class);
    for (HarmRow found : cell.harms()) {
      Odds along = found.odds();
      if (along != null && token.equals(found.token())) {
        odds.put(found.harm(), along);
      }
    }
    if (!odds.isEmpty()) {
      sheet.blank();
      OddsText.print(odds, sheet);
    }
  }

  private static void bound(ExploreRow row, Measured measured, Sheet sheet) {
    CellRow cell = row.cell();
    sheet.text(
        Ink.PLAIN,
        "bound: ",
        cell.size()
            + ", "
            + (measured.preemptions() == Options.UNBOUNDED
                ? "any number of pre-emptions"
                : "at most " + Numbers.of(measured.preemptions(), "pre-emption"))
            + ", longest interleaving "
            + Numbers.of(measured.depthMax(), "step")
            + (cell.stopped() == null ? "; complete" : ""));
    if (row.memory().isWeak()) {
      sheet.text(
          Ink.PLAIN,
          "memory: ",
          row.memory().sentence() + "; at most " + WeakMemory.BUFFER_MAX + " stores in a buffer");
    }
    if (cell.stopped() != null) {
      sheet.text(Ink.YELLOW, "", "INCOMPLETE: " + cell.stopped());
    }
    sheet.text(
        Ink.PLAIN,
        "covered: ",
        Numbers.exact(measured.interleavings())
            + " interleavings in "
            + Numbers.of(measured.states(), "state")
            + " and "
            + Numbers.of(measured.transitions(), "transition"));
  }

  private static void cost(Measured measured, Sheet sheet) {
    long rate = Math.round(measured.transitions() / Math.max(measured.seconds(), 1e-9));
    sheet.text(
        Ink.PLAIN,
        "cost: ",
        Numbers.seconds(measured.seconds())
            + ", "
            + Numbers.count(rate)
            + " transitions/s, visited set "
            + Numbers.decimal(measured.bytesPerState())
            + " bytes/state, collision probability "
            + Numbers.small(measured.collision()));
  }

  private static void verdicts(CellRow cell, Measured measured, Sheet sheet) {
    Table table = new Table("claim", "verdict", "");
    for (Claim claim : Claim.values()) {
      Verdict verdict = cell.verdict(claim);
      if (claim != Claim.DESIGN_CONTRACT || verdict == Verdict.VIOLATED) {
        table.add(List.of(
            Table.Cell.of(claim.id()),
            new Table.Cell(CourtText.ink(verdict, ""), verdict.id()),
            Table.Cell.of(remark(cell, claim))));
      }
    }
    table.print(sheet);
    cell.unmet().forEach(sentence -> sheet.text(Ink.YELLOW, "never met: ", sentence));
    if (measured.falsePositives() > 0) {
      sheet.text("In "
          + Numbers.of(measured.falsePositives(), "state")
          + " between operations a page says it is pinned and is not. That is allowed.");
    }
  }

  private static String remark(CellRow cell, Claim claim) {
    return switch (cell.verdict(claim)) {
      case VIOLATED ->
        String.join(" ", cell.causes(claim)) + (cell.isUnexpected(claim) ? " !" : "");
      case NOT_APPLICABLE -> String.valueOf(cell.notApplicable().get(claim));
      default -> "";
    };
  }

  private static void violations(CellRow cell, Sheet sheet) {
    if (!cell.harms().isEmpty()) {
      sheet.blank();
    }
    cell.harms().forEach(found -> violation(found, sheet));
  }

  /** A harm, and how to replay it. */
  static void violation(HarmRow found, Sheet sheet) {
    List<String> head = new ArrayList<>(List.of(found.label()));
    if (!found.causes().isEmpty()) {
      head.add(String.join(" ", found.causes()));
    }
    head.add("in " + Numbers.share(found.share()) + " of the interleavings");
    head.add(found.length());
    sheet.text(Ink.RED, "", COLUMN, String.join(", ", head));
    sheet.text(Ink.PLAIN, " ".repeat(COLUMN), found.text());
    EvidenceText.token(found, COLUMN, sheet);
  }
}
