// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.gupstress.report.BenchFigure;
import org.gupstress.report.BenchHeadline;
import org.junit.jupiter.api.Test;

/** Figures that are made of two have the errors of both. */
class HeadlinesTest {
  private static BenchHeadline only(BenchFigure... figures) {
    List<BenchHeadline> headlines = Headlines.of(List.of(figures));
    assertThat(headlines).hasSize(1);
    return headlines.get(0);
  }

  private static BenchFigure pin(String design, double score) {
    return Figures.time(
        Question.PIN_UNPIN, "pinAndUnpin", 1, score, "design", design, "pages", "hot");
  }

  private static BenchFigure floor(int threads) {
    return Figures.time(Question.PIN_UNPIN, "atomicPair", threads, 10, "pages", "hot");
  }

  private static BenchFigure placed(String place, double score) {
    return Figures.time(
        Question.PIN_UNPIN, "fromPlace", 1, score, "design", "rfc-nov", "place", place);
  }

  @Test
  void aRatioToTheFloorMeetsItsLimitOrMissesIt() {
    BenchHeadline met = only(pin("foll-pin", 12), floor(1));
    assertThat(met.value()).isCloseTo(1.2, within(1e-9));
    assertThat(met.relativeError()).isCloseTo(Math.sqrt(2) / 100, within(1e-9));
    assertThat(met.verdict()).isEqualTo("met");
    assertThat(only(pin("foll-pin", 14), floor(1)).verdict()).isEqualTo("missed");
    assertThat(only(pin("page-ext", 14), floor(1)).verdict()).isEqualTo("met");
    assertThat(only(pin("rfc-nov", 14), floor(1)).verdict()).isEqualTo("measured");
  }

  @Test
  void anIntervalAroundTheLimitLeavesItOpen() {
    assertThat(only(pin("foll-pin", 13.05), floor(1)).verdict()).isEqualTo("open");
  }

  @Test
  void theFloorIsThatOfAsManyThreads() {
    assertThat(Headlines.of(List.of(pin("foll-pin", 12), floor(2)))).isEmpty();
  }

  @Test
  void aCountedPageIsHeldAgainstALostOne() {
    BenchHeadline difference = only(placed("lru", 130), placed("lost", 30));
    assertThat(difference.text()).contains("rfc-nov").contains("R-09");
    assertThat(difference.value()).isCloseTo(100, within(1e-9));
    assertThat(difference.error()).isCloseTo(Math.hypot(1.3, 0.3), within(1e-9));
    assertThat(difference.unit()).isEqualTo("ns/op");
  }
}
