// SPDX-License-Identifier: Apache-2.0
package org.gupstress.dossier;

/** How long a machine took for something. */
public enum MachineTime {
  DIRECT_RECLAIM("direct reclaim"),
  LOCK_WAIT("lock wait"),
  THROTTLED("throttled");

  private final String words;

  MachineTime(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
