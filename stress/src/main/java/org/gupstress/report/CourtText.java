// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.gupstress.audit.Court;
import org.gupstress.claim.Claim;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Verdict;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;

/** The table of claims and designs. */
final class CourtText {
  private CourtText() {}

  static void print(Court court, Sheet sheet) {
    print(court.designs(), PinDesign::id, court.claims(), Claim::id, sheet, (design, claim) -> {
      String cell = court.cell(design, claim);
      return new Table.Cell(ink(court.verdict(design, claim), cell), cell);
    });
  }

  static <D, C> void print(
      List<D> designs,
      Function<D, String> designId,
      List<C> claims,
      Function<C, String> claimId,
      Sheet sheet,
      BiFunction<D, C, Table.Cell> cell) {
    List<String> heading = new ArrayList<>(List.of("claim"));
    designs.forEach(design -> heading.add(designId.apply(design)));
    Table table = new Table(heading);
    for (C claim : claims) {
      List<Table.Cell> row = new ArrayList<>(List.of(Table.Cell.of(claimId.apply(claim))));
      designs.forEach(design -> row.add(cell.apply(design, claim)));
      table.add(row);
    }
    table.print(sheet);
    sheet.text(
        Ink.FAINT,
        "",
        "R-nn, G-nn: the races that break the claim, see below; gupstress explain ID tells one. !:"
            + " nobody expected it.");
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
