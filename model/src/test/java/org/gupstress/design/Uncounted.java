// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;

/** Linux 4.19 as a test begins with it: a pin is one more reference, and nothing asks. */
public interface Uncounted extends PinDesign {
  @Override
  default String summary() {
    return "for a test";
  }

  @Override
  default void unpin(Mm mm, Cpu cpu, long page) {
    mm.lru().release().put(cpu, page, Ref.GUP);
  }

  @Override
  default boolean hasQuery() {
    return false;
  }

  @Override
  default boolean isPinned(Mm mm, long page) {
    return false;
  }

  @Override
  default int pinCount(Mm mm, long page) {
    return 0;
  }
}
