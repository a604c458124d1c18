// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gupstress.design.Mm;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageLayout;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;

/**
 * Litmus programs: CPUs with one operation each over a few shared 32-bit words, which begin as 0.
 * The words are the {@code _mapcount} of pages that nobody owns: no claim looks at them, and a
 * final state shows them.
 */
final class Litmus {
  static final int X = 0;
  static final int Y = 1;
  static final int R0 = 2;
  static final int R1 = 3;
  private static final int WORDS = 4;

  private Litmus() {}

  static long word(Mm mm, int number) {
    return mm.page().address(number) + PageLayout.MAPCOUNT;
  }

  static int read(Mm mm, int number) {
    return mm.memory().readOnce32(word(mm, number));
  }

  static void write(Mm mm, int number, int value) {
    mm.memory().writeOnce32(word(mm, number), value);
  }

  static void add(Mm mm, int number, int delta) {
    mm.memory().add32(word(mm, number), delta);
  }

  /** The machine without a program. */
  static Spec machine() {
    return Spec.named("litmus", "CPUs on a few shared words").pages(WORDS).boot(mm -> {
      for (int i = 0; i < WORDS; i++) {
        write(mm, i, 0);
      }
    });
  }

  /** Each CPU runs its own operation. */
  static Spec of(Operation.Body... bodies) {
    int[] roles = new int[bodies.length];
    for (int cpu = 0; cpu < roles.length; cpu++) {
      roles[cpu] = cpu;
    }
    return machine()
        .cpus(1, bodies.length, bodies.length, roles)
        .program((role, rounds, design) -> List.of(new Operation("p" + role, bodies[role])));
  }

  /** All CPUs run the same operation. */
  static Spec same(int cpus, Operation.Body body) {
    return machine()
        .cpus(1, cpus, cpus, 0)
        .program((role, rounds, design) -> List.of(new Operation("p", body)));
  }

  static Plan plan(Spec spec) {
    return Plan.usual(Runs.design("get-page"), spec, Kernel.PRODUCTION);
  }

  static Result explore(Spec spec) {
    return Explorer.explore(plan(spec), Options.DEFAULT.withOutcomes());
  }

  /** The final values of these words, in all outcomes. */
  static Set<List<Integer>> outcomes(Result result, int... words) {
    Set<List<Integer>> values = new LinkedHashSet<>();
    result.outcomes().forEach(outcome -> {
      Integer[] found = new Integer[words.length];
      for (int i = 0; i < words.length; i++) {
        found[i] = (Integer) outcome.get("page" + words[i] + ".mapcount");
      }
      values.add(List.of(found));
    });
    return values;
  }
}
