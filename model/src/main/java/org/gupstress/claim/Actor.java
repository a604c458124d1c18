// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

/**
 * Who makes accesses: a CPU, or what interrupts it. What is remembered of either is ghost state in
 * the CPU's private block, so that CPUs in equal states stay exchangeable.
 */
public final class Actor {
  /** Words that are remembered of each. */
  static final int WORDS = 3;

  final int cpu;

  /** The pages that it has touched in its operation. */
  final int touched;

  /** Those of them that were freed since. */
  final int stale;

  /** What it asks the design, and what it has announced to give back. */
  final int talk;

  private String operation = "";

  /** @param words the first of its ghost words */
  Actor(int cpu, int words) {
    this.cpu = cpu;
    this.touched = words;
    this.stale = words + 1;
    this.talk = words + 2;
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
