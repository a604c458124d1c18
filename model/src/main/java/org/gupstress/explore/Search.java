// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Sometimes;
import org.jspecify.annotations.Nullable;

/**
 * What the workers of one search share: the visited set, the state graph, the work that is left
 * over for idle workers, and what was met.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>A worker takes no new work before it has finished what it took, and leaves work only while
 *       it has some.
 *   <li>Results are read after all workers have returned.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Every state is expanded by exactly one worker: the one to which {@link #visited} said that
 *       it was new, or the one that took it from the work left over.
 *   <li>{@link #take} returns null only when no work is left and no worker has any, or when the
 *       search was stopped. Work is counted before it can be taken and until it is finished, so the
 *       count is 0 only at the end.
 *   <li>What a worker wrote before it left work, the worker that takes it sees.
 *   <li>A search that was stopped says why; the last reason counts. Workers see it before their
 *       next step.
 *   <li>States, steps, outcomes and verdicts of a complete search do not depend on the number of
 *       workers. The numbers of states do.
 * </ol>
 */
final class Search {
  /** Operations of programs that are watched, at most. */
  private static final int OPERATIONS_MAX = 64;

  /** A state to expand: how to come to it, and which contexts' steps are wanted. */
  record Work(List<Byte> path, int state, int contexts, int last, int preemptions) {}

  final Plan plan;
  final Options options;
  final Visited visited = new Visited();
  final StateGraph graph;
  final Sometimes[] sometimes;
  final AtomicInteger met = new AtomicInteger();
  final AtomicLong transitions = new AtomicLong();
  final AtomicLong falsePositives = new AtomicLong();
  final Map<Map<String, Object>, Boolean> outcomes = new ConcurrentHashMap<>();

  /** For each context, operations that were done, and those that did something, as sets. */
  private final AtomicLongArray ended = new AtomicLongArray(StateGraph.CONTEXTS_MAX);

  private final AtomicLongArray acted = new AtomicLongArray(StateGraph.CONTEXTS_MAX);

  private final Set<String> endings = ConcurrentHashMap.newKeySet();
  private final Queue<Work> left = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicInteger idle = new AtomicInteger();
  private final AtomicInteger firstHarmed = new AtomicInteger();
  private final long deadline;
  private volatile @Nullable Stop stopped;
  private volatile @Nullable String fault;

  Search(Plan plan, Options options, int contexts) {
    this.plan = plan;
    this.options = options;
    this.graph = new StateGraph(contexts);
    this.sometimes = plan.scenario().sometimes().toArray(Sometimes[]::new);
    this.deadline = System.nanoTime() + options.budget().toNanos();
  }

  /**
   * Takes note of an outcome.
   *
   * @throws IllegalStateException if there are too many
   */
  String ending(String outcome) {
    if (endings.add(outcome) && endings.size() > Scenario.OUTCOMES_MAX) {
      throw new IllegalStateException(
          "a scenario tells at most " + Scenario.OUTCOMES_MAX + " outcomes apart");
    }
    return outcome;
  }

  /** Takes note that an operation has ended or has done something. */
  void operated(int context, int operation, boolean hasEnded, boolean hasActed) {
    if (operation < OPERATIONS_MAX) {
      long bit = 1L << operation;
      if (hasActed && (acted.get(context) & bit) == 0) {
        acted.updateAndGet(context, known -> known | bit);
      }
      if (hasEnded && (ended.get(context) & bit) == 0) {
        ended.updateAndGet(context, known -> known | bit);
      }
    }
  }

  /** The operations of a context that never did more than to look at a register, as a set. */
  long idle(int context) {
    return ended.get(context) & ~acted.get(context);
  }

  /** Hands a state to whoever is idle. */
  void leave(Work work) {
    unfinished.incrementAndGet();
    left.add(work);
  }

  /** Whether another worker waits for work. */
  boolean isWanted() {
    return idle.get() > 0 && left.isEmpty();
  }

  /** The next state to expand, or null when all work is done. */
  @Nullable
  Work take() {
    Work work = left.poll();
    if (work != null) {
      return work;
    }
    idle.incrementAndGet();
    try {
      while (unfinished.get() > 0 && stopped == null) {
        work = left.poll();
        if (work != null) {
          return work;
        }
        Thread.onSpinWait();
        Thread.yield();
      }
      return null;
    } finally {
      idle.decrementAndGet();
    }
  }

  void finish() {
    unfinished.decrementAndGet();
  }

  /** Keeps what one worker met first: an operation that broke its contract may not do it again. */
  void found(@Nullable String brokenContract) {
    fault = fault == null ? brokenContract : fault;
  }

  /** How an operation broke the contract of operations, or null. */
  @Nullable
  String fault() {
    return fault;
  }

  /** Ends the search before it is complete. */
  void stop(Stop why) {
    stopped = why;
  }

  /**
   * The page of private memory that a CPU gave away makes CPUs distinguishable: start anew without.
   */
  void breakSymmetry() {
    stop(new Stop.AsymmetricCpus());
  }

  boolean isSymmetryBroken() {
    return stopped instanceof Stop.AsymmetricCpus;
  }

  /** Why the search ended before it was complete, or null. */
  @Nullable
  Stop stopped() {
    return stopped;
  }

  /** A harm was done in this state. */
  void harmed(int state) {
    firstHarmed.compareAndSet(0, state);
  }

  /** Stops the search where there are too many states. */
  void checkStates(int states) {
    int harmed = firstHarmed.get();
    if (harmed > 0 && states - harmed > options.statesAfterHarmMax()) {
      stop(new Stop.HarmLimit(options.statesAfterHarmMax()));
    }
    int most = Math.min(options.statesMax(), StateGraph.capacity() - 64);
    if (states >= most) {
      stop(new Stop.StateLimit(most));
    }
  }

  /** Stops the search where its time is over. */
  void checkTime() {
    if (System.nanoTime() > deadline) {
      stop(new Stop.BudgetSpent(options.budget()));
    }
  }
}
