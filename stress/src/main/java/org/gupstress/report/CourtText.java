// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.claim.Claim;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Verdict;

/** The table of claims and designs. */
final class CourtText {
  private CourtText() {}

  static void print(Court court, Sheet sheet) {
    List<String> heading = new ArrayList<>(List.of("claim"));
    court.designs().forEach(design -> heading.add(design.id()));
    Table table = new Table(heading);
    for (Claim claim : court.claims()) {
      List<Table.Cell> row = new ArrayList<>(List.of(Table.Cell.of(claim.id())));
      for (PinDesign design : court.designs()) {
        String cell = court.cell(design, claim);
        row.add(new Table.Cell(ink(court.verdict(design, claim), cell), cell));
      }
      table.add(row);
    }
    table.print(sheet);
    sheet.text(
        Ink.FAINT,
        "",
        "R-nn, K5, 1.2, G-nn: the races that break the claim, see below. !: nobody expected it.");
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
