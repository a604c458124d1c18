// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Comparisons and shapes find their figures by names of methods and parameters: all of them come
 * out of a run that measures all that is planned, so a name that is changed in one place is missed
 * here.
 */
class PlannedComparisonsTest {
  private static final int PROCESSORS = 8;

  private static List<String> comparisons(List<BenchFigure> figures) {
    return Comparisons.of(figures).stream().map(BenchComparison::text).toList();
  }

  /** Patterns that the texts start with. */
  private static List<String> expected() {
    List<String> expected = new ArrayList<>(List.of(
        "two bare atomic pairs, of one",
        "rfc-oct, a counted page, more than a lost one .R-09.",
        "rfc-nov, a counted page, more than a lost one .R-09.",
        "qspinlock, pagevec 15, 2 threads: per memcg of per node",
        "rfc-nov,.* pins with roles 0/1/1 of those alone",
        "rfc-nov,.* pins with roles 1/1/1 of those alone",
        "rfc-nov,.* reclaimed pages with roles 0/1/1 of those alone",
        "rfc-nov,.* reclaimed pages with roles 1/1/1 of those alone",
        "pinAndUnpin of foll-pin with ledger, of without",
        "pinAndUnpin of foll-pin with events, of without",
        "pinAndUnpin of foll-pin with all, of without",
        "pinAndUnpin of rfc-fixed with watchpoints, of without",
        "scan of foll-pin with ledger, of without",
        "scan of foll-pin with link-checks, of without",
        "scan of foll-pin with events, of without",
        "scan of foll-pin with all, of without"));
    for (PinDesign design : Designs.all()) {
      expected.add(design.id() + ", a hot page, of the bare atomic pair");
      expected.add(design.id() + ", added to a fault, 1 thread");
    }
    return expected;
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void everyHeadlineComesOutOfAWholeRun(Effort effort) throws Exception {
    List<String> comparisons = comparisons(PlannedFigures.of(effort, PROCESSORS));
    assertThat(expected())
        .allSatisfy(start -> assertThat(comparisons).anyMatch(text -> text.matches(start + ".*")));
  }

  @Test
  void theLimitsAreOfDesignsThatThereAre() throws Exception {
    assertThat(Comparisons.of(PlannedFigures.of(Effort.QUICK, PROCESSORS)).stream()
            .filter(BenchComparison::hasLimit)
            .map(BenchComparison::text)
            .filter(text -> text.contains("a hot page")))
        .hasSize(2)
        .anyMatch(text -> text.startsWith("foll-pin, a hot page"))
        .anyMatch(text -> text.startsWith("page-ext, a hot page"));
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void everyShapeIsJudgedAfterAWholeRun(Effort effort) throws Exception {
    assertThat(Shapes.of(PlannedFigures.of(effort, PROCESSORS)).stream()
            .filter(BenchShape::isPublished))
        .hasSize(3)
        .noneMatch(shape -> shape.agreement() == BenchShape.Agreement.UNMEASURED);
  }

  @Test
  void everyCurveHasALaw() throws Exception {
    assertThat(Fits.of(PlannedFigures.of(Effort.QUICK, PROCESSORS)))
        .isNotEmpty()
        .noneMatch(fit -> fit.isRefused());
  }

  @Test
  void theControl_aParameterThatIsRenamedIsMissed() throws Exception {
    List<BenchFigure> renamed = PlannedFigures.of(Effort.QUICK, PROCESSORS).stream()
        .map(PlannedComparisonsTest::renamed)
        .toList();
    assertThat(comparisons(renamed)).noneMatch(text -> text.contains("per memcg of per node"));
    assertThat(Shapes.of(renamed).stream()
            .filter(shape -> shape.agreement() == BenchShape.Agreement.UNMEASURED)
            .filter(BenchShape::isPublished)
            .map(BenchShape::question))
        .containsExactly(Question.LRU_LOCK_CONTENTION.id());
  }

  private static BenchFigure renamed(BenchFigure figure) {
    if (!figure.params().containsKey("granularity")) {
      return figure;
    }
    figure.params().put("lockOf", figure.params().remove("granularity"));
    return figure;
  }
}
