// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.claim.Claim;
import org.gupstress.court.AuditRow;
import org.gupstress.court.Audited;
import org.gupstress.explore.Verdict;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;

/** The table of claims and designs. */
final class CourtText {
  private CourtText() {}

  static void print(Audited court, Sheet sheet) {
    List<String> designs =
        court.asked().designs().stream().map(AuditRow.Design::id).toList();
    List<String> heading = new ArrayList<>(List.of("claim"));
    heading.addAll(designs);
    Table table = new Table(heading);
    for (Claim claim : court.claims()) {
      List<Table.Cell> row = new ArrayList<>(List.of(Table.Cell.of(claim.id())));
      for (String design : designs) {
        String words = court.words(design, claim);
        row.add(new Table.Cell(ink(court.verdict(design, claim), words), words));
      }
      table.add(row);
    }
    if (court.hasMisused()) {
      List<Table.Cell> row = new ArrayList<>(List.of(Table.Cell.of("unconverted callers")));
      designs.stream()
          .map(court::callers)
          .forEach(words -> row.add(new Table.Cell(Ink.FAINT, words)));
      table.add(row);
    }
    table.print(sheet);
    sheet.text(
        Ink.FAINT,
        "",
        "R-nn, G-nn: the races that break the claim, see below; gupstress explain ID tells one. !:"
            + " nobody expected it.");
    if (court.hasMisused()) {
      sheet.text(
          Ink.FAINT,
          "",
          "unconverted callers: what drivers that misuse their pins do to the design, judged apart."
              + " +: what no sound design suffers.");
    }
    for (AuditRow.Design design : court.asked().designs()) {
      if (!design.unfit().isEmpty()) {
        sheet.text(Ink.FAINT, "", "n/a: " + design.unfit() + ".");
      }
    }
    if (court.claims().stream()
        .anyMatch(claim -> designs.stream()
            .anyMatch(design -> court.verdict(design, claim) == Verdict.NOT_APPLICABLE))) {
      sheet.text(
          Ink.FAINT,
          "",
          "n/a: the claim says nothing of it; gupstress list claims tells what makes it apply.");
    }
  }

  static Ink ink(Verdict verdict, String cell) {
    return switch (verdict) {
      case VIOLATED -> Ink.RED;
      case HOLDS -> cell.endsWith("!") ? Ink.YELLOW : Ink.GREEN;
      case NOT_APPLICABLE -> Ink.FAINT;
      case INCOMPLETE, NOT_MET, NOT_RUN -> Ink.YELLOW;
    };
  }
}
