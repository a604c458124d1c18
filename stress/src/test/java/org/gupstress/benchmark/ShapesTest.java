// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gupstress.report.BenchFigure;
import org.gupstress.report.BenchShape;
import org.gupstress.report.BenchShape.Likeness;
import org.junit.jupiter.api.Test;

/** Whether a shape is met is decided by what was measured and how exactly, and by nothing else. */
class ShapesTest {
  private static final double EXACT = 0.01;
  private static final double NOISE = 0.8;

  private static BenchShape only(List<BenchFigure> figures) {
    List<BenchShape> shapes = Shapes.of(figures);
    assertThat(shapes).hasSize(1);
    return shapes.get(0);
  }

  private static Likeness likeness(List<BenchFigure> figures) {
    return only(figures).likeness();
  }

  private static List<BenchFigure> faults(double error, int processors, double... perSecond) {
    List<BenchFigure> curve = new ArrayList<>();
    for (int i = 0; i < perSecond.length; i++) {
      int threads = 1 << i;
      curve.add(Figures.on(
          processors,
          Figures.exact(
              error,
              Figures.time(Question.FAULT_PIN_UNPIN, "fault", threads, threads / perSecond[i]))));
    }
    return curve;
  }

  private static List<BenchFigure> gup(double error, double get, double nov, double bias) {
    return List.of(
        gup("get-page", error, get), gup("rfc-nov", error, nov), gup("foll-pin", error, bias));
  }

  private static BenchFigure gup(String design, double error, double score) {
    return Figures.exact(
        error,
        Figures.time(Question.GUP_FAST, "pinAndUnpin", 1, score, "design", design, "ptes", "512"));
  }

  private static BenchFigure lock(String granularity, int threads, double error, double score) {
    return Figures.exact(
        error,
        Figures.throughput(
            Question.LRU_LOCK_CONTENTION,
            "isolateAndPutback",
            threads,
            score,
            "lock",
            "qspinlock",
            "granularity",
            granularity,
            "pagevec",
            "15"));
  }

  private static List<BenchFigure> locks(double error, double node, double memcg) {
    return List.of(lock("node", 2, error, node), lock("memcg", 2, error, memcg));
  }

  @Test
  void aCurveThatRisesAndFallsIsJordans() {
    assertThat(likeness(faults(EXACT, 8, 10, 18, 15, 13))).isEqualTo(Likeness.SAME);
    assertThat(likeness(faults(EXACT, 8, 10, 18, 25, 22))).isEqualTo(Likeness.SAME);
    assertThat(likeness(faults(EXACT, 8, 10, 18, 25, 40))).isEqualTo(Likeness.OTHER);
    assertThat(likeness(faults(EXACT, 8, 10, 18, 19, 18.8))).isEqualTo(Likeness.OTHER);
    assertThat(likeness(faults(EXACT, 8, 10, 9, 8, 7))).isEqualTo(Likeness.OTHER);
  }

  @Test
  void aFallThatTheIntervalsDoNotShowIsOpen() {
    assertThat(likeness(faults(EXACT, 8, 10, 18, 19, 18.0))).isEqualTo(Likeness.OPEN);
    assertThat(likeness(faults(NOISE, 8, 10, 18, 15, 13))).isEqualTo(Likeness.OPEN);
    assertThat(likeness(faults(Double.NaN, 8, 10, 18, 15, 13))).isEqualTo(Likeness.OPEN);
  }

  @Test
  void threadsThatTakeTurnsNeitherMakeThatShapeNorUnmakeIt() {
    assertThat(likeness(faults(EXACT, 2, 10, 18, 15, 13))).isEqualTo(Likeness.UNMEASURED);
    assertThat(likeness(faults(EXACT, 2, 10, 18, 25, 40))).isEqualTo(Likeness.UNMEASURED);
    assertThat(likeness(faults(EXACT, 4, 10, 18, 15, 30))).isEqualTo(Likeness.SAME);
    assertThat(likeness(faults(EXACT, 4, 10, 18, 25, 13))).isEqualTo(Likeness.OTHER);
    assertThat(only(faults(EXACT, 2, 10, 18, 15, 13)).measured()).contains("are not judged");
    assertThat(only(faults(EXACT, 8, 10, 18, 15, 13)).measured()).doesNotContain("are not judged");
  }

