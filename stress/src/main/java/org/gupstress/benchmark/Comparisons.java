// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.gupstress.text.Numbers;

/** Compares figures of the same rounds: a ratio, or a difference. */
final class Comparisons {
  private static final Map<String, Double> LIMITS = Map.of("foll-pin", 1.3, "page-ext", 2.0);

  private static final String NATIVE = "Native";

  /** The first release on which native memory has no Unsafe below it. */
  private static final int SEGMENTS = 22;

  private final List<BenchFigure> figures;
  private final int jdk;
  private final List<BenchComparison> comparisons = new ArrayList<>();

  private Comparisons(List<BenchFigure> figures, int jdk) {
    this.jdk = jdk;
    this.figures = figures.stream().filter(figure -> !figure.hasFailed()).toList();
  }

  /** Of a run of the JDK that runs now. */
  static List<BenchComparison> of(List<BenchFigure> figures) {
    return of(figures, Runtime.version().feature());
  }

  static List<BenchComparison> of(List<BenchFigure> figures, int jdk) {
    Comparisons all = new Comparisons(figures, jdk);
    all.pairs();
    all.counted();
    all.locks();
    all.reclaim();
    all.faults();
    all.instruments();
    all.floor();
    return all.comparisons;
  }

  /** The pin and unpin of a hot page, one thread, against the bare atomic pair. */
  private void pairs() {
    Map<String, String> hot = Map.of("pages", "hot");
    for (BenchFigure pin : all(Question.PIN_UNPIN, "pinAndUnpin")) {
      if (pin.threads() == 1
          && pin.metric().isEmpty()
          && "hot".equals(pin.params().get("pages"))) {
        one(Question.PIN_UNPIN, "atomicPair", pin, hot)
            .ifPresent(floor -> ratio(
                pin.design() + ", a hot page, of the bare atomic pair",
                pin,
                floor,
                LIMITS.getOrDefault(pin.design(), Double.NaN)));
      }
    }
    for (BenchFigure two : all(Question.PIN_UNPIN, "twoAtomicPairs")) {
      if (two.threads() == 1 && two.params().equals(hot)) {
        one(Question.PIN_UNPIN, "atomicPair", two, hot)
            .ifPresent(floor -> ratio(
                "two bare atomic pairs, of one: the least that page-ext can take",
                two,
                floor,
                Double.NaN));
      }
    }
  }

  /** a counted page against a lost one. */
  private void counted() {
    for (BenchFigure lost : all(Question.PIN_UNPIN, "fromPlace")) {
      if (lost.metric().isEmpty() && "lost".equals(lost.params().get("place"))) {
        one(Question.PIN_UNPIN, "fromPlace", lost, with(lost, "place", "lru"))
            .ifPresent(counted -> difference(
                lost.design() + ", a counted page, more than a lost one (R-09)", counted, lost));
      }
    }
  }

  private void locks() {
    for (BenchFigure memcg : all(Question.LRU_LOCK_CONTENTION, "isolateAndPutback")) {
      if ("memcg".equals(memcg.params().get("granularity")) && memcg.metric().isEmpty()) {
        one(
                Question.LRU_LOCK_CONTENTION,
                "isolateAndPutback",
                memcg,
                with(memcg, "granularity", "node"))
            .ifPresent(node -> ratio(
                memcg.params().get("lock") + ", pagevec " + memcg.params().get("pagevec") + ", "
                    + Numbers.of(memcg.threads(), "thread") + ": per memcg of per node",
                memcg,
                node,
                Double.NaN));
      }
    }
  }

