// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.gupstress.claim.Harm;

/**
 * What the explorer must agree with: goes through every single interleaving of a plan, one after
 * the other, and remembers no state.
 */
final class EveryInterleaving {
  /** Pre-emptions first, then steps. */
  record Shortest(int preemptions, int steps) {}

  private final Machine machine;
  private final int contexts;
  private final int preemptionsMax;

  long count;
  final Map<Harm, Shortest> shortest = new EnumMap<>(Harm.class);
  final Map<Harm, Long> harmed = new EnumMap<>(Harm.class);
  final Set<Map<String, Object>> outcomes = new HashSet<>();

  EveryInterleaving(Plan plan, Reductions reductions, int preemptionsMax) {
    this.machine = new Machine(plan, reductions, Narration.HARMS, new Heartbeat());
    this.contexts = machine.contexts();
    this.preemptionsMax = preemptionsMax;
    walk(-1, 0, 0, 0);
  }

  private void walk(int last, int preemptions, int steps, long harmsSoFar) {
    int enabled = 0;
    for (int c = 0; c < contexts; c++) {
      enabled |= machine.isEnabled(c) ? 1 << c : 0;
    }
    if (enabled == 0) {
      long harms = harmsSoFar;
      if (machine.isAllDone()) {
        outcomes.add(FinalState.of(machine));
      } else {
        note(Harm.DEADLOCK.bit(), preemptions, steps);
        harms |= Harm.DEADLOCK.bit();
      }
      end(harms);
      return;
    }
    boolean lastCouldGoOn = last >= 0 && machine.isInside(last) && (enabled >>> last & 1) != 0;
    Local[] locals = new Local[contexts];
    machine.saveLocals(locals, 0);
    int mark = machine.mark();
    for (int c = 0; c < contexts; c++) {
      int used = preemptions + (lastCouldGoOn && c != last ? 1 : 0);
      if ((enabled >>> c & 1) != 0 && used <= preemptionsMax) {
        long harms = machine.step(c);
        note(harms, used, steps + 1);
        if (machine.isEnded()) {
          end(harmsSoFar | harms);
        } else {
          walk(c, used, steps + 1, harmsSoFar | harms);
        }
        machine.restore(mark, locals, 0);
      }
    }
  }

  private void note(long harms, int preemptions, int steps) {
    for (Harm harm : Harm.values()) {
      if ((harms & harm.bit()) != 0) {
        shortest.merge(
            harm,
            new Shortest(preemptions, steps),
            (a, b) -> a.preemptions() < b.preemptions()
                    || (a.preemptions() == b.preemptions() && a.steps() <= b.steps())
                ? a
                : b);
      }
    }
  }

  private void end(long harms) {
    count++;
    for (Harm harm : Harm.values()) {
      if ((harms & harm.bit()) != 0) {
        harmed.merge(harm, 1L, Long::sum);
      }
    }
  }
}
