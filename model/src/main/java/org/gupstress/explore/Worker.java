// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.gupstress.claim.Harm;
import org.gupstress.memory.WeakMemory;
import org.gupstress.scenario.Sometimes;
import org.jspecify.annotations.Nullable;

/**
 * One depth-first searcher: goes from state to state by steps of its machine, back by undoing them,
 * and turns around at states that anyone has seen before.
 */
final class Worker implements Runnable {
  private static final int TIME_EVERY = 4096;

  private final Search search;
  private final Machine machine;
  private final Heartbeat heartbeat;
  private final Canon canon;
  private final int contexts;
  private final boolean bounded;

  // one frame for each state on the way, struct of arrays
  private int depth = -1;
  private int[] state = new int[256];
  private int[] mark = new int[256];
  private int[] remaining = new int[256];
  private int[] last = new int[256];
  private int[] preemptions = new int[256];
  private byte[] taken = new byte[256];
  private Local[] locals;
  private WeakMemory.@Nullable State[] delayed = new WeakMemory.State[256];
  private byte[] slots;
  private List<Byte> prefix = List.of();

  private long transitions;
  private long falsePositives;

  Worker(Search search, Machine machine, Heartbeat heartbeat) {
    this.search = search;
    this.machine = machine;
    this.heartbeat = heartbeat;
    this.contexts = machine.contexts();
    this.canon = new Canon(machine);
    this.bounded = search.options.preemptions() != Options.UNBOUNDED;
    this.locals = new Local[256 * contexts];
    this.slots = new byte[256 * contexts];
  }

  /** Finds the initial state and leaves it to be expanded. */
  void begin() {
    long fingerprint = fingerprint(-1, 0);
    int number = search.visited.add(fingerprint);
    int root = ~number + 1;
    int enabled = describe(root);
    search.leave(new Search.Work(List.of(), root, enabled, -1, 0));
  }

  @Override
  public void run() {
    for (Search.Work work = search.take(); work != null; work = search.take()) {
      machine.rewind();
      for (byte context : work.path()) {
        machine.step(context);
      }
      prefix = work.path();
      canon.look();
      push(work.state(), work.contexts(), work.last(), work.preemptions());
      expand();
      search.finish();
    }
    search.found(machine.fault());
    if (machine.isBounded() && search.stopped() == null) {
      search.stop(new Stop.DelayLimit());
    }
    search.transitions.addAndGet(transitions);
    search.falsePositives.addAndGet(falsePositives);
  }

  private void expand() {
    while (depth >= 0 && search.stopped() == null) {
      if (remaining[depth] == 0) {
        depth--;
        continue;
      }
      int context = Integer.numberOfTrailingZeros(remaining[depth]);
      remaining[depth] &= remaining[depth] - 1;
      machine.restore(mark[depth], locals, depth * contexts, delayed[depth]);
      int used = preemptions[depth];
      if (bounded) {
        used += isPreempted(depth, context) ? 1 : 0;
        if (used > search.options.preemptions()) {
          continue;
        }
      }
      taken[depth] = (byte) context;
      int operation = machine.operationNumber(context);
      Set<Harm> harms = machine.step(context);
      search.operated(context, operation, machine.hasLooked(), machine.hasActed());
      transitions++;
      heartbeat.beat();
      arrive(context, used, harms);
      if ((transitions & TIME_EVERY - 1) == 0) {
        search.checkTime();
      }
      if (search.isWanted()) {
        giveAway();
      }
    }
    depth = -1;
  }

  private boolean isPreempted(int at, int context) {
    int before = last[at];
    return before >= 0
        && before != context
        && machine.isInside(before)
        && machine.isEnabled(before);
  }