  private void reclaim() {
    for (BenchFigure together : all(Question.PIN_AGAINST_RECLAIM, "pinAgainstReclaim")) {
      String roles = together.params().get("roles");
      if (!"0/1/0".equals(roles) && !"0/0/1".equals(roles)) {
        boolean pins = together.metric().equals("pins");
        String alone = pins ? "0/1/0" : "0/0/1";
        figures.stream()
            .filter(figure -> figure.question().equals(together.question())
                && figure.metric().equals(together.metric())
                && alone.equals(figure.params().get("roles"))
                && figure.design().equals(together.design())
                // reclaim alone has no pinners, so the kind of pinned pages says nothing
                && (!pins || isEqual("pinned", figure, together)))
            .findFirst()
            .ifPresent(base -> ratio(
                together.design() + ", " + together.params().getOrDefault("pinned", "") + ", "
                    + together.metric() + " with roles " + roles + " of those alone",
                together,
                base,
                Double.NaN));
      }
    }
  }

  private static boolean isEqual(String param, BenchFigure one, BenchFigure other) {
    return Objects.equals(one.params().get(param), other.params().get(param));
  }

  private void faults() {
    for (BenchFigure pinned : all(Question.FAULT_PIN_UNPIN, "faultPinUnpin")) {
      one(Question.FAULT_PIN_UNPIN, "fault", pinned, Map.of())
          .ifPresent(bare -> difference(
              pinned.design() + ", added to a fault, " + Numbers.of(pinned.threads(), "thread"),
              pinned,
              bare));
    }
  }

  private void instruments() {
    for (String method : List.of("pinAndUnpin", "scan")) {
      for (BenchFigure watched : all(Question.HARNESS_COST, method)) {
        String instrument = watched.params().getOrDefault("instrument", "none");
        if (!instrument.equals("none")) {
          one(Question.HARNESS_COST, method, watched, with(watched, "instrument", "none"))
              .ifPresent(bare -> ratio(
                  method + " of " + watched.design() + " with " + instrument + ", of without",
                  watched,
                  bare,
                  Double.NaN));
        }
      }
    }
  }

  /** Each access through native memory against the same one that nobody checks. */
  private void floor() {
    for (BenchFigure access : all(Question.HARNESS_FLOOR)) {
      if (access.benchmark().endsWith(NATIVE)) {
        String name = access.benchmark().substring(0, access.benchmark().indexOf(NATIVE));
        one(Question.HARNESS_FLOOR, name + "Unsafe", access, Map.of())
            .ifPresent(bare -> ratio(
                name + " through native memory, of Unsafe, JDK " + jdk,
                access,
                bare,
                floorLimit(name)));
      }
    }
  }

  private double floorLimit(String access) {
    return switch (access) {
      case "scan", "walk" -> 1.5;
      case "read" -> jdk < SEGMENTS ? 2.0 : 1.3;
      default -> 1.1;
    };
  }

  // ---- finding

  private List<BenchFigure> all(Question question) {
    return figures.stream()
        .filter(figure -> figure.question().equals(question.id()))
        .toList();
  }

  private List<BenchFigure> all(Question question, String benchmark) {
    return all(question).stream()
        .filter(figure -> figure.benchmark().equals(benchmark))
        .toList();
  }

  /** The figure with other parameters that is otherwise like this one. */
  private Optional<BenchFigure> one(
      Question question, String benchmark, BenchFigure like, Map<String, String> params) {
    Predicate<BenchFigure> fits = figure -> figure.threads() == like.threads()
        && figure.metric().equals(like.metric())
        && figure.params().equals(params);
    return all(question, benchmark).stream().filter(fits).findFirst();
  }

  private static Map<String, String> with(BenchFigure figure, String name, String value) {
    Map<String, String> params = new LinkedHashMap<>(figure.params());
    params.put(name, value);
    return params;
  }

  // ---- making

  private void ratio(String text, BenchFigure one, BenchFigure other, double limit) {
    Estimate ratio = Estimate.ratio(one.forks(), other.forks());
    comparisons.add(
        new BenchComparison(one.question(), text, ratio.mean(), ratio.error(), "", limit));
  }

  private void difference(String text, BenchFigure one, BenchFigure other) {
    Estimate difference = Estimate.difference(one.forks(), other.forks());
    comparisons.add(new BenchComparison(
        one.question(), text, difference.mean(), difference.error(), one.unit(), Double.NaN));
  }
}
