// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
import org.gupstress.claim.Harm;
import org.gupstress.claim.Lockdep;
import org.gupstress.design.Designs;
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
  private static final String UNREPEATABLE =
      "a counterexample cannot be walked again: the design does something else each time";
  private static final long POLL_MILLIS = 50;

  /** CPU time without a step: far more than any step takes. */
  private static final long PATIENCE_NANOS = 2_500_000_000L;

  /** For code that waits and uses none; polls are counted, not time that a machine was asleep. */
  private static final int QUIET_POLLS_MAX = 600;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

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
            } catch (OutOfMemoryError full) {
              String greedy = greedy(search.plan, heart, full);
              if (greedy == null) {
                search.stop(Result.EXHAUSTED + inside(heart.operation()) + ": " + full);
              } else {
                broken.compareAndSet(null, greedy);
                search.stop(Result.GREEDY);
              }
              begun.countDown();
            } catch (InterruptedException thrown) {
              search.stop("the search was interrupted");
              begun.countDown();
            } catch (RuntimeException | Error thrown) {
              // it may have been given up, and what is asked of the design now is to answer
              Thread.interrupted();
              broken.compareAndSet(
                  null, culprit(search.plan, thrown.getStackTrace()) + " threw " + thrown);
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
  private static String culprit(Plan plan, StackTraceElement[] trace) {
    String method = Culprit.method(plan, trace);
    return method == null ? "the code of " + plan.design().id() : method;
  }

  /**
   * What took all memory, if it was not the search: an operation that has allocated more than any
   * needs, or a method of the design in which there was no more.
   */
  private static @Nullable String greedy(Plan plan, Heartbeat heart, OutOfMemoryError full) {
    String inside = heart.operation().isEmpty()
        ? Culprit.method(plan, full.getStackTrace())
        : Allocated.isMuch() ? "operation " + heart.operation() : null;
    return inside == null ? null : inside + " allocates without bound: " + full;
  }

  /** Waits for the workers; returns which operation does not end, or null. */
  private static @Nullable String watch(
      Search search, List<Thread> threads, List<Heartbeat> hearts) {
    long seen = -1;
    long spentBefore = 0;
    int quietPolls = 0;
    while (true) {
      try {
        if (!join(threads)) {
          return null;
        }
        long beats = hearts.stream().mapToLong(Heartbeat::beats).sum();
        long spent = threads.stream().mapToLong(Explorer::cpuNanos).sum();
        if (beats != seen) {
          seen = beats;
          spentBefore = spent;
          quietPolls = 0;
        } else if (++quietPolls > QUIET_POLLS_MAX
            || spent - spentBefore > PATIENCE_NANOS * threads.size()) {
          String stuck = stuck(search.plan, threads, hearts);
          // code that was loaded to be stopped looks at this
          threads.forEach(Thread::interrupt);
          return stuck;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        search.stop("the search was interrupted");
        return null;
      } catch (OutOfMemoryError full) {
        // a worker has taken it, who will be told next, gives it back and says whose it was
        if (++quietPolls > QUIET_POLLS_MAX) {
          throw full;
        }
      }
    }
  }

  /** Waits for each a little; whether there are any left. */
  private static boolean join(List<Thread> threads) throws InterruptedException {
    boolean alive = false;
    for (Thread thread : threads) {
      if (thread.isAlive()) {
        thread.join(POLL_MILLIS);
      }
      alive |= thread.isAlive();
    }
    return alive;
  }

  /**
   * What a thread has run; a machine that is busy or asleep does not use a thread's patience up.
   */
  private static long cpuNanos(Thread thread) {
    return THREADS.isThreadCpuTimeSupported()
        ? Math.max(0, THREADS.getThreadCpuTime(thread.getId()))
        : 0;
  }

  private static String stuck(Plan plan, List<Thread> threads, List<Heartbeat> hearts) {
    return hearts.stream()
        .map(Heartbeat::operation)
        .filter(operation -> !operation.isEmpty())
        .findFirst()
        .map(operation -> "operation " + operation + " loops without touching memory")
        .or(() -> threads.stream()
            .map(thread -> Culprit.method(plan, thread.getStackTrace()))
            .filter(Objects::nonNull)
            .findFirst()
            .map(method -> method + " does not come to an end"))
        .orElse("the search does not get on");
  }

  /**
   * Walks each counterexample of the user's once more, with new machines. Takes the tokens off
   * those that another walk does not confirm; returns what was different, or null.
   */
  private static @Nullable String doubt(
      Plan plan, Reductions reductions, Map<Harm, Result.Violation> violations) {
    if (Designs.all().contains(plan.design())) {
      return null;
    }
    String different = null;
    Witness again = new Witness(plan, reductions);
    for (Map.Entry<Harm, Result.Violation> entry : violations.entrySet()) {
      Result.Violation found = entry.getValue();
      Token token = found.token();
      if (token != null && !again.stamp(token.schedule()).equals(token.stamp())) {
        String now = Replay.difference(plan, reductions, token.schedule());
        different = now == null ? different : now;
        different = different == null ? UNREPEATABLE : different;
        entry.setValue(found.withoutToken());
      }
    }
    return different;
  }

  private static Result conclude(
      Search search, Reductions reductions, @Nullable String stopped, long start) {
    String broken = stopped;
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
      if (!search.graph.harms().isEmpty() || !search.graph.outcomes().isEmpty()) {
        try {
          Testimony testimony =
              new Testimony(search, lockdep, analysis, new Witness(search.plan, reductions));
          endings.putAll(testimony.endings());
          violations.putAll(testimony.violations());
          broken = doubt(search.plan, reductions, violations);
        } catch (RuntimeException | StackOverflowError e) {
          violations.clear();
          broken = UNREPEATABLE + ": " + Culprit.says(search.plan, e);
        }
      }
    }
    broken = stopped == null && search.fault() != null ? search.fault() : broken;
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
