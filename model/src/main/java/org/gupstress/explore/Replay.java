// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.List;

/** Runs one interleaving again and tells what happens in it. */
public final class Replay {
  private Replay() {}

  /**
   * Runs a schedule.
   *
   * @throws IllegalArgumentException if a step of it cannot be made
   */
  public static Trace run(Plan plan, Reductions reductions, Schedule schedule) {
    Machine machine = new Machine(plan, reductions, Narration.CALLERS, new Heartbeat());
    List<Trace> others = new ArrayList<>();
    for (List<Integer> other : schedule.others()) {
      others.add(run(plan, machine, other, List.of()));
      machine.rewind();
    }
    return run(plan, machine, schedule.contexts(), others);
  }

  private static Trace run(Plan plan, Machine machine, List<Integer> contexts, List<Trace> others) {
    List<String> before = strips(machine);
    List<String> initial = before;
    List<Trace.Step> steps = new ArrayList<>();
    for (int context : contexts) {
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
    if (!steps.isEmpty() && !machine.isEnded() && machine.isDeadlocked()) {
      steps.get(steps.size() - 1).findings().add(machine.deadlock());
    }
    return new Trace(initial, steps, others);
  }

  private static List<String> strips(Machine machine) {
    List<String> strips = new ArrayList<>();
    for (int p = 0; p < machine.mm().page().count(); p++) {
      strips.add(machine.pages().strip(p));
    }
    return strips;
  }

  /**
   * Fingerprint of the tool's version, the plan, what the code does when one CPU after the other
   * runs its program, and what it does in the schedule. A token with another one does not mean the
   * same steps.
   */
  public static String stamp(Plan plan, Reductions reductions, Schedule schedule) {
    return new Witness(plan, reductions).stamp(schedule);
  }
}
