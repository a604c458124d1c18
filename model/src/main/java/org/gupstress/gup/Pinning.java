// SPDX-License-Identifier: Apache-2.0
package org.gupstress.gup;

import org.gupstress.memory.Cpu;

/** The points of get_user_pages at which a pin design acts. */
public interface Pinning {
  /** Under the page table lock: takes the reference of the slow path; false refuses the page. */
  boolean grabSlow(long page);

  /** Interrupts off, no lock: takes the reference of the fast path; false goes to the slow path. */
  boolean grabFast(long page);

  /** The pte has changed, or {@link #pin} refuses: gives back what the grab took. */
  void undoGrab(Cpu cpu, long page);

  /** At the end of get_user_pages, interrupts on: false means the page is not pinned. */
  boolean pin(Cpu cpu, long page);
}
