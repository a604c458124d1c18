// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gupstress.claim.Claim;
import org.gupstress.court.AuditRow;
import org.gupstress.court.Audited;
import org.gupstress.court.Audited.Shown;
import org.gupstress.court.HarmRow;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** For each violated cell of the court, the shortest way to it. */
final class EvidenceText {
  private static final int COLUMN = 4;

  private EvidenceText() {}

  static void print(Audited court, Sheet sheet) {
    court.asked().designs().forEach(design -> print(court, design, sheet));
  }

  static void print(Audited court, AuditRow.Design design, Sheet sheet) {
    boolean isFirst = true;
    for (Claim claim : court.claims()) {
      Shown shortest = Audited.shortest(
              court.judged(design.id(), claim), (cell, found) -> found.harm().claim() == claim)
          .orElse(null);
      if (shortest != null) {
        if (isFirst) {
          sheet.blank();
          sheet.text(Ink.BOLD, "", design.id() + ": " + design.summary());
        }
        isFirst = false;
        print(court, court.causes(design.id(), claim), claim, shortest, sheet);
      }
    }
  }

  /** The shortest way to break a claim. */
  static void print(Audited court, Claim claim, Shown shortest, Sheet sheet) {
    print(court, Set.copyOf(shortest.harm().causes()), claim, shortest, sheet);
  }

  private static void print(
      Audited court, Set<String> causes, Claim claim, Shown shortest, Sheet sheet) {
    print(causes, claim, shortest.harm(), sheet);
    scenario(court, shortest, COLUMN, sheet);
    token(shortest.harm(), COLUMN, sheet);
  }

  private static void print(Set<String> causes, Claim claim, HarmRow shortest, Sheet sheet) {
    List<String> head = new ArrayList<>(List.of(claim.id() + " violated"));
    if (!causes.isEmpty()) {
      head.add(String.join(" ", causes));
    }
    head.add("in " + Numbers.share(shortest.share()) + " of the interleavings");
    head.add(shortest.length());
    sheet.text(Ink.RED, "  ", COLUMN, String.join(", ", head));
    sheet.text(Ink.PLAIN, " ".repeat(COLUMN), shortest.label() + ": " + shortest.text());
  }

  /** In a mail, what the scenario is, unless its head says it. */
  static void scenario(Audited court, Shown shown, int column, Sheet sheet) {
    String id = shown.cell().scenario();
    String sentence = court.asked().scenarios().get(id);
    if (sheet.isMail() && !court.asked().isNarrowed() && sentence != null) {
      sheet.text(Ink.PLAIN, " ".repeat(column), "in " + id + ": " + sentence);
    }
  }

  /** How to replay it. */
  static void token(HarmRow harm, int column, Sheet sheet) {
    if (harm.token() == null) {
      sheet.text(Ink.PLAIN, " ".repeat(column), "no interleaving can be shown");
    } else {
      sheet.token(column, harm.token());
    }
  }
}
