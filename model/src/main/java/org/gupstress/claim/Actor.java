// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

/**
 * Who makes accesses: a CPU, or what interrupts it. What is remembered of either is ghost state in
 * the CPU's private block, so that CPUs in equal states stay exchangeable.
 */
public final class Actor {
  final int cpu;

  /** The pages that it has touched in its operation, and those of them that were freed since. */
  final int touched;

  /** What it asks the design, and what it has announced to give back. */
  final int talk;

  private String operation = "";

  Actor(int cpu, int touched, int talk) {
    this.cpu = cpu;
    this.touched = touched;
    this.talk = talk;
  }

  /** Says in which operation it is, for sentences. */
  public void enters(String name) {
    operation = name;
  }

  @Override
  public String toString() {
    return "cpu" + cpu + (operation.isEmpty() ? "" : " in " + operation);
  }
}
