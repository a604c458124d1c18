// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.audit.Court;
import org.gupstress.audit.Evidence;
import org.gupstress.claim.Claim;
import org.gupstress.design.PinDesign;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** For each violated cell of the court, the shortest way to it. */
final class EvidenceText {
  private static final int COLUMN = 4;

  private EvidenceText() {}

  static void print(Court court, Sheet sheet) {
    court.designs().forEach(design -> print(court, design, sheet));
  }

  static void print(Court court, PinDesign design, Sheet sheet) {
    boolean isFirst = true;
    for (Claim claim : court.claims()) {
      Evidence shortest = Evidence.shortest(
              court.of(design), (c, violation) -> violation.harm().claim() == claim)
          .orElse(null);
      if (shortest != null) {
        if (isFirst) {
          sheet.blank();
          sheet.text(Ink.BOLD, "", design.id() + ": " + design.summary());
        }
        isFirst = false;
        print(court, design, claim, shortest, sheet);
      }
    }
  }

  private static void print(
      Court court, PinDesign design, Claim claim, Evidence shortest, Sheet sheet) {
    List<String> head = new ArrayList<>(List.of(claim.id() + " violated"));
    if (!court.causes(design, claim).isEmpty()) {
      head.add(String.join(" ", court.causes(design, claim)));
    }
    head.add("in " + Numbers.share(shortest.violation().share()) + " of the interleavings");
    head.add(shortest.length());
    sheet.text(Ink.RED, "  ", COLUMN, String.join(", ", head));
    sheet.text(
        Ink.PLAIN,
        " ".repeat(COLUMN),
        shortest.violation().harm().id() + ": " + shortest.violation().text());
    shortest.printToken(sheet, COLUMN);
  }
}
