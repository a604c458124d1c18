// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gupstress.claim.Harm;

/**
 * What the explorer must agree with: goes through every single interleaving of a plan, one after
 * the other, and remembers no state. It does so twice: what lockdep finds is known when all of them
 * have been seen, and is worked out here from the words of their traces.
 */
final class EveryInterleaving {
  /** Pre-emptions first, then steps. */
  record Shortest(int preemptions, int steps) {}

  private final Machine machine;
  private final int contexts;
  private final int preemptionsMax;
  private final Map<String, Set<String>> takenOver = new TreeMap<>();
  private final Set<String> takenInInterrupt = new TreeSet<>();
  private final int cpus;
  private boolean judging;

  private final Set<String> orders = new HashSet<>();
  long count;
  final Map<Harm, Shortest> shortest = new EnumMap<>(Harm.class);
  final Map<Harm, Long> harmed = new EnumMap<>(Harm.class);
  final Set<Map<String, Object>> outcomes = new HashSet<>();

  EveryInterleaving(Plan plan, Reductions reductions, int preemptionsMax) {
    this.machine = new Machine(plan, reductions, Narration.HARMS, new Heartbeat());
    this.contexts = machine.contexts();
    this.cpus = plan.cpus();
    this.preemptionsMax = preemptionsMax;
    List<Task> tasks = Collections.nCopies(contexts, new Task(List.of(), false));
    walk(-1, 0, 0, "", Set.of(), tasks);
    judging = true;
    count = 0;
    shortest.clear();
    harmed.clear();
    orders.clear();
    walk(-1, 0, 0, "", Set.of(), tasks);
  }

  /** The locks that a context has taken and not given back, and its interrupts. */
  private record Task(List<String> held, boolean irqsOff) {
    Task after(String access) {
      List<String> now = new ArrayList<>(held);
      if (access.startsWith("spin_lock ")) {
        now.add(lock(access));
      }
      if (access.startsWith("spin_unlock ")) {
        now.removeAll(Set.of(lock(access)));
      }
      boolean off = access.contains(".irqs_off := ") ? access.endsWith("1") : irqsOff;
      return new Task(now, off);
    }
  }

  private String lastAccess() {
    Accessed last = machine.lastAccess();
    return last == null ? "" : last.text(machine.arena());
  }

  private static String lock(String access) {
    return access.substring(access.indexOf(' ') + 1);
  }

  private void walk(
      int last, int preemptions, int steps, String order, Set<Harm> harmsSoFar, List<Task> tasks) {
    int enabled = 0;
    for (int c = 0; c < contexts; c++) {
      enabled |= machine.isEnabled(c) ? 1 << c : 0;
    }
    if (enabled == 0) {
      Set<Harm> harms = harmsSoFar;
      if (machine.isAllDone()) {
        outcomes.add(FinalState.of(machine));
      } else {
        note(Set.of(Harm.DEADLOCK), preemptions, steps);
        harms = union(harms, Set.of(Harm.DEADLOCK));
      }
      end(order, harms);
      return;
    }
    boolean lastCouldGoOn = last >= 0 && machine.isInside(last) && (enabled >>> last & 1) != 0;
    Local[] locals = new Local[contexts];
    machine.saveLocals(locals, 0);
    int mark = machine.mark();
    for (int c = 0; c < contexts; c++) {
      int used = preemptions + (lastCouldGoOn && c != last ? 1 : 0);
      if ((enabled >>> c & 1) != 0 && used <= preemptionsMax) {
        Set<Harm> stepped = machine.step(c);
        // under a bound a turn without an access may cost a pre-emption, and is one
        boolean counts = !machine.wasSilent() || preemptionsMax != Options.UNBOUNDED;
        String further = counts ? order + c : order;
        List<Task> after = new ArrayList<>(tasks);
        after.set(c, tasks.get(c).after(lastAccess()));
        Set<Harm> locks = lockHarms(c, lastAccess(), tasks.get(c), after.get(c));
        Set<Harm> harms = union(stepped, locks);
        note(harms, used, steps + 1);
        if (machine.isEnded()) {
          end(further, union(harmsSoFar, harms));
        } else {
          walk(c, used, steps + 1, further, union(harmsSoFar, harms), after);
        }
        machine.restore(mark, locals, 0, null);
      }
    }
  }

  /** Collects the order and the contexts of locks, and the second time holds them against steps. */
  private Set<Harm> lockHarms(int c, String access, Task before, Task after) {
    boolean takes = access.startsWith("spin_lock ");
    boolean handler = c >= cpus;
    Set<String> open = new TreeSet<>(handler || after.irqsOff() ? List.of() : after.held());
    if (!before.irqsOff()) {
      open.removeAll(before.held());
    }
    if (!judging) {
      if (takes) {
        before.held().forEach(over -> takenOver(over).add(lock(access)));
      }
      if (takes && handler) {
        takenInInterrupt.add(lock(access));
      }
      return Set.of();
    }
    boolean inverted = takes
        && before.held().stream().anyMatch(over -> reach(Set.of(lock(access))).contains(over));
    boolean unsafe = open.stream().anyMatch(reach(takenInInterrupt)::contains);
    return union(
        inverted ? Set.of(Harm.LOCK_ORDER) : Set.of(), unsafe ? Set.of(Harm.IRQ_UNSAFE) : Set.of());
  }

  private static Set<Harm> union(Set<Harm> some, Set<Harm> others) {
    Set<Harm> all = EnumSet.noneOf(Harm.class);
    all.addAll(some);
    all.addAll(others);
    return all;
  }

  private Set<String> takenOver(String lock) {
    return takenOver.computeIfAbsent(lock, l -> new TreeSet<>());
  }

  /** The locks and what is taken over them, directly or not. */
  private Set<String> reach(Set<String> locks) {
    Set<String> all = new TreeSet<>(locks);
    int size;
    do {
      size = all.size();
      List.copyOf(all).forEach(lock -> all.addAll(takenOver(lock)));
    } while (all.size() > size);
    return all;
  }

  private void note(Set<Harm> harms, int preemptions, int steps) {
    for (Harm harm : harms) {
      shortest.merge(
          harm,
          new Shortest(preemptions, steps),
          (a, b) -> a.preemptions() < b.preemptions()
                  || (a.preemptions() == b.preemptions() && a.steps() <= b.steps())
              ? a
              : b);
    }
  }

  /** Two interleavings in which the accesses come in one order are one. */
  private void end(String order, Set<Harm> harms) {
    if (orders.add(order)) {
      count++;
      harms.forEach(harm -> harmed.merge(harm, 1L, Long::sum));
    }
  }
}
