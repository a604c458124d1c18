// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gupstress.claim.Finding;
import org.gupstress.claim.Harm;
import org.gupstress.claim.LockUse;
import org.gupstress.memory.Mix;
import org.jspecify.annotations.Nullable;

/**
 * A machine that walks paths through the state graph again and tells what it finds at their ends.
 */
final class PathWalker {
  /**
   * A path with the contexts that stepped, what is wrong after the last step, and its stamp.
   *
   * @param lockUse what the last step means to lockdep, or null
   */
  record Walk(
      Schedule schedule, List<Finding> findings, @Nullable LockUse lockUse, String stamp) {

    /** The last finding of this harm, or null. */
    @Nullable
    Finding of(Harm harm) {
      Finding last = null;
      for (Finding finding : findings) {
        last = finding.harm() == harm ? finding : last;
      }
      return last;
    }
  }

  private final Plan plan;
  private final Reductions reductions;
  private final Machine machine;
  private final Canon canon;
  private final long sequential;
  private long hash;

  PathWalker(Plan plan, Reductions reductions) {
    this.plan = plan;
    this.reductions = reductions;
    this.machine = new Machine(plan, reductions, Narration.FINDINGS, new Heartbeat());
    this.canon = new Canon(machine);
    this.sequential = sequentialHash();
  }

  /** Walks a path through the state graph, and before it others in whose light it is seen. */
  Walk follow(Analysis.Path path, List<Analysis.Path> others) {
    hash = sequential;
    machine.forgetLocks();
    List<List<Integer>> before =
        others.stream().map(other -> walk(other.steps())).toList();
    Schedule schedule = new Schedule(walk(path.steps()), before);
    List<Finding> findings = new ArrayList<>(machine.takeFindings());
    if (!machine.isEnded() && machine.isDeadlocked()) {
      findings.add(machine.deadlock());
    }
    return new Walk(
        schedule, findings, machine.lastLockUse(), text(Mix.then(hash, machine.wantsMixed())));
  }

  private List<Integer> walk(List<Analysis.Step> path) {
    machine.rewind();
    List<Integer> contexts = new ArrayList<>();
    int last = -1;
    for (Analysis.Step step : path) {
      machine.takeFindings();
      canon.look();
      int context = step.goesOn() ? last : canon.context(step.slot());
      // contexts in equal states share their slots at will: who stepped last must not step by
      // accident
      context = !step.goesOn() && context == last ? canon.twin(context) : context;
      contexts.add(context);
      machine.step(context);
      hash = Mix.then(hash, machine.lastAccessMixed());
      last = context;
    }
    return contexts;
  }

  /** See {@link Replay#stamp}. */
  String stamp(Schedule schedule) {
    hash = sequential;
    for (List<Integer> contexts : schedule.interleavings()) {
      machine.rewind();
      for (int context : contexts) {
        boolean canStep =
            !machine.isEnded() && context < machine.contexts() && machine.isEnabled(context);
        if (!canStep) {
          return text(~hash);
        }
        machine.step(context);
        hash = Mix.then(hash, machine.lastAccessMixed());
      }
    }
    return text(Mix.then(hash, machine.wantsMixed()));
  }

  /**
   * The states from which the steps of a schedule are made, as a search has numbered them; fewer
   * than there are steps where it goes through one that the search does not know.
   */
  int[] states(Schedule schedule, Visited visited) {
    machine.rewind();
    int[] states = new int[schedule.contexts().size()];
    for (int i = 0; i < states.length; i++) {
      int context = schedule.contexts().get(i);
      canon.look();
      int number = visited.find(canon.fingerprint());
      if (number < 0 || machine.isEnded() || !machine.isEnabled(context)) {
        return Arrays.copyOf(states, i);
      }
      states[i] = number + 1;
      machine.step(context);
      machine.takeFindings();
    }
    return states;
  }

  /** What the tool, the plan, and the code of all CPUs are when one runs after the other. */
  private long sequentialHash() {
    long mixed = Mix.then(Tool.VERSION.hashCode(), plan.id().hashCode());
    mixed = Mix.then(mixed, reductions.merge() ? 1 : 0);
    long edition = Edition.of(plan.design()) + Edition.of(plan.scenario());
    // what is shipped has none, and keeps the tokens that it has
    mixed = edition == 0 ? mixed : Mix.then(mixed, edition);
    boolean ended = false;
    for (int c = next(); c >= 0 && !ended; c = next()) {
      machine.step(c);
      ended = machine.isEnded();
      mixed = Mix.then(mixed, machine.lastAccessMixed());
    }
    machine.takeFindings();
    return mixed;
  }

  private static String text(long hash) {
    String digits = Long.toHexString(hash >>> 32);
    return "0".repeat(8 - digits.length()) + digits;
  }

  private int next() {
    for (int c = 0; c < machine.contexts(); c++) {
      if (machine.isEnabled(c)) {
        return c;
      }
    }
    return -1;
  }
}
