// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Questions to a finished state graph: how many interleavings it stands for, what share of them
 * does a harm, and which is the shortest that does: fewest pre-emptions first, then fewest steps.
 *
 * <p>The graph has no cycles, so one pass in topological order answers each of them exactly. A
 * pre-emption is a step of one context while the one that stepped last is inside an operation and
 * could have gone on.
 */
final class Analysis {
  private static final long UNREACHED = Long.MAX_VALUE;
  private static final long PREEMPTION = 1L << 32;
  private static final double BELOW_ONE = Math.nextDown(1.0);

  private final StateGraph graph;
  private final int states;
  private final int width;
  private final int[] order;
  private double @Nullable [] totals;
  private long @Nullable [] distance;
  private long @Nullable [] cameFrom;

  // for each mark that some state or step has
  private final Map<Mark, Integer> targets = new HashMap<>();
  private final int[][] targetsOf;
  private final long[] nearest;
  private final long[] nearestEnd;

  /** @param states numbers in use, the sink included */
  Analysis(StateGraph graph, int states) {
    this.graph = graph;
    this.states = states;
    this.width = graph.width();
    this.targetsOf = graph.marks().stream().map(this::targets).toArray(int[][]::new);
    this.nearest = new long[targets.size()];
    this.nearestEnd = new long[nearest.length];
    this.order = postorder();
  }

  private int[] targets(Marks marks) {
    return marks.each().stream()
        .mapToInt(mark -> targets.computeIfAbsent(mark, m -> targets.size()))
        .toArray();
  }

  /** All states, each behind everything that it leads to. */
  private int[] postorder() {
    int[] done = new int[states];
    int count = 0;
    byte[] nextSlot = new byte[states];
    int[] stack = new int[states];
    int top = 0;
    nextSlot[StateGraph.SINK] = 1;
    done[count++] = StateGraph.SINK;
    stack[top++] = StateGraph.ROOT;
    nextSlot[StateGraph.ROOT] = 1;
    while (top > 0) {
      int state = stack[top - 1];
      int slot = nextSlot[state] - 1;
      if (slot == width) {
        done[count++] = state;
        top--;
        continue;
      }
      nextSlot[state]++;
      if (graph.hasStep(state, slot)) {
        int target = graph.target(state, slot);
        if (nextSlot[target] == 0) {
          nextSlot[target] = 1;
          stack[top++] = target;
        }
      }
    }
    return Arrays.copyOf(done, count);
  }

  // ---- counting

  /** How many orders of accesses there are from the initial state to an end. */
  BigInteger interleavings() {
    for (int limbs = 2; ; limbs *= 2) {
      BigInteger count = interleavings(limbs);
      if (count != null) {
        return count;
      }
    }
  }

  /** The count in so many 64-bit limbs, or null if one more is needed. */
  private @Nullable BigInteger interleavings(int limbs) {
    long[] counts = new long[states * limbs];
    for (int state : order) {
      boolean leaf = true;
      for (int slot = 0; slot < width; slot++) {
        if (graph.isCounted(state, slot)) {
          leaf = false;
          if (!add(counts, state * limbs, graph.target(state, slot) * limbs, limbs)) {
            return null;
          }
        }
      }
      if (leaf) {
        counts[state * limbs] = 1;
      }
    }
    byte[] bytes = new byte[limbs * 8 + 1];
    for (int i = 0; i < limbs * 8; i++) {
      bytes[limbs * 8 - i] = (byte) (counts[StateGraph.ROOT * limbs + i / 8] >>> (i % 8 * 8));
    }
    return new BigInteger(bytes);
  }

  private static boolean add(long[] counts, int to, int from, int limbs) {
    long carry = 0;
    for (int i = 0; i < limbs; i++) {
      long a = counts[to + i];
      long b = counts[from + i];
      long sum = a + b + carry;
      carry = ((a & b) | ((a | b) & ~sum)) >>> 63;
      counts[to + i] = sum;
    }
    return carry == 0;
  }

  /** Steps of the longest interleaving. */
  int longest() {
    int[] length = new int[states];
    for (int state : order) {
      for (int slot = 0; slot < width; slot++) {
        if (graph.hasStep(state, slot)) {
          length[state] = Math.max(length[state], 1 + length[graph.target(state, slot)]);
        }
      }
    }
    return length[StateGraph.ROOT];
  }

  /**
   * The share of interleavings that meet the mark, of all that go on from each of these states.
   * Only where all of them do is it 1.
   *
   * @param at states on the way to the mark
   */
  Odds odds(Mark mark, int[] at) {
    double[] bad = shares(mark);
    double[] along = new double[at.length + 1];
    for (int i = 0; i < at.length; i++) {
      along[i] = bad[at[i]];
    }
    along[at.length] = 1;
    return Odds.of(along);
  }

