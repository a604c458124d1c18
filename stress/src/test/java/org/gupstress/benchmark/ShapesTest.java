// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gupstress.benchmark.BenchShape.Agreement;
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

  private static Agreement agreement(List<BenchFigure> figures) {
    return only(figures).agreement();
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
    assertThat(agreement(faults(EXACT, 8, 10, 18, 15, 13))).isEqualTo(Agreement.AGREES);
    assertThat(agreement(faults(EXACT, 8, 10, 18, 25, 22))).isEqualTo(Agreement.AGREES);
    assertThat(agreement(faults(EXACT, 8, 10, 18, 25, 40))).isEqualTo(Agreement.DIFFERS);
    assertThat(agreement(faults(EXACT, 8, 10, 18, 19, 18.8))).isEqualTo(Agreement.DIFFERS);
    assertThat(agreement(faults(EXACT, 8, 10, 9, 8, 7))).isEqualTo(Agreement.DIFFERS);
  }

  @Test
  void aFallThatTheIntervalsDoNotShowIsOpen() {
    assertThat(agreement(faults(EXACT, 8, 10, 18, 19, 18.0))).isEqualTo(Agreement.OPEN);
    assertThat(agreement(faults(NOISE, 8, 10, 18, 15, 13))).isEqualTo(Agreement.OPEN);
    assertThat(agreement(faults(Double.NaN, 8, 10, 18, 15, 13))).isEqualTo(Agreement.OPEN);
  }

  @Test
  void threadsThatTakeTurnsNeitherMakeThatShapeNorUnmakeIt() {
    assertThat(agreement(faults(EXACT, 2, 10, 18, 15, 13))).isEqualTo(Agreement.UNMEASURED);
    assertThat(agreement(faults(EXACT, 2, 10, 18, 25, 40))).isEqualTo(Agreement.UNMEASURED);
    assertThat(agreement(faults(EXACT, 4, 10, 18, 15, 30))).isEqualTo(Agreement.AGREES);
    assertThat(agreement(faults(EXACT, 4, 10, 18, 25, 13))).isEqualTo(Agreement.DIFFERS);
    assertThat(only(faults(EXACT, 2, 10, 18, 15, 13)).measured()).contains("are not judged");
    assertThat(only(faults(EXACT, 8, 10, 18, 15, 13)).measured()).doesNotContain("are not judged");
  }

  @Test
  void whatDoesNotRiseWithTwoThreadsIsNotJordansHoweverFewProcessors() {
    assertThat(agreement(faults(EXACT, 2, 10, 9, 8, 7))).isEqualTo(Agreement.DIFFERS);
    assertThat(agreement(faults(NOISE, 2, 10, 9, 8, 7))).isEqualTo(Agreement.UNMEASURED);
    assertThat(agreement(faults(EXACT, 1, 10, 18, 15, 13))).isEqualTo(Agreement.UNMEASURED);
  }

  @Test
  void aPostingThatCostsMuchMoreThanABiasIsHubbards() {
    assertThat(agreement(gup(EXACT, 20, 130, 21))).isEqualTo(Agreement.AGREES);
    assertThat(agreement(gup(EXACT, 20, 130, 15))).isEqualTo(Agreement.AGREES);
    assertThat(agreement(gup(EXACT, 20, 19, 15))).isEqualTo(Agreement.DIFFERS);
    assertThat(agreement(gup(EXACT, 20, 130, 90))).isEqualTo(Agreement.DIFFERS);
  }

  @Test
  void aPostingThatMayCostAsMuchAsABiasIsOpen() {
    assertThat(agreement(gup(EXACT, 20, 20.1, 20))).isEqualTo(Agreement.OPEN);
    assertThat(agreement(gup(EXACT, 20, 130, 47))).isEqualTo(Agreement.OPEN);
    assertThat(agreement(gup(NOISE, 20, 130, 21))).isEqualTo(Agreement.OPEN);
    assertThat(agreement(gup(Double.NaN, 20, 130, 21))).isEqualTo(Agreement.OPEN);
  }

  @Test
  void aLockForEachCgroupThatGainsIsShis() {
    assertThat(agreement(locks(EXACT, 10, 16))).isEqualTo(Agreement.AGREES);
    assertThat(agreement(locks(EXACT, 10, 8))).isEqualTo(Agreement.DIFFERS);
  }

  @Test
  void aGainWithinTheNoiseIsOpen() {
    assertThat(agreement(locks(EXACT, 10, 10.05))).isEqualTo(Agreement.OPEN);
    assertThat(agreement(locks(NOISE, 10, 16))).isEqualTo(Agreement.OPEN);
    assertThat(agreement(locks(Double.NaN, 10, 16))).isEqualTo(Agreement.OPEN);
  }

  @Test
  void aGainOfThreadsThatTakeTurnsIsNone() {
    List<BenchFigure> turns = List.of(lock("node", 4, EXACT, 10), lock("memcg", 4, EXACT, 16));
    assertThat(agreement(turns)).isEqualTo(Agreement.UNMEASURED);
    List<BenchFigure> all = new ArrayList<>(turns);
    all.addAll(locks(EXACT, 10, 8));
    assertThat(agreement(all)).isEqualTo(Agreement.DIFFERS);
  }

  @Test
  void whatWasNotMeasuredIsNotJudgedButNamed() {
    BenchShape shape = only(gup(EXACT, 20, 130, 21).subList(0, 2));
    assertThat(shape.agreement()).isEqualTo(Agreement.UNMEASURED);
    assertThat(shape.measured()).contains("foll-pin");
    assertThat(agreement(List.of(lock("node", 2, EXACT, 10)))).isEqualTo(Agreement.UNMEASURED);
    assertThat(agreement(faults(EXACT, 8, 10))).isEqualTo(Agreement.UNMEASURED);
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
