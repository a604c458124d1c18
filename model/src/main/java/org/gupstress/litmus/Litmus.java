// SPDX-License-Identifier: Apache-2.0
package org.gupstress.litmus;

import java.util.List;
import org.gupstress.memory.Cpu;

/**
 * A program over two 64-bit words, A and B, that are both 0 at first.
 *
 * @param cpus for each CPU its operations in program order
 */
public record Litmus(String name, List<List<LitmusOp>> cpus) {
  /** CPUs that a program can have. */
  public static final int CPUS_MAX = 4;

  /** Operations that return a value, on one CPU. */
  public static final int RESULTS_MAX = Cpu.REGISTERS;

  /** Operations of one CPU. */
  public static final int OPERATIONS_MAX = 16;

  /** @throws IllegalArgumentException if it is too large */
  public Litmus {
    cpus = cpus.stream().map(List::copyOf).toList();
    check("CPUs", cpus.size(), 1, CPUS_MAX);
    for (List<LitmusOp> cpu : cpus) {
      check("operations of a CPU", cpu.size(), 0, OPERATIONS_MAX);
      check("operations of a CPU that return a value", results(cpu), 0, RESULTS_MAX);
    }
  }

  private static void check(String what, int found, int least, int most) {
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          "expected " + least + " to " + most + " " + what + ", found " + found);
    }
  }

  /** How many values a CPU gets. */
  static int results(List<LitmusOp> cpu) {
    return (int) cpu.stream().filter(op -> op.verb().returns()).count();
  }
}
