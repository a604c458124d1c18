// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/** How a stranded page was freed in the end. */
public enum Fate {
  TRUNCATE("truncated or unlinked"),
  INVALIDATE("invalidated, as by drop_caches"),
  UNMAP("unmapped, or its process ended"),
  RECLAIM("by reclaim, which could reach it again"),
  PUT("with its last reference, or drained from a pagevec"),
  UNMOUNT("at unmount"),
  NEVER("never: leaked until reboot"),
  /** The machine was stopped: unmount might have freed it. */
  UNKNOWN("stranded still when the machine was stopped");

  private final String sentence;

  Fate(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
