// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.gupstress.explore.Reductions;
import org.gupstress.explore.Replay;
import org.gupstress.explore.Result.Violation;
import org.gupstress.explore.Token;
import org.gupstress.page.Kernel;
import org.gupstress.text.Format;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;
import org.gupstress.text.TraceText;

/** A violation and the case in which it was found. */
public record Evidence(Case found, Violation violation) {
  /** Fewest pre-emptions, then fewest steps; the production kernel's where two are equal. */
  public static final Comparator<Evidence> SHORTEST = Comparator.comparing(
          (Evidence e) -> e.violation.token() == null)
      .thenComparing(e -> e.violation.preemptions())
      .thenComparing(e -> e.violation.steps())
      .thenComparing(e -> !e.found.plan().kernel().equals(Kernel.PRODUCTION));

  /** The shortest of all violations that are wanted. */
  public static Optional<Evidence> shortest(
      Stream<Case> cases, BiPredicate<Case, Violation> wanted) {
    return cases
        .flatMap(c -> c.result() == null
            ? Stream.empty()
            : c.result().violations().values().stream()
                .filter(v -> wanted.test(c, v))
                .map(v -> new Evidence(c, v)))
        .min(SHORTEST);
  }

  /** Pre-emptions and steps. */
  public String length() {
    return Numbers.of(violation.preemptions(), "pre-emption")
        + ", "
        + Numbers.of(violation.steps(), "step");
  }

  /** Prints the interleaving step by step, and what it means in a kernel. */
  public void printStory(Sheet sheet) {
    Token token = violation.token();
    if (token != null) {
      Replay.Retold retold = Replay.again(found.plan(), reductions(), token.schedule());
      if (retold.trace() == null) {
        sheet.text(retold.otherwise());
      } else {
        TraceText.print(found.plan(), token, retold.trace(), false, sheet);
      }
    }
  }

  private Reductions reductions() {
    return found.result() == null ? Reductions.ALL : found.result().options().reductions();
  }

  /** What is wrong and how it comes about, on lines of their own. */
  String text() {
    StringWriter text = new StringWriter();
    Sheet sheet = new Sheet(new PrintWriter(text), Format.TERMINAL, false);
    sheet.blank();
    sheet.text(violation.label() + ": " + violation.text());
    printStory(sheet);
    return text.toString();
  }

  public void printToken(Sheet sheet, int column) {
    if (violation.token() == null) {
      sheet.text(Ink.PLAIN, " ".repeat(column), "no interleaving can be shown");
    } else {
      sheet.token(column, violation.token().toString());
    }
  }
}