  @Test
  void whatDoesNotRiseWithTwoThreadsIsNotJordansHoweverFewProcessors() {
    assertThat(likeness(faults(EXACT, 2, 10, 9, 8, 7))).isEqualTo(Likeness.OTHER);
    assertThat(likeness(faults(NOISE, 2, 10, 9, 8, 7))).isEqualTo(Likeness.UNMEASURED);
    assertThat(likeness(faults(EXACT, 1, 10, 18, 15, 13))).isEqualTo(Likeness.UNMEASURED);
  }

  @Test
  void aPostingThatCostsMuchMoreThanABiasIsHubbards() {
    assertThat(likeness(gup(EXACT, 20, 130, 21))).isEqualTo(Likeness.SAME);
    assertThat(likeness(gup(EXACT, 20, 130, 15))).isEqualTo(Likeness.SAME);
    assertThat(likeness(gup(EXACT, 20, 19, 15))).isEqualTo(Likeness.OTHER);
    assertThat(likeness(gup(EXACT, 20, 130, 90))).isEqualTo(Likeness.OTHER);
  }

  @Test
  void aPostingThatMayCostAsMuchAsABiasIsOpen() {
    assertThat(likeness(gup(EXACT, 20, 20.1, 20))).isEqualTo(Likeness.OPEN);
    assertThat(likeness(gup(EXACT, 20, 130, 47))).isEqualTo(Likeness.OPEN);
    assertThat(likeness(gup(NOISE, 20, 130, 21))).isEqualTo(Likeness.OPEN);
    assertThat(likeness(gup(Double.NaN, 20, 130, 21))).isEqualTo(Likeness.OPEN);
  }

  @Test
  void aLockForEachCgroupThatGainsIsShis() {
    assertThat(likeness(locks(EXACT, 10, 16))).isEqualTo(Likeness.SAME);
    assertThat(likeness(locks(EXACT, 10, 8))).isEqualTo(Likeness.OTHER);
  }

  @Test
  void aGainWithinTheNoiseIsOpen() {
    assertThat(likeness(locks(EXACT, 10, 10.05))).isEqualTo(Likeness.OPEN);
    assertThat(likeness(locks(NOISE, 10, 16))).isEqualTo(Likeness.OPEN);
    assertThat(likeness(locks(Double.NaN, 10, 16))).isEqualTo(Likeness.OPEN);
  }

  @Test
  void aGainOfThreadsThatTakeTurnsIsNone() {
    List<BenchFigure> turns = List.of(lock("node", 4, EXACT, 10), lock("memcg", 4, EXACT, 16));
    assertThat(likeness(turns)).isEqualTo(Likeness.UNMEASURED);
    List<BenchFigure> all = new ArrayList<>(turns);
    all.addAll(locks(EXACT, 10, 8));
    assertThat(likeness(all)).isEqualTo(Likeness.OTHER);
  }

  @Test
  void whatWasNotMeasuredIsNotJudgedButNamed() {
    BenchShape shape = only(gup(EXACT, 20, 130, 21).subList(0, 2));
    assertThat(shape.likeness()).isEqualTo(Likeness.UNMEASURED);
    assertThat(shape.measured()).contains("foll-pin");
    assertThat(likeness(List.of(lock("node", 2, EXACT, 10)))).isEqualTo(Likeness.UNMEASURED);
    assertThat(likeness(faults(EXACT, 8, 10))).isEqualTo(Likeness.UNMEASURED);
    assertThat(Shapes.of(List.of())).isEmpty();
  }

  @Test
  void everyQuestionHasAPublishedFigureOrSaysThatItHasNone() {
    List<BenchFigure> figures = Arrays.stream(Question.values())
        .map(question -> Figures.time(question, "any", 1, 1))
        .toList();
    List<BenchShape> shapes = Shapes.of(figures);
    assertThat(shapes.stream().map(BenchShape::question))
        .containsExactlyElementsOf(
            Arrays.stream(Question.values()).map(Question::id).toList());
    assertThat(shapes.stream().filter(BenchShape::isPublished).map(BenchShape::question))
        .containsExactly("LruLockContention", "GupFast", "FaultPinUnpin");
  }
}
