// SPDX-License-Identifier: Apache-2.0
package org.gupstress.measure;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.gupstress.outcome.Footprint;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.outcome.OutcomeTests;
import org.gupstress.sampling.SampleRates;

/**
 * How fast the outcome tests are beside one that does nothing: all tests of two actors in one run.
 *
 * <p>{@link Footprint.Empty} has the state of the tests and nothing else of theirs: the same
 * machines out of the same ring, the same copy for every sample, the same judge, and two actors
 * that do nothing. It runs again between the tests, because a machine is not as fast at the end of
 * a run as at its start: every test is held against the two runs around it.
 *
 * <p>{@code java -cp jcstress.jar org.gupstress.measure.OutcomeRates [test or question]...}
 *
 * <p>Between the two lies the price of two processors that meet. {@link Footprint.Lines1} and its
 * like show it before any question is asked: in each sample both actors add zero to one word of so
 * many cache lines. It depends on how far the processors are from each other, which is printed
 * first.
 */
public final class OutcomeRates {
  private static final int HANDOVERS = 400_000;
  private static final int HANDOVER_ROUNDS = 7;

  /** For machines whose one processor both threads need. */
  private static final int SPINS_BEFORE_YIELD = 10_000;

  /** So many tests between two runs of the empty one. */
  private static final int TESTS_BETWEEN = 6;

  /** What a test must reach of the rate of the empty one. */
  private static final double SHARE_MIN = 0.5;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  private final SampleRates rates;
  private final List<String> slow = new ArrayList<>();

  private OutcomeRates(SampleRates rates) {
    this.rates = rates;
  }

  /**
   * Prints the rates of tests beside that of the empty one. The exit status is 1 if one is too slow
   * or did not run, 2 if there is no such test.
   *
   * @param args names of tests or questions; all if there are none
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<OutcomeTest> all =
        OutcomeTests.all().stream().filter(test -> test.actors() == 2).toList();
    for (String wanted : args) {
      if (all.stream().noneMatch(test -> test.isMeantBy(wanted))) {
        System.err.println("no test or question of two actors is called " + wanted);
        System.exit(2);
      }
    }
    List<OutcomeTest> tests = all.stream()
        .filter(test -> args.length == 0 || List.of(args).stream().anyMatch(test::isMeantBy))
        .toList();
    Path directory = Files.createTempDirectory("outcome-rates");
    boolean fine;
    try (SampleRates rates = new SampleRates(directory)) {
      fine = rates.isReady() && new OutcomeRates(rates).measure(tests);
    }
    System.exit(fine ? 0 : 1);
  }

  private boolean measure(List<OutcomeTest> tests) throws IOException, InterruptedException {
    out.printf(
        Locale.ROOT,
        "A cache line goes from one processor to the other in %.0f ns.%n",
        nanosPerHandover());
    out.printf("%-44s %12s %12s %10s%n", "TEST", "SAMPLES/S", "EMPTY", "OF EMPTY");
    double before = between(Footprint.LINES, rates.of(Footprint.EMPTY), line -> {});
    for (int i = 0; i < tests.size(); i += TESTS_BETWEEN) {
      before =
          between(tests.subList(i, Math.min(i + TESTS_BETWEEN, tests.size())), before, slow::add);
    }
    out.printf(
        Locale.ROOT,
        "%d of %d tests reach %.0f%% of the rate of the empty test.%n",
        tests.size() - slow.size(),
        tests.size(),
        100 * SHARE_MIN);
    slow.forEach(offender -> out.println("  too slow: " + offender));
    return slow.isEmpty() && !tests.isEmpty();
  }

  /** Holds tests against the rates of the empty one before and after them; returns the latter. */
  private double between(List<OutcomeTest> some, double before, Consumer<String> tooSlow)
      throws IOException, InterruptedException {
    double[] each = new double[some.size()];
    for (int i = 0; i < each.length; i++) {
      each[i] = rates.of(some.get(i));
    }
    double after = rates.of(Footprint.EMPTY);
    for (int i = 0; i < each.length; i++) {
      compare(some.get(i), each[i], (before + after) / 2, tooSlow);
    }
    return after;
  }

  private void compare(OutcomeTest test, double rate, double empty, Consumer<String> tooSlow) {
    String share = String.format(Locale.ROOT, "%.0f%%", 100 * rate / empty);
    out.printf(Locale.ROOT, "%-44s %,12.0f %,12.0f %10s%n", test.name(), rate, empty, share);
    // not a number: it did not run
    if (!(rate >= SHARE_MIN * empty)) {
      tooSlow.accept(test.name() + " " + share);
    }
  }

  /** Two threads that write by turns to one word; the median of some rounds. */
  private static double nanosPerHandover() throws InterruptedException {
    AtomicInteger turn = new AtomicInteger();
    double[] nanos = new double[HANDOVER_ROUNDS];
    for (int round = 0; round < nanos.length; round++) {
      turn.set(0);
      Thread other = new Thread(() -> takeTurns(turn, 1), "other");
      other.start();
      long start = System.nanoTime();
      takeTurns(turn, 0);
      other.join();
      nanos[round] = (System.nanoTime() - start) / (double) HANDOVERS;
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  private static void takeTurns(AtomicInteger turn, int first) {
    for (int mine = first; mine < HANDOVERS; mine += 2) {
      for (int spins = 1; turn.getAcquire() != mine; spins++) {
        if (spins % SPINS_BEFORE_YIELD == 0) {
          Thread.yield();
        } else {
          Thread.onSpinWait();
        }
      }
      turn.setRelease(mine + 1);
    }
  }
}
