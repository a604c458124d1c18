// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.math.BigInteger;
import java.util.List;
import org.gupstress.court.AuditRow;
import org.gupstress.court.Audited;
import org.gupstress.court.CellRow;
import org.gupstress.court.Measured;
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
   * @param file where the results lie
   */
  public static void print(Audited court, String file, Sheet sheet) {
    head(court, sheet);
    sheet.blank();
    SummaryText.print(court, sheet);
    sheet.blank();
    CourtText.print(court, sheet);
    court.own().forEach(design -> OwnText.alone(court, design, sheet));
    RacesText.print(court, sheet);
    if (court.asked().evidence()) {
      EvidenceText.print(court, sheet);
    } else {
      CounterexampleText.print(court, sheet);
    }
    for (AuditRow.Design design : court.own()) {
      OwnText.shared(court, design, sheet);
      OwnText.callers(court, design, sheet);
    }
    SurpriseText.print(shipped(court), sheet);
    notCovered(court, sheet);
    sheet.blank();
    Foot.print(sheet);
    sheet.text("All results: " + file);
  }

  /** Of users' designs, what was found is told before. */
  private static List<CellRow> shipped(Audited court) {
    return court.asked().designs().stream()
        .filter(AuditRow.Design::isShipped)
        .flatMap(design -> court.of(design.id()))
        .toList();
  }

  private static void head(Audited court, Sheet sheet) {
    AuditRow asked = court.asked();
    BigInteger ways = BigInteger.ZERO;
    long states = 0;
    for (CellRow cell : court.cells()) {
      Measured measured = cell.measured();
      if (measured != null) {
        ways = ways.add(measured.interleavings());
        states += measured.states();
      }
    }
    sheet.text(
        Ink.BOLD,
        "",
        String.join(
            " ",
            Tool.NAME,
            Tool.VERSION,
            "audit of",
            String.join(", ", asked.designs().stream().map(AuditRow.Design::id).toList())));
    sheet.text(Numbers.of(court.claims().size(), "claim")
        + ", "
        + Numbers.of(asked.scenarios().size(), "scenario")
        + ", "
        + String.join(" and ", asked.kernels())
        + " kernel: "
        + Numbers.rough(ways)
        + " interleavings covered in "
        + Numbers.of(states, "state")
        + ", "
        + (asked.hasEnded() ? Numbers.seconds(asked.seconds()) : "cut off"));
    if (sheet.isMail()) {
      subjects(asked, sheet);
    } else if (asked.isNarrowed()) {
      sheet.text(
          Ink.PLAIN, "scenarios: ", COLUMN, String.join(", ", asked.scenarios().keySet()));
    }
  }

  /** What the designs are, and the scenarios where they are not all there are. */
  private static void subjects(AuditRow asked, Sheet sheet) {
    sheet.blank();
    asked
        .designs()
        .forEach(design -> sheet.text(Ink.PLAIN, design.id() + ": ", COLUMN, design.summary()));
    if (asked.isNarrowed()) {
      sheet.blank();
      sheet.text("Only these scenarios:");
      asked
          .scenarios()
          .forEach((id, sentence) -> sheet.text(Ink.PLAIN, "  " + id + ": ", COLUMN, sentence));
    }
  }

  /** What the budget left out, and what was not met. */
  private static void notCovered(Audited court, Sheet sheet) {
    List<CellRow> open =
        court.cells().stream().filter(cell -> !cell.isComplete()).toList();
    if (!open.isEmpty()) {
      sheet.blank();
      sheet.text(
          Ink.BOLD, "", "Not covered: " + open.size() + " of " + court.cells().size() + " runs");
    }
    for (AuditRow.Design design : court.asked().designs()) {
      List<String> names = open.stream()
          .filter(cell -> cell.design().equals(design.id()))
          .map(cell -> cell.scenario() + "/" + cell.kernel())
          .toList();
      if (!names.isEmpty()) {
        sheet.text(Ink.PLAIN, "  ", COLUMN, design.id() + ": " + String.join(", ", names));
      }
    }
    for (CellRow cell : court.cells()) {
      if (cell.isComplete() && !cell.unmet().isEmpty()) {
        String unmet = String.join("; ", cell.unmet());
        sheet.text(Ink.YELLOW, "", COLUMN, cell.name() + ": never met: " + unmet);
      }
    }
  }
}
