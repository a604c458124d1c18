// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.gupstress.explore.Result.Violation;
import org.gupstress.page.Kernel;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** A violation and the case in which it was found. */
public record Evidence(Case found, Violation violation) {
  /** Fewest pre-emptions, then fewest steps; the production kernel's where two are equal. */
  public static final Comparator<Evidence> SHORTEST = Comparator.comparing(
          (Evidence e) -> e.violation.token() == null)
      .thenComparing(e -> e.violation.preemptions())
      .thenComparing(e -> e.violation.steps())
      .thenComparing(e -> e.found.plan().kernel() != Kernel.PRODUCTION);

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

  public void printToken(Sheet sheet, int column) {
    if (violation.token() == null) {
      sheet.text(Ink.PLAIN, " ".repeat(column), "no interleaving can be shown");
    } else {
      sheet.token(column, violation.token().toString());
    }
  }
}