  /** The machine has stepped: finds out where it is now. */
  private void arrive(int context, int used, Set<Harm> harms) {
    Stop mistake = machine.mistake();
    if (mistake != null) {
      search.stop(mistake);
      return;
    }
    int from = state[depth];
    if (!harms.isEmpty() && !search.options.known().containsAll(harms)) {
      search.harmed(from);
    }
    int slot = slots[depth * contexts + context];
    Marks marks = Marks.ofStep(harms, machine.lastLockUse());
    if (machine.isEnded()) {
      search.graph.addStep(from, slot, StateGraph.SINK, 0, marks);
      return;
    }
    if (machine.breaksSymmetry()) {
      search.breakSymmetry();
      return;
    }
    // within a bound it is a turn that may cost a pre-emption
    boolean silent = machine.wasSilent() && !bounded;
    int number = search.visited.add(fingerprint(context, used));
    int to = (number < 0 ? ~number : number) + 1;
    search.graph.addStep(from, slot, to, canon.slot(context), marks);
    if (silent) {
      search.graph.setSilent(from, slot);
    }
    if (number < 0) {
      search.checkStates(to);
      push(to, describe(to), context, used);
    }
  }

  private long fingerprint(int context, int used) {
    canon.look();
    return bounded ? canon.fingerprint(context, used) : canon.fingerprint();
  }

  /** Enters a new state into the graph; returns the contexts that can step. */
  private int describe(int to) {
    int enabled = 0;
    int inside = 0;
    for (int c = 0; c < contexts; c++) {
      enabled |= machine.isEnabled(c) ? 1 << c : 0;
      inside |= machine.isInside(c) ? 1 << canon.slot(c) : 0;
    }
    boolean done = enabled == 0 && machine.isAllDone();
    search.graph.addState(to, inside, done ? ending() : enabled == 0 ? stuck() : Marks.NONE);
    if (inside == 0) {
      falsePositives += machine.falsePositives();
    }
    if (done && search.options.outcomes()) {
      search.outcomes.put(FinalState.of(machine), true);
    }
    lookForSometimes();
    return enabled;
  }

  private Marks stuck() {
    return Marks.ofState(EnumSet.of(machine.stuck()), null);
  }

  private Marks ending() {
    heartbeat.asks("the outcome");
    String outcome = search.plan.scenario().outcome(machine.mm());
    heartbeat.asks("");
    return outcome == null ? Marks.NONE : Marks.ofState(Set.of(), search.ending(outcome));
  }

  private void lookForSometimes() {
    Sometimes[] conditions = search.sometimes;
    int met = search.met.get();
    for (int i = 0; i < conditions.length; i++) {
      if ((met >>> i & 1) == 0) {
        heartbeat.asks(conditions[i].sentence());
        if (conditions[i].condition().test(machine)) {
          int bit = 1 << i;
          search.met.updateAndGet(m -> m | bit);
        }
      }
    }
    heartbeat.asks("");
  }

  private void push(int number, int contextsToStep, int lastContext, int used) {
    if (++depth == state.length) {
      grow();
    }
    state[depth] = number;
    mark[depth] = machine.mark();
    remaining[depth] = contextsToStep;
    last[depth] = lastContext;
    preemptions[depth] = used;
    machine.saveLocals(locals, depth * contexts);
    delayed[depth] = machine.delayed();
    for (int c = 0; c < contexts; c++) {
      slots[depth * contexts + c] = (byte) canon.slot(c);
    }
  }

  private void grow() {
    int size = state.length * 2;
    state = Arrays.copyOf(state, size);
    mark = Arrays.copyOf(mark, size);
    remaining = Arrays.copyOf(remaining, size);
    last = Arrays.copyOf(last, size);
    preemptions = Arrays.copyOf(preemptions, size);
    taken = Arrays.copyOf(taken, size);
    delayed = Arrays.copyOf(delayed, size);
    locals = Arrays.copyOf(locals, size * contexts);
    slots = Arrays.copyOf(slots, size * contexts);
  }

  /** Gives the shallowest open state to an idle worker. */
  private void giveAway() {
    for (int d = 0; d < depth; d++) {
      if (remaining[d] != 0) {
        List<Byte> path = new ArrayList<>(prefix);
        for (int step = 0; step < d; step++) {
          path.add(taken[step]);
        }
        search.leave(new Search.Work(path, state[d], remaining[d], last[d], preemptions[d]));
        remaining[d] = 0;
        return;
      }
    }
  }
}
