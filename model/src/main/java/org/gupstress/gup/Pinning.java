// SPDX-License-Identifier: Apache-2.0
package org.gupstress.gup;

import org.gupstress.memory.Cpu;

/** The points of get_user_pages at which a pin design acts. Who refuses has left nothing. */
public interface Pinning {
  /** Whether a pin is more than a reference: FOLL_PIN, and not FOLL_GET. */
  default boolean pins() {
    return true;
  }

  /** Under the page table lock: takes the reference of the slow path; false refuses the page. */
  boolean grabSlow(Cpu cpu, long page);

  /** Interrupts off, no lock: takes the reference of the fast path; false goes to the slow path. */
  boolean grabFast(Cpu cpu, long page);

  /** The pte has changed, or {@link #pin} refuses: gives back what the grab took. */
  void undoGrab(Cpu cpu, long page);

  /**
   * At the end of get_user_pages, interrupts on: the page that the caller gets, or 0 if it gets
   * none. Another page than the one that was grabbed has what a grab takes, and that one has lost
   * it.
   */
  long pin(Cpu cpu, long page, GupFlags flags);
}
