// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gupstress.report.BenchFigure;
import org.gupstress.report.BenchShape;
import org.gupstress.report.BenchShape.Likeness;
import org.gupstress.text.Numbers;

/**
 * Published figures from real machines beside what was measured. Only shapes are compared: a model
 * in Java has none of their absolute numbers.
 *
 * <p>A shape is a comparison of figures or several of them. It is there if each holds for all
 * values of the 95 % confidence intervals, and is not there if one holds for none of them; else it
 * cannot be told. Threads that take turns show how they are scheduled, and neither make a shape nor
 * unmake it.
 */
final class Shapes {
  /** A fall that is worth the name; published is one of 23 %. */
  private static final double FALL = 0.05;

  /** Published are +111 ns and +12 ns, a factor of nine. */
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
  private static Likeness isMore(double value, double error, double limit) {
    if (value - error > limit) {
      return Likeness.SAME;
    }
    return value + error <= limit ? Likeness.OTHER : Likeness.OPEN;
  }

  private static Likeness both(Likeness one, Likeness other) {
    if (one == Likeness.OTHER || other == Likeness.OTHER) {
      return Likeness.OTHER;
    }
    return one == Likeness.SAME ? other : one;
  }

  private static Likeness any(Likeness one, Likeness other) {
    if (one == Likeness.SAME || other == Likeness.SAME) {
      return Likeness.SAME;
    }
    return one == Likeness.OTHER ? other : one;
  }

  // ---- the published figures

  /** Isolation at every pin against a bias of the reference count. */
  private BenchShape postingAgainstBias() {
    Optional<BenchFigure> get = gup("get-page");
    Optional<BenchFigure> nov = gup("rfc-nov");
    Optional<BenchFigure> bias = gup("foll-pin");
    String measured =
        "pins of 512 ptes by one thread in get-page, rfc-nov and foll-pin are not" + " all there";
    Likeness likeness = Likeness.UNMEASURED;
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
      measured = String.format(
          Locale.ROOT,
          "rfc-nov adds %.1f +- %.1f ns to the pin and unpin of get-page, foll-pin %.1f +- %.1f ns,"
              + " and the shape is %.0f times as much",
          posting,
          postingError,
          biased,
          biasedError,
          FACTOR);
      likeness = both(isMore(posting, postingError, 0), isMore(more, moreError, 0));
    }
    return new BenchShape(
        Question.GUP_FAST.id(),
        "the posting of November 2018 adds 111 ns to the submission of a 4 KiB read, the reference"
            + " count bias of February 2019 adds 12 ns",
        "John Hubbard, fio, 29 Nov 2018 and Feb 2019",
        measured,
        likeness,
        "Every page is counted here; those of the posting were soon lost and took the cheap path"
            + " (R-09), and around its pins was a whole request.");
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
        within.size() == all.size() ? "" : "; those of more threads than processors are not judged";
    return new BenchShape(
        Question.FAULT_PIN_UNPIN.id(),
        "page_fault1 of will-it-scale peaks at 44 processes on 44 cores and falls 23 % to 88",
        "Daniel Jordan, lru_lock scalability, RFC v2, 10 Sep 2018, Linux 4.16",
        riseAndFall(within) + beyond,
        rises(within) == Likeness.OTHER ? Likeness.OTHER : peaks(within),
        "There lru_lock and zone->lock together bend the curve; here threads that take turns would"
            + " bend it as well, as one that is stopped may hold either lock.");
  }

  /** Whether some point is higher than the first. */
  private static Likeness rises(List<BenchFigure> curve) {
    if (curve.size() < 2) {
      return Likeness.UNMEASURED;
    }
    return curve.stream()
        .skip(1)
        .map(figure -> isMore(ratio(figure, curve.get(0)), error(figure, curve.get(0)), 1))
        .reduce(Likeness.OTHER, Shapes::any);
  }

  /** Whether some point is higher than the first, and the last lower than that one. */
  private static Likeness peaks(List<BenchFigure> curve) {
    if (curve.size() < POINTS_OF_A_PEAK) {
      return Likeness.UNMEASURED;
    }
    BenchFigure first = curve.get(0);
    BenchFigure last = curve.get(curve.size() - 1);
    Likeness peaks = Likeness.OTHER;
    for (BenchFigure peak : curve.subList(1, curve.size() - 1)) {
      Likeness rise = isMore(ratio(peak, first), error(peak, first), 1);
      Likeness fall = isMore(-ratio(last, peak), error(last, peak), FALL - 1);
      peaks = any(peaks, both(rise, fall));
    }
    return peaks;
  }

  private static String riseAndFall(List<BenchFigure> curve) {
    if (curve.size() < 2) {
      return "faults of two numbers of threads within the processors are not there";
    }
    BenchFigure first = curve.get(0);
    BenchFigure last = curve.get(curve.size() - 1);
    BenchFigure peak =
        curve.stream().skip(1).max(Comparator.comparingDouble(Fits::throughput)).orElse(last);
    String rise = String.format(
        Locale.ROOT,
        "faults a second with %s are %.2f +- %.2f of those with %d",
        Numbers.of(peak.threads(), "thread"),
        ratio(peak, first),
        error(peak, first),
        first.threads());
    if (peak.equals(last)) {
      return rise + ", and no more threads have a processor each";
    }
    return rise
        + String.format(
            Locale.ROOT,
            ", and with %s %.2f +- %.2f of that",
            Numbers.of(last.threads(), "thread"),
            ratio(last, peak),
            error(last, peak));
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
        "isolation under a qspinlock per memcg and per node with as many threads, more"
            + " than one and not more than processors, is not there";
    Likeness likeness = Likeness.UNMEASURED;
    for (BenchFigure memcg : withinProcessors(lock("memcg"))) {
      Optional<BenchFigure> base = with(memcg.threads(), node);
      if (memcg.threads() > 1 && base.isPresent()) {
        double gain = ratio(memcg, base.get());
        double error = error(memcg, base.get());
        measured = String.format(
            Locale.ROOT,
            "%+.0f +- %.0f %% with %d threads in as many cgroups",
            100 * (gain - 1),
            100 * error,
            memcg.threads());
        likeness = isMore(gain, error, 1);
      }
    }
    return new BenchShape(
        Question.LRU_LOCK_CONTENTION.id(),
        "a lock for each memory cgroup gives 62 % with 40 containers, 80 % with 104",
        "Alex Shi, per-memcg lru_lock, v7 to v18; Daniel Jordan's re-test, Sep 2020",
        measured,
        likeness,
        "There readers of files do much else between two looks at the lock; here nothing is done but"
            + " to isolate and put back.");
  }

  private List<BenchFigure> lock(String granularity) {
    return curve(
        Question.LRU_LOCK_CONTENTION,
        "isolateAndPutback",
        Map.of("lock", "qspinlock", "granularity", granularity, "pagevec", "15"));
  }
}
