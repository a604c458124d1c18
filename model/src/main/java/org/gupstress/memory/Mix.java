// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/** Mixing of 64-bit words into fingerprints. */
public final class Mix {
  private Mix() {}

  /** A bijection of 64-bit words in which every input bit moves about half of the output bits. */
  public static long of(long value) {
    long z = value * 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 32) * 0xd6e8feb86659fd93L;
    z = (z ^ z >>> 32) * 0xd6e8feb86659fd93L;
    return z ^ z >>> 32;
  }

  /** The contribution of a value at a place; contributions of places are added. */
  public static long at(int place, long value) {
    return of(value + of(place + 0x5bf03635L));
  }

  /** Appends a value to a sequence. */
  public static long then(long sequence, long value) {
    return of(sequence * 31 + value + 0x632be59bd9b4e019L);
  }
}
