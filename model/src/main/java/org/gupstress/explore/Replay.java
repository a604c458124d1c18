// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gupstress.memory.Mix;

/** Runs one interleaving again and tells what happens in it. */
public final class Replay {
  private Replay() {}

  /**
   * Runs a schedule.
   *
   * @throws IllegalArgumentException if a step of it cannot be made
   */
  public static Trace run(Plan plan, Reductions reductions, Schedule schedule) {
    Machine machine = new Machine(plan, reductions, true, new Heartbeat());
    List<String> before = strips(machine);
    List<String> initial = before;
    List<Trace.Step> steps = new ArrayList<>();
    for (int context : schedule.contexts()) {
      if (context >= machine.contexts() || !machine.isEnabled(context) || machine.isEnded()) {
        throw new IllegalArgumentException(String.format(
            "step %d of the schedule cannot be made: %s",
            steps.size() + 1,
            context >= machine.contexts()
                ? "there is no context " + (char) ('a' + context)
                : machine.isEnded() ? "the run has ended" : "the context is done or waits"));
      }
      String operation = machine.operation(context);
      machine.step(context);
      List<String> after = strips(machine);
      List<String> changed = new ArrayList<>(after);
      changed.removeAll(before);
      before = after;
      steps.add(new Trace.Step(
          machine.cpuOf(context),
          context >= plan.cpus(),
          operation,
          machine.lastWhere(),
          machine.lastAccess(),
          changed,
          new ArrayList<>(machine.takeFindings())));
    }
    machine.takeFindings();
    if (!steps.isEmpty() && !machine.isEnded() && isDeadlocked(machine)) {
      steps.get(steps.size() - 1).findings().add(machine.deadlock());
    }
    return new Trace(initial, steps);
  }

  private static boolean isDeadlocked(Machine machine) {
    for (int c = 0; c < machine.contexts(); c++) {
      if (machine.isEnabled(c)) {
        return false;
      }
    }
    return !machine.isAllDone();
  }

  private static List<String> strips(Machine machine) {
    List<String> strips = new ArrayList<>();
    for (int p = 0; p < machine.mm().page().count(); p++) {
      strips.add(machine.checker().strip(p));
    }
    return strips;
  }

  /**
   * Fingerprint of the tool's version, the plan, and what the code does when one CPU after the
   * other runs its program. A token of another one does not mean the same steps.
   */
  public static String stamp(Plan plan, Reductions reductions) {
    Machine machine = new Machine(plan, reductions, false, new Heartbeat());
    long hash = Mix.then(Tool.VERSION.hashCode(), plan.id().hashCode());
    hash = Mix.then(hash, reductions.merge() ? 1 : 0);
    for (int c = next(machine); c >= 0 && !machine.isEnded(); c = next(machine)) {
      machine.step(c);
      hash = Mix.then(hash, machine.lastAccess().hashCode());
    }
    return String.format(Locale.ROOT, "%08x", hash >>> 32);
  }

  private static int next(Machine machine) {
    for (int c = 0; c < machine.contexts(); c++) {
      if (machine.isEnabled(c)) {
        return c;
      }
    }
    return -1;
  }

  /** Which context steps in each step of a way through the state graph. */
  static Schedule concrete(Plan plan, Reductions reductions, List<Integer> slots) {
    Machine machine = new Machine(plan, reductions, false, new Heartbeat());
    Canon canon = new Canon(machine, plan);
    List<Integer> contexts = new ArrayList<>();
    for (int slot : slots) {
      canon.look();
      int context = canon.context(slot);
      contexts.add(context);
      machine.step(context);
    }
    return new Schedule(contexts);
  }
}
