// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * How fast the outcome tests are, against tests that do nothing, in one run of jcstress.
 *
 * <p>{@link Empty} makes and judges the same machines and does nothing in them; {@link Bare} has no
 * state at all.
 */
public class Yardstick {
  private static final int ITERATIONS = 5;
  private static final int MILLIS = 400;

  /** Two actors that do nothing, each sample a fresh machine. */
  @JCStressTest
  @State
  @Outcome(id = "in-pagevec", expect = ACCEPTABLE, desc = "Nobody does anything.")
  public static class Empty extends Sample {
    static final Rig RIG = Rig.of(Questions.PIN_VS_DRAIN, "rfc-nov");

    public Empty() {
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

  /** Two actors that do nothing, and no state. */
  @JCStressTest
  @State
  @Outcome(id = "nothing", expect = ACCEPTABLE, desc = "Nobody does anything.")
  public static class Bare {
    @Actor
    public void cpu0() {}

    @Actor
    public void cpu1() {}

    @Arbiter
    public void end(L_Result r) {
      r.r1 = "nothing";
    }
  }

  private Yardstick() {}

  /**
   * Prints the rates of tests beside those that do nothing.
   *
   * @param args names of tests; PinVsDrain of every design if there are none
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> tests = new ArrayList<>(List.of("Yardstick.Empty", "Yardstick.Bare"));
    for (OutcomeTest test : Jcstress.tests()) {
      boolean wanted = args.length == 0
          ? test.question().equals("PinVsDrain")
          : List.of(args).contains(test.name()) || List.of(args).contains(test.question());
      if (wanted && test.actors() == 2) {
        tests.add(test.name());
      }
    }
    Path directory = Files.createTempDirectory("yardstick");
    List<String> options = List.of(
        "-f",
        "1",
        "-iters",
        Integer.toString(ITERATIONS),
        "-time",
        Integer.toString(MILLIS),
        "-sc",
        "false",
        "-spinStyle",
        "THREAD_YIELD",
        "-jvmArgs",
        "-XX:+UseSerialGC");
    Process jcstress = new ProcessBuilder(OutcomeRun.command(options, tests))
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("console.txt").toFile())
        .start();
    jcstress.waitFor();
    print(OutcomeRun.contents(directory).executions(), tests);
  }

  private static void print(List<Jcstress.Execution> executions, List<String> tests) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    double empty = rate(executions, "Yardstick.Empty");
    out.printf("%-32s %14s %10s%n", "TEST", "SAMPLES/S", "OF EMPTY");
    for (String test : tests) {
      double rate = rate(executions, test);
      out.printf(Locale.ROOT, "%-32s %,14.0f %9.0f%%%n", test, rate, 100 * rate / empty);
    }
  }

  private static double rate(List<Jcstress.Execution> executions, String test) {
    long samples = 0;
    int configurations = 0;
    for (Jcstress.Execution execution : executions) {
      if (execution.test().equals(test)) {
        configurations++;
        samples +=
            execution.counts().values().stream().mapToLong(Long::longValue).sum();
      }
    }
    return samples * 1e3 / (configurations * (double) ITERATIONS * MILLIS);
  }
}
