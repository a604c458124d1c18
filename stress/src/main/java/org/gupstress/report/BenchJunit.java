// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.benchmark.BenchFigure;
import org.gupstress.benchmark.BenchResults;
import org.gupstress.result.JunitXml.Case;
import org.gupstress.result.JunitXml.Status;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;

/** Benchmarks as cases of JUnit: a question, for each design. One whose fork failed has failed. */
public final class BenchJunit {
  private BenchJunit() {}

  /** Of all figures. */
  public static List<Case> cases(BenchResults results) {
    Map<String, List<BenchFigure>> byCase = new LinkedHashMap<>();
    for (BenchFigure figure : results.figures()) {
      byCase
          .computeIfAbsent(suite(figure) + "/" + figure.question(), name -> new ArrayList<>())
          .add(figure);
    }
    return byCase.values().stream().map(BenchJunit::of).toList();
  }

  /** What belongs to no design is the engine's own. */
  private static String suite(BenchFigure figure) {
    return figure.design().isEmpty() ? BenchResults.ENGINE : figure.design();
  }

  private static Case of(List<BenchFigure> figures) {
    BenchFigure first = figures.get(0);
    List<BenchFigure> failed = figures.stream().filter(BenchFigure::hasFailed).toList();
    return new Case(
        suite(first),
        suite(first) + ".bench",
        first.question(),
        0,
        failed.isEmpty() ? Status.PASSED : Status.FAILED,
        failed.isEmpty()
            ? ""
            : "expected a figure of each fork, found " + failed.get(0).failure(),
        MailText.of(sheet -> failed.forEach(figure -> sheet.text(
            Ink.PLAIN,
            "failed: ",
            figure.label() + " with " + Numbers.of(figure.threads(), "thread") + ": "
                + figure.failure()))));
  }
}