  /** The share for each state. */
  private double[] shares(Mark mark) {
    boolean[] isMarked = new boolean[targetsOf.length];
    for (int i = 0; i < isMarked.length; i++) {
      isMarked[i] = graph.marks().get(i).each().contains(mark);
    }
    double[] paths = totals();
    double[] bad = new double[states];
    for (int state : order) {
      if (isMarked[graph.stateMarks(state)]) {
        bad[state] = 1;
        continue;
      }
      boolean isLeaf = true;
      boolean isCertain = true;
      for (int slot = 0; slot < width; slot++) {
        if (graph.isCounted(state, slot)) {
          int target = graph.target(state, slot);
          double weight = paths[target] / paths[state];
          double there = isMarked[graph.stepMarks(state, slot)] ? 1 : bad[target];
          bad[state] += weight * there;
          isLeaf = false;
          isCertain &= there == 1;
        }
      }
      // rounding decides nothing
      bad[state] = !isLeaf && isCertain ? 1 : Math.min(bad[state], BELOW_ONE);
    }
    return bad;
  }

  private double[] totals() {
    if (totals != null) {
      return totals;
    }
    double[] counts = new double[states];
    for (int state : order) {
      for (int slot = 0; slot < width; slot++) {
        counts[state] += graph.isCounted(state, slot) ? counts[graph.target(state, slot)] : 0;
      }
      counts[state] = counts[state] == 0 ? 1 : counts[state];
    }
    totals = counts;
    return counts;
  }

  // ---- shortest paths

  /**
   * The shortest path to a mark.
   *
   * @param steps in order
   */
  record Path(int preemptions, List<Step> steps) {
    /** The states from which the steps are made. */
    int[] states() {
      return steps.stream().mapToInt(Step::state).toArray();
    }
  }

  /**
   * One step of a path.
   *
   * @param state in which it is made
   * @param slot whose context steps
   * @param goesOn whether it is the context that made the step before
   */
  record Step(int state, int slot, boolean goesOn) {}

  /** The shortest path to a state or step that carries the mark, or null if none does. */
  @Nullable
  Path shortest(Mark mark) {
    Integer target = targets.get(mark);
    return target == null ? null : path(target);
  }

  private @Nullable Path path(int target) {
    if (distance == null) {
      measure();
    }
    long found = nearest[target];
    if (found == UNREACHED) {
      return null;
    }
    int steps = (int) found;
    List<Step> path = new ArrayList<>();
    long end = nearestEnd[target];
    long[] from = Objects.requireNonNull(cameFrom);
    for (int i = steps - 1; i >= 0; i--) {
      int state = stateOf(end);
      path.add(new Step(state, slotOf(end), slotOf(end) == lastOf(end)));
      end = from[state * (width + 1) + lastOf(end)];
    }
    Collections.reverse(path);
    return new Path((int) (found >>> 32), path);
  }

  /** A step: the state it starts from, who stepped before, who steps. */
  private static long pack(int state, int last, int slot) {
    return (long) state << 10 | last << 5 | slot;
  }

  private static int stateOf(long step) {
    return (int) (step >>> 10);
  }

  private static int lastOf(long step) {
    return (int) (step >>> 5) & 31;
  }

  private static int slotOf(long step) {
    return (int) step & 31;
  }

  /** Distances of all states, apart for each context that may have stepped last. */
  private void measure() {
    int lasts = width + 1;
    long[] dist = new long[states * lasts];
    long[] from = new long[states * lasts];
    Arrays.fill(dist, UNREACHED);
    Arrays.fill(nearest, UNREACHED);
    dist[StateGraph.ROOT * lasts + width] = 0;
    for (int i = order.length - 1; i >= 0; i--) {
      int state = order[i];
      for (int last = 0; last < lasts; last++) {
        long here = dist[state * lasts + last];
        if (here != UNREACHED) {
          note(graph.stateMarks(state), here, from[state * lasts + last]);
          relax(state, last, here, dist, from);
        }
      }
    }
    distance = dist;
    cameFrom = from;
  }

  private void relax(int state, int last, long here, long[] dist, long[] from) {
    boolean couldGoOn = last < width && graph.isInside(state, last) && graph.hasStep(state, last);
    for (int slot = 0; slot < width; slot++) {
      if (graph.hasStep(state, slot)) {
        long there = here + 1 + (couldGoOn && slot != last ? PREEMPTION : 0);
        long step = pack(state, last, slot);
        note(graph.stepMarks(state, slot), there, step);
        int target = graph.target(state, slot);
        if (target != StateGraph.SINK) {
          int at = target * (width + 1) + graph.slotThere(state, slot);
          if (there < dist[at]) {
            dist[at] = there;
            from[at] = step;
          }
        }
      }
    }
  }

  private void note(int marks, long there, long step) {
    for (int target : targetsOf[marks]) {
      if (there < nearest[target]) {
        nearest[target] = there;
        nearestEnd[target] = step;
      }
    }
  }
}
