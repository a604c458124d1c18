// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import org.gupstress.design.Mm;
import org.gupstress.memory.Cpu;

/**
 * What a CPU does without giving up its locals: a system call, a drain, one pass of reclaim.
 *
 * @param name as a trace calls it
 */
public record Operation(String name, Body body) {
  /** The code: a function of what it reads from the memory of the machine. */
  @FunctionalInterface
  public interface Body {
    void run(Mm mm, Cpu cpu);
  }
}
