// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gupstress.benchmark.BenchShape.Agreement;
import org.gupstress.text.Numbers;

/**
 * Compares the shape of published figures from real machines with what was measured. Absolute
 * numbers are not compared: a model in Java does not have them.
 *
 * <p>A shape is one inequality between figures, or several. The measured shape agrees if each of
 * them holds for all values of the 95 % confidence intervals. It differs if one of them holds for
 * no value. Otherwise the shape is open. Figures of more threads than processors do not count: they
 * show how the threads are scheduled.
 */
final class Shapes {
  /** The least fall that counts. The published one is 23 %. */
  private static final double FALL = 0.05;

  /** The least factor that counts. Published are 111 ns and 12 ns, a factor of nine. */
  private static final double FACTOR = 4;

  /** A start, a peak and an end. */
  private static final int POINTS_OF_A_PEAK = 3;

  private final List<BenchFigure> figures;

  private Shapes(List<BenchFigure> figures) {
    this.figures = figures.stream().filter(figure -> !figure.hasFailed()).toList();
  }

  /** One for every question that was asked. */
  static List<BenchShape> of(List<BenchFigure> figures) {
    Shapes all = new Shapes(figures);
    List<BenchShape> shapes = new ArrayList<>();
    for (Question question : Question.values()) {
      if (figures.stream().anyMatch(figure -> figure.question().equals(question.id()))) {
        shapes.add(all.of(question));
      }
    }
    return shapes;
  }

  private BenchShape of(Question question) {
    return switch (question) {
      case GUP_FAST -> postingAgainstBias();
      case FAULT_PIN_UNPIN -> peakAndFall();
      case LRU_LOCK_CONTENTION -> perMemcg();
      default -> BenchShape.unpublished(question.id());
    };
  }

  private List<BenchFigure> curve(Question question, String benchmark, Map<String, String> params) {
    return figures.stream()
        .filter(figure -> figure.question().equals(question.id())
            && figure.benchmark().equals(benchmark)
            && figure.metric().isEmpty()
            && figure.params().equals(params))
        .sorted(Comparator.comparingInt(BenchFigure::threads))
        .toList();
  }

  private static Optional<BenchFigure> with(int threads, List<BenchFigure> curve) {
    return curve.stream().filter(figure -> figure.threads() == threads).findFirst();
  }

  private static List<BenchFigure> withinProcessors(List<BenchFigure> curve) {
    return curve.stream().filter(figure -> !figure.beyondProcessors()).toList();
  }

  // ---- three values

  /** Whether a value with its interval is more than a limit. */
  private static Agreement isMore(double value, double error, double limit) {
    if (value - error > limit) {
      return Agreement.AGREES;
    }
    return value + error <= limit ? Agreement.DIFFERS : Agreement.OPEN;
  }

  private static Agreement both(Agreement one, Agreement other) {
    if (one == Agreement.DIFFERS || other == Agreement.DIFFERS) {
      return Agreement.DIFFERS;
    }
    return one == Agreement.AGREES ? other : one;
  }

  private static Agreement any(Agreement one, Agreement other) {
    if (one == Agreement.AGREES || other == Agreement.AGREES) {
      return Agreement.AGREES;
    }
    return one == Agreement.DIFFERS ? other : one;
  }

  // ---- words

  /** A shape whose measured figures are left out where noise hides them. */
  private static BenchShape shape(
      Question question,
      String published,
      String source,
      String measured,
      Agreement agreement,
      String caveat) {
    String shown = agreement == Agreement.OPEN ? "" : measured;
    return new BenchShape(question.id(), published, source, shown, agreement, caveat);
  }

  /** A value with its interval, or the end of an interval that is too wide for a value. */
  private static String text(String format, double value, double error) {
    return switch (Precision.of(value, error)) {
      case CLEAR, NOISY -> String.format(Locale.ROOT, format + " +- " + format, value, error);
      default -> "at most " + String.format(Locale.ROOT, format, value + error);
    };
  }

  // ---- the published figures

  /** Isolation at every pin, against a bias of the reference count. */
  private BenchShape postingAgainstBias() {
    Optional<BenchFigure> get = gup("get-page");
    Optional<BenchFigure> nov = gup("rfc-nov");
    Optional<BenchFigure> bias = gup("foll-pin");
    String measured =
        "pins of 512 ptes by one thread in get-page, rfc-nov and foll-pin were not all measured";
    Agreement agreement = Agreement.UNMEASURED;
    if (get.isPresent() && nov.isPresent() && bias.isPresent()) {
      double posting = nov.get().score() - get.get().score();
      double postingError = Math.hypot(nov.get().error(), get.get().error());
      double biased = bias.get().score() - get.get().score();
      double biasedError = Math.hypot(bias.get().error(), get.get().error());
      // get-page is part of both differences, so their own intervals are not independent
      double more = posting - FACTOR * biased;
      double moreError = Math.hypot(
          nov.get().error(),
          Math.hypot((FACTOR - 1) * get.get().error(), FACTOR * bias.get().error()));
      agreement = both(isMore(posting, postingError, 0), isMore(more, moreError, 0));
      measured = String.format(
          Locale.ROOT,
          "rfc-nov adds %s ns to the pin and unpin of get-page, foll-pin %s ns, and the shape is"
              + " %.0f times as much",
          text("%.1f", posting, postingError),
          text("%.1f", biased, biasedError),
          FACTOR);
    }
    return shape(
        Question.GUP_FAST,
        "the posting of November 2018 adds 111 ns to the submission of a 4 KiB read, the reference"
            + " count bias of February 2019 adds 12 ns",
        "John Hubbard, fio, 29 Nov 2018 and Feb 2019",
        measured,
        agreement,
        "Every page is counted here; those of the posting were soon lost and took the cheap path"
            + " (R-09), and its pins were part of a whole request.");
  }

