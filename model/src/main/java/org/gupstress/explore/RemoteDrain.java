// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.WeakHashMap;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;

/**
 * Whether a scenario of the user's calls lru_add_drain_all: then pagevecs are shared, which costs
 * states. Nobody has to say it. It is tried on some interleavings, the same in every process.
 */
final class RemoteDrain {
  private static final int WALKS = 64;
  private static final int STEPS_MAX = 2000;
  private static final Map<Scenario, Map<String, Boolean>> KNOWN = new WeakHashMap<>();

  private RemoteDrain() {}

  static boolean isCalled(Plan plan, Heartbeat heartbeat) {
    if (plan.cpus() == 1
        || plan.design().drainsOtherCpus()
        || Catalogue.isShipped(plan.scenario())) {
      return false;
    }
    Boolean known;
    synchronized (KNOWN) {
      known = of(plan.scenario()).get(plan.id());
    }
    if (known == null) {
      // without the lock: the user's code may not come to an end
      known = isMet(plan, heartbeat);
      synchronized (KNOWN) {
        of(plan.scenario()).put(plan.id(), known);
      }
    }
    return known;
  }

  private static Map<String, Boolean> of(Scenario scenario) {
    return KNOWN.computeIfAbsent(scenario, s -> new HashMap<>());
  }

  private static boolean isMet(Plan plan, Heartbeat heartbeat) {
    Machine machine = new Machine(
        plan, plan.scenario().shape(plan.cpus()), Reductions.ALL, Narration.HARMS, heartbeat);
    SplittableRandom random = new SplittableRandom(WALKS);
    for (int walk = 0; walk < WALKS && !machine.drainsAll(); walk++) {
      machine.rewind();
      // the first few run one CPU as far as it can go
      boolean switches = walk >= plan.cpus();
      int context = walk % machine.contexts();
      for (int step = 0; step < STEPS_MAX && !machine.isEnded(); step++) {
        context = switches ? random.nextInt(machine.contexts()) : context;
        context = enabledFrom(machine, context);
        if (context < 0) {
          break;
        }
        machine.step(context);
      }
    }
    return machine.drainsAll();
  }

  private static int enabledFrom(Machine machine, int context) {
    for (int i = 0; i < machine.contexts(); i++) {
      int c = (context + i) % machine.contexts();
      if (machine.isEnabled(c)) {
        return c;
      }
    }
    return -1;
  }
}
