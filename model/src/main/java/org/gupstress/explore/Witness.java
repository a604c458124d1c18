// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.claim.Finding;
import org.gupstress.memory.Mix;

/**
 * A machine that walks ways through the state graph again and tells what it finds at their ends.
 */
final class Witness {
  /** A way with the contexts that stepped, what is wrong after the last step, and its stamp. */
  record Account(Schedule schedule, List<Finding> findings, String stamp) {}

  private final Plan plan;
  private final Reductions reductions;
  private final Machine machine;
  private final Canon canon;
  private final int origin;
  private final Local[] start;
  private final long sequential;

  Witness(Plan plan, Reductions reductions) {
    this.plan = plan;
    this.reductions = reductions;
    this.machine = new Machine(plan, reductions, Narration.FINDINGS, new Heartbeat());
    this.canon = new Canon(machine, plan);
    this.origin = machine.mark();
    this.start = new Local[machine.contexts()];
    machine.saveLocals(start, 0);
    this.sequential = sequentialHash();
  }

  /** Walks a way through the state graph. */
  Account follow(List<Analysis.Step> way) {
    long hash = sequential;
    machine.restore(origin, start, 0);
    List<Integer> contexts = new ArrayList<>();
    int last = -1;
    for (Analysis.Step step : way) {
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
    List<Finding> findings = new ArrayList<>(machine.takeFindings());
    if (!machine.isEnded() && machine.isDeadlocked()) {
      findings.add(machine.deadlock());
    }
    return new Account(
        new Schedule(contexts), findings, text(Mix.then(hash, machine.wantsMixed())));
  }

  /** See {@link Replay#stamp}. */
  String stamp(Schedule schedule) {
    long hash = sequential;
    machine.restore(origin, start, 0);
    for (int context : schedule.contexts()) {
      boolean canStep =
          !machine.isEnded() && context < machine.contexts() && machine.isEnabled(context);
      if (!canStep) {
        return text(~hash);
      }
      machine.step(context);
      hash = Mix.then(hash, machine.lastAccessMixed());
    }
    return text(Mix.then(hash, machine.wantsMixed()));
  }

  /** What the tool, the plan, and the code of all CPUs are when one runs after the other. */
  private long sequentialHash() {
    machine.restore(origin, start, 0);
    long hash = Mix.then(Tool.VERSION.hashCode(), plan.id().hashCode());
    hash = Mix.then(hash, reductions.merge() ? 1 : 0);
    boolean ended = false;
    for (int c = next(); c >= 0 && !ended; c = next()) {
      machine.step(c);
      ended = machine.isEnded();
      hash = Mix.then(hash, machine.lastAccessMixed());
    }
    machine.takeFindings();
    return hash;
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