  private Optional<BenchFigure> gup(String design) {
    return with(
        1, curve(Question.GUP_FAST, "pinAndUnpin", Map.of("design", design, "ptes", "512")));
  }

  /** Throughput over threads that have a processor each, which rises and then falls. */
  private BenchShape peakAndFall() {
    List<BenchFigure> all = curve(Question.FAULT_PIN_UNPIN, "fault", Map.of());
    List<BenchFigure> within = withinProcessors(all);
    String beyond =
        within.size() == all.size() ? "" : "; more threads than processors are not judged";
    return shape(
        Question.FAULT_PIN_UNPIN,
        "page_fault1 of will-it-scale peaks at 44 processes on 44 cores and falls 23 % to 88",
        "Daniel Jordan, lru_lock scalability, RFC v2, 10 Sep 2018, Linux 4.16",
        riseAndFall(within) + beyond,
        rises(within) == Agreement.DIFFERS ? Agreement.DIFFERS : peaks(within),
        "There lru_lock and zone->lock together bend the curve. Here threads that take turns would"
            + " bend it as well: one that is stopped may hold either lock.");
  }

  /** Whether some point is higher than the first. */
  private static Agreement rises(List<BenchFigure> curve) {
    if (curve.size() < 2) {
      return Agreement.UNMEASURED;
    }
    return curve.stream()
        .skip(1)
        .map(figure -> isMore(ratio(figure, curve.get(0)), error(figure, curve.get(0)), 1))
        .reduce(Agreement.DIFFERS, Shapes::any);
  }

  /** Whether some point is higher than the first, and the last lower than that one. */
  private static Agreement peaks(List<BenchFigure> curve) {
    if (curve.size() < POINTS_OF_A_PEAK) {
      return Agreement.UNMEASURED;
    }
    BenchFigure first = curve.get(0);
    BenchFigure last = curve.get(curve.size() - 1);
    Agreement peaks = Agreement.DIFFERS;
    for (BenchFigure peak : curve.subList(1, curve.size() - 1)) {
      Agreement rise = isMore(ratio(peak, first), error(peak, first), 1);
      Agreement fall = isMore(-ratio(last, peak), error(last, peak), FALL - 1);
      peaks = any(peaks, both(rise, fall));
    }
    return peaks;
  }

  private static String riseAndFall(List<BenchFigure> curve) {
    if (curve.size() < 2) {
      return "faults were not measured with two numbers of threads within the processors";
    }
    BenchFigure first = curve.get(0);
    BenchFigure last = curve.get(curve.size() - 1);
    BenchFigure peak =
        curve.stream().skip(1).max(Comparator.comparingDouble(Fits::throughput)).orElse(last);
    String rise = String.format(
        Locale.ROOT,
        "faults a second with %s are %s of those with %d",
        Numbers.of(peak.threads(), "thread"),
        text("%.2f", ratio(peak, first), error(peak, first)),
        first.threads());
    if (peak.equals(last)) {
      return rise + ", and no more threads have a processor each";
    }
    return rise
        + String.format(
            Locale.ROOT,
            ", and with %s %s of that",
            Numbers.of(last.threads(), "thread"),
            text("%.2f", ratio(last, peak), error(last, peak)));
  }

  /** Of throughputs. */
  private static double ratio(BenchFigure one, BenchFigure other) {
    return Fits.throughput(one) / Fits.throughput(other);
  }

  private static double error(BenchFigure one, BenchFigure other) {
    return ratio(one, other) * Math.hypot(one.relativeError(), other.relativeError());
  }

  /** A lock for each memory cgroup against one for the node. */
  private BenchShape perMemcg() {
    List<BenchFigure> node = lock("node");
    String measured =
        "isolation under a qspinlock per memcg and per node was not measured with the same number of"
            + " threads, more than one and not more than processors";
    Agreement agreement = Agreement.UNMEASURED;
    for (BenchFigure memcg : withinProcessors(lock("memcg"))) {
      Optional<BenchFigure> base = with(memcg.threads(), node);
      if (memcg.threads() > 1 && base.isPresent()) {
        double gain = ratio(memcg, base.get());
        double error = error(memcg, base.get());
        measured = String.format(
            Locale.ROOT,
            "%s times as many pages a second with %d threads in as many cgroups",
            text("%.2f", gain, error),
            memcg.threads());
        agreement = isMore(gain, error, 1);
      }
    }
    return shape(
        Question.LRU_LOCK_CONTENTION,
        "a lock for each memory cgroup makes readers of files 62 % faster with 40 containers, 80 % with"
            + " 104",
        "Alex Shi, per-memcg lru_lock, v7 to v18; Daniel Jordan's re-test, Sep 2020",
        measured,
        agreement,
        "There readers of files do much else between two looks at the lock. Here threads only isolate"
            + " and put back.");
  }

  private List<BenchFigure> lock(String granularity) {
    return curve(
        Question.LRU_LOCK_CONTENTION,
        "isolateAndPutback",
        Map.of("lock", "qspinlock", "granularity", granularity, "pagevec", "15"));
  }
}
