// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.gupstress.claim.Harm;
import org.gupstress.claim.Lockdep;
import org.gupstress.scenario.Sometimes;
import org.jspecify.annotations.Nullable;

/**
 * Explores all interleavings of a plan.
 *
 * <p>Guarantees: a claim that holds holds in every sequentially consistent interleaving within the
 * printed bound; the counterexample of a violated one is a shortest, fewest pre-emptions first.
 * Assumes that operations are functions of what they read; one that is not, that throws, or that
 * loops without touching memory becomes a finding.
 *
 * <p>Leaves out: weak memory. Outcomes that need a store buffer or a reordered load are not among
 * these.
 */
public final class Explorer {
  private static final long POLL_MILLIS = 50;
  private static final int QUIET_POLLS_MAX = 80;

  private Explorer() {}

  /** Runs a search to its end or to one of its limits. */
  public static Result explore(Plan plan, Options options) {
    long start = System.nanoTime();
    Reductions reductions = options.reductions();
    int contexts = plan.cpus();
    for (int cpu = 0; cpu < plan.cpus(); cpu++) {
      contexts += plan.scenario().interrupts(cpu).isEmpty() ? 0 : 1;
    }
    if (contexts > StateGraph.CONTEXTS_MAX) {
      throw new IllegalArgumentException("CPUs and interrupt handlers are at most "
          + StateGraph.CONTEXTS_MAX
          + " together, not "
          + contexts);
    }
    Search search = new Search(plan, options, contexts);
    String broken = run(search, reductions);
    if (search.isSymmetryBroken()) {
      reductions = reductions.withoutSymmetry();
      search = new Search(plan, options, contexts);
      broken = run(search, reductions);
    }
    return conclude(search, reductions, broken, start);
  }

  /** Lets the workers run; returns how the design broke the contract of operations, or null. */
  private static @Nullable String run(Search search, Reductions reductions) {
    AtomicReference<@Nullable String> broken = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    List<Heartbeat> hearts = new ArrayList<>();
    int workers = search.options.threads();
    CountDownLatch begun = new CountDownLatch(1);
    for (int i = 0; i < workers; i++) {
      Heartbeat heart = new Heartbeat();
      boolean first = i == 0;
      Thread thread = new Thread(
          () -> {
            try {
              Machine machine = new Machine(search.plan, reductions, Narration.HARMS, heart);
              Worker worker = new Worker(search, machine, heart);
              if (first) {
                worker.begin();
                begun.countDown();
              } else {
                begun.await();
              }
              worker.run();
            } catch (OutOfMemoryError | InterruptedException thrown) {
              search.stop("the search could not go on" + inside(heart.operation()) + ": " + thrown);
              begun.countDown();
            } catch (RuntimeException | Error thrown) {
              broken.compareAndSet(null, culprit(search.plan, thrown) + " threw " + thrown);
              search.stop("the design broke");
              begun.countDown();
            }
          },
          "explorer-" + i);
      thread.setDaemon(true);
      hearts.add(heart);
      threads.add(thread);
      thread.start();
    }
    String stuck = watch(search, threads, hearts);
    if (stuck != null) {
      search.stop(Result.STUCK);
      return stuck;
    }
    return broken.get();
  }

  private static String inside(String operation) {
    return operation.isEmpty() ? "" : " in operation " + operation;
  }

  /** Whose method threw outside of all operations: when it was asked, or while a machine began. */
  private static String culprit(Plan plan, Throwable thrown) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (isOf(plan.design(), frame)) {
        return frame.getMethodName() + " of " + plan.design().id();
      }
      if (isOf(plan.scenario(), frame)) {
        return frame.getMethodName() + " of " + plan.scenario().id();
      }
    }
    return "the code of " + plan.design().id();
  }

  /** Whether the frame is in the class of the object, or in one inside it. */
  private static boolean isOf(Object code, StackTraceElement frame) {
    String name = code.getClass().getName();
    return frame.getClassName().equals(name) || frame.getClassName().startsWith(name + "$");
  }

  /** Waits for the workers; returns which operation loops without touching memory, or null. */
  private static @Nullable String watch(
      Search search, List<Thread> threads, List<Heartbeat> hearts) {
    long seen = -1;
    int quietPolls = 0;
    while (true) {
      boolean alive = false;
      try {
        for (Thread thread : threads) {
          if (thread.isAlive()) {
            thread.join(POLL_MILLIS);
          }
          alive |= thread.isAlive();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        search.stop("the search was interrupted");
        return null;
      }
      if (!alive) {
        return null;
      }
      long beats = hearts.stream().mapToLong(Heartbeat::beats).sum();
      // polls are counted, not time: a machine that was asleep has not polled
      quietPolls = beats == seen ? quietPolls + 1 : 0;
      seen = beats;
      if (quietPolls > QUIET_POLLS_MAX) {
        return hearts.stream()
            .map(Heartbeat::operation)
            .filter(operation -> !operation.isEmpty())
            .findFirst()
            .map(operation -> "operation " + operation + " loops without touching memory")
            .orElse("the search does not get on");
      }
    }
  }

  private static Result conclude(
      Search search, Reductions reductions, @Nullable String broken, long start) {
    Map<Harm, Result.Violation> violations = new EnumMap<>(Harm.class);
    Map<String, Result.Ending> endings = new TreeMap<>();
    int states = search.visited.size();
    BigInteger interleavings = BigInteger.ZERO;
    int longest = 0;
    if (broken == null) {
      Lockdep lockdep = search.graph.judgeLocks();
      Analysis analysis = new Analysis(search.graph, states + 1);
      interleavings = analysis.interleavings();
      longest = analysis.longest();
      if (search.graph.allHarms() != 0) {
        try {
          Testimony testimony =
              new Testimony(search, lockdep, analysis, new Witness(search.plan, reductions));
          endings.putAll(testimony.endings());
          violations.putAll(testimony.violations());
        } catch (RuntimeException e) {
          violations.clear();
          broken =
              "a counterexample cannot be walked again: the design does something else each time";
        }
      }
    }
    broken = broken == null ? search.fault() : broken;
    if (broken != null) {
      Result.Violation shown = violations.get(Harm.CONTRACT);
      Token token = shown == null ? null : shown.token();
      int steps = shown == null ? 0 : shown.steps();
      violations.put(
          Harm.CONTRACT, new Result.Violation(Harm.CONTRACT, broken, 0, steps, 0, token));
    }
    List<String> unmet = new ArrayList<>();
    // what a run would have met behind its first harm is not missing
    boolean isCutShort = search.plan.scenario().endsAtHarm() && !violations.isEmpty();
    for (int i = 0; i < search.sometimes.length; i++) {
      Sometimes condition = search.sometimes[i];
      if ((search.met.get() >>> i & 1) == 0 && !isCutShort) {
        unmet.add(condition.sentence());
      }
    }
    return new Result(
        search.plan,
        search.options,
        search.stopped(),
        states,
        search.transitions.get(),
        (System.nanoTime() - start) / 1e9,
        longest,
        interleavings,
        search.visited.bytes(),
        (double) states * states / 2 / Math.pow(2, 64),
        search.falsePositives.get(),
        List.copyOf(unmet),
        violations,
        endings,
        Set.copyOf(search.outcomes.keySet()));
  }
}
