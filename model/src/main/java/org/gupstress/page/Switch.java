// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a kernel, or the machine under it, does otherwise than the model does without it. */
public enum Switch {
  /**
   * A flush of other CPUs' TLBs interrupts them and waits for them: bare x86. So whoever has
   * cleared a pte goes on when no gup_fast that may have read it is under way. Without it nothing
   * waits: x86 under a hypervisor that flushes for its guests, arm64 and others, whose hardware
   * does it.
   */
  FLUSH_IPI;

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Switch> find(String id) {
    return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
  }
}
