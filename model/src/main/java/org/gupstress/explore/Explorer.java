// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.gupstress.claim.Finding;
import org.gupstress.claim.Harm;
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
  private static final long STUCK_NANOS = 4_000_000_000L;

  private Explorer() {}

  /** Runs a search to its end or to one of its limits. */
  public static Result explore(Plan plan, Options options) {
    long start = System.nanoTime();
    Reductions reductions = options.reductions();
    int contexts = plan.cpus();
    for (int cpu = 0; cpu < plan.cpus(); cpu++) {
      contexts += plan.scenario().interrupts(cpu).isEmpty() ? 0 : 1;
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
            } catch (RuntimeException | Error | InterruptedException thrown) {
              broken.compareAndSet(
                  null, "the code of " + search.plan.design().id() + " threw " + thrown);
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
    String stuck = watch(threads, hearts);
    if (stuck != null) {
      search.stop("an operation does not come to its next access");
      return stuck;
    }
    return broken.get();
  }

  /** Waits for the workers; returns which operation loops without touching memory, or null. */
  private static @Nullable String watch(List<Thread> threads, List<Heartbeat> hearts) {
    long seen = -1;
    long since = System.nanoTime();
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
        return "the search was interrupted";
      }
      if (!alive) {
        return null;
      }
      long beats = 0;
      for (Heartbeat heart : hearts) {
        beats += heart.beats();
      }
      if (beats != seen) {
        seen = beats;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > STUCK_NANOS) {
        return "operation " + hearts.get(0).operation() + " loops without touching memory";
      }
    }
  }

  private static Result conclude(
      Search search, Reductions reductions, @Nullable String broken, long start) {
    Map<Harm, Result.Violation> violations = new EnumMap<>(Harm.class);
    Map<String, Result.Ending> endings = new TreeMap<>();
    int states = search.visited.size();
    BigInteger interleavings = BigInteger.ZERO;
    if (broken != null) {
      violations.put(Harm.CONTRACT, new Result.Violation(Harm.CONTRACT, broken, 0, 0, 0, null));
    } else {
      Analysis analysis = new Analysis(search.graph, states + 1);
      interleavings = analysis.interleavings();
      long harms = search.graph.allHarms();
      if (harms != 0) {
        Witness witness = new Witness(search.plan, reductions);
        String stamp = witness.stamp();
        for (String outcome : search.endings()) {
          endings.put(outcome, ending(search, witness, analysis, outcome, stamp));
        }
        for (Harm harm : Harm.values()) {
          Analysis.Way way = (harms & harm.bit()) == 0 ? null : analysis.shortest(harm.bit());
          if (way != null) {
            violations.put(harm, violation(search.plan, witness, analysis, harm, way, stamp));
          }
        }
      }
    }
    List<String> unmet = new ArrayList<>();
    for (int i = 0; i < search.sometimes.length; i++) {
      Sometimes condition = search.sometimes[i];
      if ((search.met.get() >>> i & 1) == 0) {
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
        search.depthMax.get(),
        interleavings,
        search.visited.bytes(),
        (double) states * states / 2 / Math.pow(2, 64),
        search.falsePositives.get(),
        List.copyOf(unmet),
        violations,
        endings,
        Set.copyOf(search.outcomes.keySet()));
  }

  private static Result.Ending ending(
      Search search, Witness witness, Analysis analysis, String outcome, String stamp) {
    long mark = search.endingBit(outcome);
    Analysis.Way way = Objects.requireNonNull(analysis.shortest(mark));
    return new Result.Ending(
        outcome,
        way.preemptions(),
        way.slots().size(),
        analysis.share(mark),
        Token.of(search.plan, stamp, witness.follow(way.slots()).schedule()));
  }

  private static Result.Violation violation(
      Plan plan, Witness witness, Analysis analysis, Harm harm, Analysis.Way way, String stamp) {
    Witness.Account account = witness.follow(way.slots());
    String text = harm.sentence();
    for (Finding finding : account.findings()) {
      text = finding.harm() == harm ? finding.text() : text;
    }
    return new Result.Violation(
        harm,
        text,
        way.preemptions(),
        way.slots().size(),
        analysis.share(harm.bit()),
        Token.of(plan, stamp, account.schedule()));
  }
}
