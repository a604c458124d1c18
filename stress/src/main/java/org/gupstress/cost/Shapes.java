// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gupstress.report.BenchFigure;
import org.gupstress.report.BenchShape;
import org.gupstress.text.Numbers;

/**
 * Published figures from real machines beside what was measured. Only shapes are compared: a model
 * in Java has none of their absolute numbers.
 */
final class Shapes {
  /** A fall that is not noise; published is one of 23 %. */
  private static final double FALL = 0.05;

  /** Published are +111 ns and +12 ns, a factor of nine. */
  private static final double FACTOR = 4;

  private final List<BenchFigure> figures;
  private final List<BenchShape> shapes = new ArrayList<>();

  private Shapes(List<BenchFigure> figures) {
    this.figures = figures.stream().filter(figure -> !figure.hasFailed()).toList();
  }

  static List<BenchShape> of(List<BenchFigure> figures) {
    Shapes all = new Shapes(figures);
    all.postingAgainstBias();
    all.peakAndFall();
    all.perMemcg();
    return all.shapes;
  }

  private Optional<BenchFigure> one(Question question, String label, int threads) {
    return figures.stream()
        .filter(figure -> figure.question().equals(question.id())
            && figure.label().equals(label)
            && figure.threads() == threads)
        .findFirst();
  }

  /** Isolation at every pin against a bias of the reference count. */
  private void postingAgainstBias() {
    Optional<BenchFigure> get = one(Question.GUP_FAST, "pinAndUnpin get-page 512", 1);
    Optional<BenchFigure> nov = one(Question.GUP_FAST, "pinAndUnpin rfc-nov 512", 1);
    Optional<BenchFigure> bias = one(Question.GUP_FAST, "pinAndUnpin foll-pin 512", 1);
    if (get.isEmpty() || nov.isEmpty() || bias.isEmpty()) {
      return;
    }
    double posting = nov.get().score() - get.get().score();
    double postingError = Math.hypot(nov.get().error(), get.get().error());
    double biased = bias.get().score() - get.get().score();
    double biasedError = Math.hypot(bias.get().error(), get.get().error());
    shapes.add(new BenchShape(
        Question.GUP_FAST.id(),
        "the posting of November 2018 adds 111 ns to the submission of a 4 KiB read, the reference"
            + " count bias of February 2019 adds 12 ns",
        "John Hubbard, fio, 29 Nov 2018 and Feb 2019",
        String.format(
            Locale.ROOT,
            "rfc-nov adds %.1f +- %.1f ns to the pin and unpin of get-page, foll-pin %.1f +- %.1f ns",
            posting,
            postingError,
            biased,
            biasedError),
        posting - postingError >= FACTOR * Math.max(0, biased + biasedError)
            && posting > postingError,
        "Every page is counted here; those of the posting were soon lost and took the cheap path"
            + " (R-09), and around its pins was a whole request."));
  }

  /** Throughput over threads that rises, and falls when there are more threads than processors. */
  private void peakAndFall() {
    List<BenchFigure> curve = figures.stream()
        .filter(figure -> figure.question().equals(Question.FAULT_PIN_UNPIN.id())
            && figure.benchmark().equals("fault"))
        .sorted(Comparator.comparingInt(BenchFigure::threads))
        .toList();
    if (curve.size() < 3) {
      return;
    }
    BenchFigure peak =
        curve.stream().max(Comparator.comparingDouble(Fits::throughput)).orElseThrow();
    BenchFigure last = curve.get(curve.size() - 1);
    double fall = 1 - Fits.throughput(last) / Fits.throughput(peak);
    shapes.add(new BenchShape(
        Question.FAULT_PIN_UNPIN.id(),
        "page_fault1 of will-it-scale peaks at 44 processes on 44 cores and falls 23 % to 88",
        "Daniel Jordan, lru_lock scalability, RFC v2, 10 Sep 2018, Linux 4.16",
        String.format(
            Locale.ROOT,
            "faults a second peak at %s and fall %.0f %% to %d",
            Numbers.of(peak.threads(), "thread"),
            100 * fall,
            last.threads()),
        peak.threads() > 1 && fall >= FALL,
        "There lru_lock and zone->lock together bend the curve; here threads beyond the processors"
            + " take turns, and a thread that is stopped may hold either lock."));
  }

  /** A lock for each memory cgroup against one for the node. */
  private void perMemcg() {
    List<BenchFigure> memcg = figures.stream()
        .filter(figure -> figure.question().equals(Question.LRU_LOCK_CONTENTION.id())
            && figure.label().equals("isolateAndPutback qspinlock memcg 15")
            && figure.threads() > 1)
        .sorted(Comparator.comparingInt(BenchFigure::threads))
        .toList();
    // the most threads that do not take turns
    Optional<BenchFigure> most = memcg.stream()
        .filter(figure -> !figure.beyondProcessors())
        .reduce((one, other) -> other)
        .or(() -> memcg.stream().findFirst());
    Optional<BenchFigure> node = most.flatMap(figure ->
        one(Question.LRU_LOCK_CONTENTION, "isolateAndPutback qspinlock node 15", figure.threads()));
    if (most.isEmpty() || node.isEmpty()) {
      return;
    }
    double gain = most.get().score() / node.get().score();
    double error = gain * Math.hypot(most.get().relativeError(), node.get().relativeError());
    shapes.add(new BenchShape(
        Question.LRU_LOCK_CONTENTION.id(),
        "a lock for each memory cgroup gives 62 % with 40 containers, 80 % with 104",
        "Alex Shi, per-memcg lru_lock, v7 to v18; Daniel Jordan's re-test, Sep 2020",
        String.format(
            Locale.ROOT,
            "%+.0f +- %.0f %% with %d threads in as many cgroups",
            100 * (gain - 1),
            100 * error,
            most.get().threads()),
        gain - error > 1,
        "There readers of files do much else between two looks at the lock; here nothing is done but"
            + " to isolate and put back."));
  }
}
