// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import org.gupstress.design.Mm;
import org.gupstress.memory.Cpu;

/**
 * What a CPU does without giving up its locals: a system call, a drain, one pass of reclaim.
 *
 * @param name as a trace calls it
 * @param kind on which side it stands where pins meet what else happens to pages
 */
public record Operation(String name, Kind kind, Body body) {
  /** What an operation is to the page. */
  public enum Kind {
    /** Of the pin API: pins the page, gives the pin back, or asks for it. */
    PIN,
    /** Anything else that happens to pages. */
    KERNEL,
    /** Of a scenario alone: devices, short cuts, CPUs that wait for each other. */
    SCENERY
  }

  /** What else happens to pages. */
  public Operation(String name, Body body) {
    this(name, Kind.KERNEL, body);
  }

  /** The code: a function of what it reads from the memory of the machine. */
  @FunctionalInterface
  public interface Body {
    void run(Mm mm, Cpu cpu);
  }
}
