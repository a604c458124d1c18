// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures that are made of two are made round by round. */
class ComparisonsTest {
  private static BenchComparison only(BenchFigure... figures) {
    List<BenchComparison> comparisons = Comparisons.of(List.of(figures));
    assertThat(comparisons).hasSize(1);
    return comparisons.get(0);
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
    BenchComparison met = only(pin("foll-pin", 12), floor(1));
    assertThat(met.value()).isCloseTo(1.2, within(1e-9));
    assertThat(met.error()).isCloseTo(0, within(1e-9));
    assertThat(met.verdict()).isEqualTo("met");
    assertThat(met.isInDoubt()).isFalse();
    assertThat(only(pin("foll-pin", 14), floor(1)).verdict()).isEqualTo("missed");
    assertThat(only(pin("page-ext", 14), floor(1)).verdict()).isEqualTo("met");
    assertThat(only(pin("rfc-nov", 14), floor(1)).verdict()).isEqualTo("measured");
  }

  @Test
  void anIntervalAroundTheLimitLeavesItOpen() {
    BenchFigure near = Figures.rounds(
        Question.PIN_UNPIN,
        "pinAndUnpin",
        List.of(13.2, 12.9, 13.1),
        Figures.params("design", "foll-pin", "pages", "hot"));
    BenchComparison open = only(near, floor(1));
    assertThat(open.verdict()).isEqualTo("open");
    assertThat(open.precision()).isEqualTo(Precision.CLEAR);
    assertThat(open.isInDoubt()).isTrue();
  }

  @Test
  void theFloorIsThatOfAsManyThreads() {
    assertThat(Comparisons.of(List.of(pin("foll-pin", 12), floor(2)))).isEmpty();
  }

  @Test
  void aCountedPageIsHeldAgainstALostOne() {
    BenchComparison difference = only(placed("lru", 130), placed("lost", 30));
    assertThat(difference.text()).contains("rfc-nov").contains("R-09");
    assertThat(difference.value()).isCloseTo(100, within(1e-9));
    assertThat(difference.error()).isCloseTo(0.4 * 4.302653 / Math.sqrt(3), within(1e-5));
    assertThat(difference.unit()).isEqualTo("ns/op");
  }

  @Test
  void everyAccessIsHeldAgainstTheFloorByTheLimitOfItsJdk() {
    BenchFigure read = Figures.time(Question.HARNESS_FLOOR, "readNative", 1, 15);
    BenchFigure bare = Figures.time(Question.HARNESS_FLOOR, "readUnsafe", 1, 10);
    assertThat(Comparisons.of(List.of(read, bare), 17))
        .extracting(BenchComparison::limit, BenchComparison::verdict)
        .containsExactly(tuple(2.0, "met"));
    assertThat(Comparisons.of(List.of(read, bare), 25))
        .extracting(BenchComparison::limit, BenchComparison::verdict)
        .containsExactly(tuple(1.3, "missed"));
    BenchFigure scan = Figures.time(Question.HARNESS_FLOOR, "scanNative", 1, 15);
    assertThat(Comparisons.of(List.of(scan, bare), 17)).isEmpty();
  }

  @Test
  void reclaimIsHeldAgainstItselfAloneWithTheSameDesign() {
    BenchFigure alone = reclaimed("foll-pin", "0/0/1", "anonymous", 200);
    BenchFigure together = reclaimed("foll-pin", "0/1/1", "file", 100);
    assertThat(only(together, alone).value()).isCloseTo(0.5, within(1e-9));
    BenchFigure other = reclaimed("get-page", "0/0/1", "anonymous", 200);
    assertThat(Comparisons.of(List.of(together, other))).isEmpty();
  }

  private static BenchFigure reclaimed(String design, String roles, String pinned, double score) {
    return Figures.throughput(
        Question.PIN_AGAINST_RECLAIM,
        "pinAgainstReclaim",
        1,
        score,
        "design",
        design,
        "pinned",
        pinned,
        "roles",
        roles);
  }
}
