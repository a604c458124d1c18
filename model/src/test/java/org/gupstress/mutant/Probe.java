// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which statements ran, and which conditions had which values, of one loader. Threads only ever
 * write true.
 */
public final class Probe {
  private static final boolean[] MET = new boolean[1 << 14];

  private Probe() {}

  /** Stands in front of a statement. */
  public static void hit(int number) {
    MET[number] = true;
  }

  /** Stands around a condition, and has two numbers: false, and behind it true. */
  public static boolean saw(int number, boolean value) {
    MET[number + (value ? 1 : 0)] = true;
    return value;
  }

  static void clear() {
    Arrays.fill(MET, false);
  }

  static BitSet met() {
    BitSet met = new BitSet();
    for (int i = 0; i < MET.length; i++) {
      met.set(i, MET[i]);
    }
    return met;
  }
}
