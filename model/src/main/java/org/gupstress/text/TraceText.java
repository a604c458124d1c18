// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Finding;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Token;
import org.gupstress.explore.Trace;
import org.gupstress.race.Race;
import org.gupstress.scenario.Expectations;

/** One interleaving as it is read in a mail: lanes, page strips, and what it means in a kernel. */
public final class TraceText {
  private TraceText() {}

  /**
   * Prints it.
   *
   * @param full every access and every field of the pages, not only what changes
   */
  public static void print(Plan plan, Token token, Trace trace, boolean full, Sheet sheet) {
    sheet.text(
        Ink.BOLD,
        "",
        plan.name() + ", " + plan.size() + ": " + Numbers.of(trace.steps().size(), "step"));
    if (sheet.isMail()) {
      sheet.text(plan.design().id() + ": " + plan.design().summary());
      sheet.text(plan.scenario().id() + ": " + plan.scenario().summary());
    }
    sheet.token(0, token.toString());
    sheet.blank();
    trace
        .initial()
        .forEach(page -> sheet.text(Ink.PLAIN, "", 7, new PageStrip(page, trace.names()).text()));
    sheet.text(
        Ink.FAINT,
        "",
        "w8, w16: the union words, lru.next and lru.prev; [..] who wrote each of their bytes:"
            + " L list, P pin, C compound_head, D device, F other");
    sheet.blank();
    new Lanes(sheet, plan.cpus(), trace, full).print();
    for (Trace other : trace.others()) {
      sheet.blank();
      sheet.text("That is wrong because of another interleaving, from the same start:");
      sheet.blank();
      new Lanes(sheet, plan.cpus(), other, full).print();
    }
    sheet.blank();
    meaning(plan, trace.conclusion(), sheet);
  }

  private static List<String> causes(Plan plan, Harm harm) {
    String design = plan.design().id();
    String scenario = plan.scenario().id();
    return plan.isUsual()
        ? Expectations.explain(design, scenario, plan.kernel(), harm)
        : Expectations.explainAtOtherSizes(design, scenario, plan.kernel(), harm);
  }

  private static void meaning(Plan plan, List<Finding> conclusion, Sheet sheet) {
    Set<Claim> claims = EnumSet.noneOf(Claim.class);
    TreeSet<String> causes = new TreeSet<>(Race.BY_NUMBER);
    for (Finding finding : conclusion) {
      claims.add(finding.harm().claim());
      causes.addAll(causes(plan, finding.harm()));
    }
    for (Claim claim : claims) {
      sheet.text("In a kernel: "
          + claim.meaning()
          + ". Broken: "
          + claim.id()
          + ", \""
          + claim.sentence()
          + "\" ("
          + claim.citation()
          + ").");
    }
    if (!causes.isEmpty()) {
      sheet.text("Known as: " + String.join(", ", causes) + ".");
    }
    if (conclusion.isEmpty()) {
      sheet.text("Nothing is wrong after the last step.");
    }
  }
}
