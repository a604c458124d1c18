// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.gupstress.scenario.Operation;
import org.junit.jupiter.api.Test;

/** Interleavings are orders of accesses: an operation that makes none is no turn. */
class CountingTest {
  private static final Map<Character, Operation> OPERATIONS = Map.of(
      // nothing at all, a register of one's own, one access, two
      '.', new Operation("nothing", (mm, cpu) -> {}),
      'r', new Operation("register", (mm, cpu) -> cpu.setRegister(1, cpu.register(0))),
      '1', new Operation("one", (mm, cpu) -> Litmus.add(mm, Litmus.X, 1)),
      '2',
          new Operation("two", (mm, cpu) -> {
            Litmus.add(mm, Litmus.X, 1);
            Litmus.add(mm, Litmus.Y, 1);
          }));

  private static Plan plan(String... programs) {
    int[] roles = new int[programs.length];
    for (int cpu = 0; cpu < roles.length; cpu++) {
      roles[cpu] = cpu;
    }
    return Litmus.plan(Litmus.machine()
        .cpus(1, roles.length, roles.length, roles)
        .program((role, rounds, design) ->
            programs[role].chars().mapToObj(c -> OPERATIONS.get((char) c)).toList()));
  }

  /** The orders of so many accesses of each CPU, one after the other: no formula. */
  private static int orders(int... left) {
    int found = 0;
    for (int cpu = 0; cpu < left.length; cpu++) {
      if (left[cpu] > 0) {
        int[] rest = left.clone();
        rest[cpu]--;
        found += orders(rest);
      }
    }
    return Math.max(found, 1);
  }

  private static int accesses(String program) {
    return program.chars().map(c -> Character.isDigit(c) ? c - '0' : 0).sum();
  }

  private static void agrees(String... programs) {
    int[] accesses = List.of(programs).stream().mapToInt(CountingTest::accesses).toArray();
    BigInteger orders = BigInteger.valueOf(orders(accesses));
    for (Reductions reductions : List.of(Reductions.ALL, Reductions.ALL.withoutSymmetry())) {
      Result result = Explorer.explore(plan(programs), Options.DEFAULT.withReductions(reductions));
      assertThat(result.interleavings()).as(String.join(" || ", programs)).isEqualTo(orders);
    }
  }

  @Test
  void operationsWithoutAnAccessBeforeBetweenAndBehindOthersAreNoTurns() {
    agrees("2.1", ".2.");
    agrees("rr", "..");
    agrees("r1r", "r1r", ".2");
    agrees("21", "12");
  }

  @Test
  void randomProgramsAgreeWithACountOfTheirAccesses() {
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      List<String> programs = new ArrayList<>();
      for (int cpu = 0; cpu < 2 + random.nextInt(2); cpu++) {
        StringBuilder program = new StringBuilder();
        for (int operation = random.nextInt(4); operation >= 0; operation--) {
          program.append(".r12".charAt(random.nextInt(4)));
        }
        programs.add(program.toString());
      }
      agrees(programs.toArray(String[]::new));
    }
  }
}
