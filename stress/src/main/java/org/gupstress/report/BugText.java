// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gupstress.audit.Evidence;
import org.gupstress.audit.TrialRun;
import org.gupstress.explore.Verdict;
import org.gupstress.race.Bug;
import org.gupstress.race.Source;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;

/** One bug that Linux had, with what shows it before its fix, and what is said after it. */
public final class BugText {
  private static final String INDENT = "  ";

  private BugText() {}

  /** What is known of a bug, before anything is explored. */
  public static void print(Bug bug, Sheet sheet) {
    sheet.text(Ink.BOLD, bug.id() + " ", bug.title());
    sheet.blank();
    sheet.text(bug.story());
    sheet.blank();
    sheet.text("In Linux from: " + bug.from() + ". Fixed in: " + bug.to() + "."
        + (bug.cve().isEmpty() ? "" : " " + bug.cve() + "."));
    if (!bug.notShown().isEmpty()) {
      sheet.blank();
      sheet.text("What no run shows: " + bug.notShown());
    }
    if (!bug.fixes().isEmpty()) {
      sheet.blank();
      sheet.text(Ink.BOLD, "", "Fixed by");
      for (Source fix : bug.fixes()) {
        sheet.text(Ink.PLAIN, INDENT, fix.text());
        sheet.text(Ink.FAINT, INDENT + INDENT, fix.link());
      }
    }
  }

  /** What was found: each trial before and after, and the shortest interleaving step by step. */
  public static void print(List<TrialRun> runs, Sheet sheet) {
    if (runs.isEmpty()) {
      return;
    }
    sheet.blank();
    sheet.text(Ink.BOLD, "", "Before the fix and after it");
    runs.forEach(run -> print(run, sheet));
    if (!runs.stream().allMatch(TrialRun::isComplete)) {
      sheet.text(Ink.YELLOW, "", "INCOMPLETE: the time was over before all had been explored");
    }
    runs.stream()
        .map(TrialRun::evidence)
        .flatMap(Optional::stream)
        .filter(e -> e.violation().token() != null)
        .min(Evidence.SHORTEST)
        .ifPresent(e -> {
          sheet.blank();
          sheet.text(Ink.BOLD, "", "The shortest of them; replay shows any other like this");
          sheet.blank();
          e.printStory(sheet);
        });
  }

  private static void print(TrialRun run, Sheet sheet) {
    sheet.text(Ink.PLAIN, INDENT, "before: " + run.before().name());
    Optional<Evidence> found = run.evidence();
    if (found.isPresent()) {
      sheet.text(
          Ink.PLAIN,
          INDENT + INDENT,
          run.trial().harm().id() + ", which breaks "
              + run.trial().harm().claim().id() + ": " + found.get().length());
      found.get().printToken(sheet, 3 * INDENT.length());
    } else {
      sheet.text(
          Ink.RED,
          INDENT + INDENT,
          run.trial().harm().id()
              + (run.before().isComplete() ? ": not found" : ": not found in time"));
    }
    Verdict verdict = run.verdictAfter();
    sheet.text(
        verdict == Verdict.HOLDS ? Ink.PLAIN : Ink.RED,
        INDENT,
        "after: " + run.after().plan().kernel().id() + " kernel, "
            + run.trial().harm().claim().id() + " " + said(verdict));
  }

  private static String said(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
