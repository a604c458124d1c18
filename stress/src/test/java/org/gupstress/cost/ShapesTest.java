// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.report.BenchFigure;
import org.gupstress.report.BenchShape;
import org.junit.jupiter.api.Test;

/** Whether a shape is met is decided by what was measured, and by nothing else. */
class ShapesTest {
  private static boolean resembles(List<BenchFigure> figures) {
    List<BenchShape> shapes = Shapes.of(figures);
    assertThat(shapes).hasSize(1);
    return shapes.get(0).resembles();
  }

  private static List<BenchFigure> faults(double... perSecond) {
    List<BenchFigure> curve = new ArrayList<>();
    for (int i = 0; i < perSecond.length; i++) {
      int threads = 1 << i;
      curve.add(Figures.time(Question.FAULT_PIN_UNPIN, "fault", threads, threads / perSecond[i]));
    }
    return curve;
  }

  private static BenchFigure gup(String design, double score) {
    return Figures.time(
        Question.GUP_FAST, "pinAndUnpin", 1, score, "design", design, "ptes", "512");
  }

  private static BenchFigure lock(String granularity, double score) {
    return Figures.throughput(
        Question.LRU_LOCK_CONTENTION,
        "isolateAndPutback",
        2,
        score,
        "lock",
        "qspinlock",
        "granularity",
        granularity,
        "pagevec",
        "15");
  }

  @Test
  void aCurveThatRisesAndFallsIsJordans() {
    assertThat(resembles(faults(10, 18, 15, 13))).isTrue();
    assertThat(resembles(faults(10, 18, 25, 40))).isFalse();
    assertThat(resembles(faults(10, 18, 19, 18.8))).isFalse();
    assertThat(resembles(faults(10, 9, 8, 7))).isFalse();
  }

  @Test
  void aPostingThatCostsMuchMoreThanABiasIsHubbards() {
    assertThat(resembles(List.of(gup("get-page", 20), gup("rfc-nov", 130), gup("foll-pin", 21))))
        .isTrue();
    assertThat(resembles(List.of(gup("get-page", 20), gup("rfc-nov", 22), gup("foll-pin", 21))))
        .isFalse();
    assertThat(resembles(List.of(gup("get-page", 20), gup("rfc-nov", 130), gup("foll-pin", 90))))
        .isFalse();
  }

  @Test
  void aLockForEachCgroupThatGainsIsShis() {
    assertThat(resembles(List.of(lock("node", 10), lock("memcg", 16)))).isTrue();
    assertThat(resembles(List.of(lock("node", 10), lock("memcg", 10.05)))).isFalse();
    assertThat(resembles(List.of(lock("node", 10), lock("memcg", 8)))).isFalse();
  }

  @Test
  void whatWasNotMeasuredIsNotJudged() {
    assertThat(Shapes.of(List.of(gup("get-page", 20), gup("rfc-nov", 130)))).isEmpty();
    assertThat(Shapes.of(faults(10, 18))).isEmpty();
    assertThat(Shapes.of(List.of(lock("node", 10)))).isEmpty();
  }
}
