// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.gupstress.claim.PageFields;
import org.jspecify.annotations.Nullable;

/** Runs one interleaving again and tells what happens in it. */
public final class Replay {
  private Replay() {}

  /**
   * An interleaving, or why it does not come about again.
   *
   * @param trace null if it does not
   * @param otherwise empty if it does
   */
  public record Retold(@Nullable Trace trace, String otherwise) {}

  /**
   * Runs a schedule that was found once. It cannot be made again if a design does something else
   * each time.
   */
  public static Retold again(Plan plan, Reductions reductions, Schedule schedule) {
    try {
      return new Retold(run(plan, reductions, schedule), "");
    } catch (RuntimeException | StackOverflowError e) {
      return new Retold(null, "the interleaving does not come about again: " + Blame.says(plan, e));
    }
  }

  /**
   * What is different when a schedule is run twice, with operation and access, or null where it is
   * the same this time.
   */
  static @Nullable String difference(Plan plan, Reductions reductions, Schedule schedule) {
    Retold first = again(plan, reductions, schedule);
    Retold then = again(plan, reductions, schedule);
    if (first.trace == null || then.trace == null) {
      return first.trace == null ? first.otherwise : then.otherwise;
    }
    List<Trace.Step> steps = first.trace.steps();
    for (int i = 0; i < steps.size(); i++) {
      Trace.Step step = steps.get(i);
      Trace.Step other = then.trace.steps().get(i);
      if (!Objects.equals(step.access(), other.access())) {
        return String.format(
            "operation %s does something else when it is run again: first %s, then %s",
            step.operation(), step.text(first.trace.names()), other.text(then.trace.names()));
      }
    }
    return null;
  }

  /**
   * Runs a schedule.
   *
   * @throws IllegalArgumentException if a step of it cannot be made
   */
  public static Trace run(Plan plan, Reductions reductions, Schedule schedule) {
    Machine machine = new Machine(plan, reductions, Narration.CALLERS, new Heartbeat());
    List<Trace> others = new ArrayList<>();
    for (List<Integer> other : schedule.others()) {
      others.add(run(machine, other, List.of()));
      machine.rewind();
    }
    return run(machine, schedule.contexts(), others);
  }

  private static Trace run(Machine machine, List<Integer> contexts, List<Trace> others) {
    Partial walked = walk(machine, contexts, others);
    if (walked.obstacle() != null) {
      throw new IllegalArgumentException(String.format(
          "step %d of the schedule cannot be made: %s%s",
          walked.trace().steps().size() + 1,
          walked.obstacle(),
          last(machine, walked.trace().steps())));
    }
    return walked.trace();
  }

  /**
   * How far a schedule goes in a plan for which it was not made.
   *
   * @param trace the steps that could be made
   * @param obstacle why the next one could not, or null if all could
   */
  public record Partial(Trace trace, @Nullable String obstacle) {}

  /** Runs a schedule as far as it goes: it may have been made for another edition of the design. */
  public static Partial asFarAsItGoes(Plan plan, Reductions reductions, Schedule schedule) {
    Machine machine = new Machine(plan, reductions, Narration.CALLERS, new Heartbeat());
    List<Trace> others = new ArrayList<>();
    for (List<Integer> other : schedule.others()) {
      others.add(walk(machine, other, List.of()).trace());
      machine.rewind();
    }
    return walk(machine, schedule.contexts(), others);
  }

  private static Partial walk(Machine machine, List<Integer> contexts, List<Trace> others) {
    List<PageFields> before = machine.pageFields();
    List<PageFields> initial = before;
    List<Trace.Step> steps = new ArrayList<>();
    String obstacle = null;
    for (int context : contexts) {
      obstacle = obstacle(machine, context);
      if (obstacle != null) {
        break;
      }
      String operation = machine.operation(context);
      machine.step(context);
      List<PageFields> after = machine.pageFields();
      List<PageFields> changed = new ArrayList<>(after);
      changed.removeAll(before);
      before = after;
      steps.add(new Trace.Step(
          machine.cpuOf(context),
          machine.isHandler(context),
          operation,
          machine.lastCallers(),
          machine.lastAccess(),
          changed,
          machine.surroundings(),
          new ArrayList<>(machine.takeFindings())));
    }
    machine.takeFindings();
    if (!steps.isEmpty() && !machine.isEnded() && machine.isDeadlocked()) {
      steps.get(steps.size() - 1).findings().add(machine.deadlock());
    }
    return new Partial(new Trace(machine.arena(), initial, steps, others), obstacle);
  }

  /** Why the context cannot step, or null if it can. */
  private static @Nullable String obstacle(Machine machine, int context) {
    if (context >= machine.contexts()) {
      return "there is no context " + (char) ('a' + context);
    }
    if (machine.isEnded()) {
      return "the run has ended";
    }
    return machine.isEnabled(context) ? null : "the context is done or waits";
  }

  /** The step before the one that cannot be made, or what broke in it. */
  private static String last(Machine machine, List<Trace.Step> steps) {
    if (machine.fault() != null) {
      return ", " + machine.fault();
    }
    if (steps.isEmpty()) {
      return "";
    }
    Trace.Step before = steps.get(steps.size() - 1);
    return " after \"" + before.text(machine.arena()) + "\" in " + before.operation();
  }

  /**
   * Fingerprint of the tool's version, the plan, what the code does when one CPU after the other
   * runs its program, and what it does in the schedule. A token with another one does not mean the
   * same steps.
   */
  public static String stamp(Plan plan, Reductions reductions, Schedule schedule) {
    return new PathWalker(plan, reductions).stamp(schedule);
  }
}
