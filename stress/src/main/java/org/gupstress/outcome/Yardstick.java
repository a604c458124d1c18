// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Node;
import org.gupstress.lru.Pagevecs;
import org.gupstress.page.PageLayout;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * How fast the outcome tests are, beside tests that do nothing: of every question the tests of two
 * actors, in one run of jcstress with both yardsticks.
 *
 * <p>{@link Empty} has the state footprint of the tests and nothing else of theirs: the same
 * machines out of the same ring, the same copy for every sample, the same judge, and each actor
 * reads once what the operations of the tests lie in. {@link Idle} does not even look at its
 * machines: what is missing to it is the time in which cache lines move between processors, and
 * that of the operations.
 */
public class Yardstick {
  private static final int FORKS = 2;
  private static final int ITERATIONS = 3;
  private static final int MILLIS = 200;

  private static final Scenario FOOTPRINT = Spec.named(
          "yardstick", "two CPUs look at the state that an operation changes")
      .cpus(2, 2, 2, 0, 1)
      .boot(mm -> Boot.inPagevecOf(mm, 0, 0))
      .program((role, rounds, design) -> List.of(look()))
      .outcome(Ending::ofPins);

  /** A word of the locks, the page, a list, its size, a pte, and what is the CPU's own. */
  private static Operation look() {
    return new Operation("look", (mm, cpu) -> {
      Node node = mm.lru().node();
      long page = mm.page().address(0);
      boolean queued = mm.lru().pagevecs().contains(cpu.slot(), Pagevecs.Kind.LRU_ADD, page);
      cpu.setRegister(
          2,
          mm.memory().read32(node.lruLock().addr())
              + mm.memory().read64(page + PageLayout.FLAGS)
              + mm.lru().list().next(node.head(LruList.INACTIVE_FILE))
              + node.lruSize(LruList.INACTIVE_FILE)
              + mm.pageTable().readPte(0)
              + (queued ? 1 : 0));
    });
  }

  /** Two actors that look at a fresh machine. */
  @JCStressTest
  @State
  @Outcome(id = "in-pagevec", expect = ACCEPTABLE, desc = "Nobody changes anything.")
  public static class Empty extends Sample {
    static final Rig RIG = Rig.of(FOOTPRINT, "rfc-nov");

    public Empty() {
      super(RIG);
    }

    @Actor
    public void cpu0() {
      run(0);
    }

    @Actor
    public void cpu1() {
      run(1);
    }

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** Two actors that do nothing, each sample a fresh machine. */
  @JCStressTest
  @State
  @Outcome(id = "in-pagevec", expect = ACCEPTABLE, desc = "Nobody does anything.")
  public static class Idle extends Sample {
    static final Rig RIG = Rig.of(FOOTPRINT, "rfc-nov");

    public Idle() {
      super(RIG);
    }

    @Actor
    public void cpu0() {}

    @Actor
    public void cpu1() {}

    @Arbiter
    public void end(L_Result r) {
      r.r1 = outcome();
    }
  }

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  private Yardstick() {}

  /**
   * Prints the rates of tests beside those that do nothing.
   *
   * @param args names of tests or questions; all if there are none
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, List<String>> questions = Jcstress.tests().stream()
        .filter(test -> test.actors() == 2)
        .filter(test -> args.length == 0 || List.of(args).stream().anyMatch(test::isMeantBy))
        .collect(Collectors.groupingBy(
            OutcomeTest::question,
            LinkedHashMap::new,
            Collectors.mapping(OutcomeTest::name, Collectors.toList())));
    Yardstick yardstick = new Yardstick();
    Path directory = Files.createTempDirectory("yardstick");
    for (Map.Entry<String, List<String>> question : questions.entrySet()) {
      yardstick.measure(question.getValue(), directory.resolve(question.getKey()));
    }
  }

  private void measure(List<String> tests, Path directory)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("Yardstick.Empty", "Yardstick.Idle"));
    all.addAll(tests);
    Invocation.Left left = new Invocation(
            Profile.LEAN.options(FORKS, ITERATIONS, MILLIS), all, directory)
        .await(Long.MAX_VALUE);
    double empty = rate(left.contents().executions(), "Yardstick.Empty");
    double idle = rate(left.contents().executions(), "Yardstick.Idle");
    out.printf("%-40s %12s %10s %10s%n", "TEST", "SAMPLES/S", "OF EMPTY", "OF IDLE");
    for (String test : all) {
      double rate = rate(left.contents().executions(), test);
      out.printf(
          Locale.ROOT,
          "%-40s %,12.0f %9.0f%% %9.0f%%%n",
          test,
          rate,
          100 * rate / empty,
          100 * rate / idle);
    }
  }

  /** The median of its forks. */
  private static double rate(List<Jcstress.Execution> executions, String test) {
    double[] rates = executions.stream()
        .filter(execution -> execution.test().equals(test))
        .mapToDouble(Jcstress.Execution::rate)
        .sorted()
        .toArray();
    return rates.length == 0
        ? Double.NaN
        : (rates[(rates.length - 1) / 2] + rates[rates.length / 2]) / 2;
  }
}
