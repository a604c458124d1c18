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
  /** A way with the contexts that stepped, and what is wrong after the last step. */
  record Account(Schedule schedule, List<Finding> findings) {}

  private final Plan plan;
  private final Reductions reductions;
  private final Machine machine;
  private final Canon canon;
  private final int origin;
  private final Local[] start;

  Witness(Plan plan, Reductions reductions) {
    this.plan = plan;
    this.reductions = reductions;
    this.machine = new Machine(plan, reductions, Narration.FINDINGS, new Heartbeat());
    this.canon = new Canon(machine, plan);
    this.origin = machine.mark();
    this.start = new Local[machine.contexts()];
    machine.saveLocals(start, 0);
  }

  /** Walks a way given by the slots whose contexts step. */
  Account follow(List<Integer> slots) {
    machine.restore(origin, start, 0);
    List<Integer> contexts = new ArrayList<>();
    for (int slot : slots) {
      machine.takeFindings();
      canon.look();
      int context = canon.context(slot);
      contexts.add(context);
      machine.step(context);
    }
    List<Finding> findings = new ArrayList<>(machine.takeFindings());
    if (!machine.isEnded() && machine.isDeadlocked()) {
      findings.add(machine.deadlock());
    }
    return new Account(new Schedule(contexts), findings);
  }

  /** See {@link Replay#stamp}. */
  String stamp() {
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
