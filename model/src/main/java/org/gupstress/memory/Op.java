// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/** What an access does to memory, and the words in which a trace says it. */
public enum Op {
  READ64(8, "read"),
  READ_BITS64(8, "test"),
  READ_IF64(8, "test"),
  WRITE64(8, ":="),
  SET_BITS64(8, "set"),
  CLEAR_BITS64(8, "clear"),
  TEST_SET64(8, "test_and_set"),
  TEST_CLEAR64(8, "test_and_clear"),
  READ32(4, "read"),
  POSITIVE32(4, "test > 0"),
  IS32(4, "test =="),
  WRITE32(4, ":="),
  ADD32(4, "+="),
  SUB_TEST32(4, "sub_and_test"),
  ADD_UNLESS32(4, "add_unless"),
  CAS32(4, "cmpxchg"),
  LOCK(4, "spin_lock"),
  UNLOCK(4, "spin_unlock"),
  LOCK_BITS64(8, "bit_lock"),
  UNLOCK_BITS64(8, "bit_unlock"),
  WAIT64(8, "wait until"),
  SUB_RETURN32(4, "sub_return"),
  ADD64(8, "+="),
  ADD_RETURN64(8, "add_return"),
  CAS64(8, "cmpxchg"),
  CMPXCHG32(4, "cmpxchg"),
  CMPXCHG64(8, "cmpxchg");

  private final int width;
  private final String verb;

  Op(int width, String verb) {
    this.width = width;
    this.verb = verb;
  }

  /** Bytes touched. */
  public int width() {
    return width;
  }

  public String verb() {
    return verb;
  }

  /** Whether the access leaves memory as it was. */
  public boolean readsOnly() {
    return switch (this) {
      case READ64, READ_BITS64, READ_IF64, READ32, POSITIVE32, IS32, WAIT64 -> true;
      default -> false;
    };
  }

  /** Whether the access may leave an operand of its own in a word, which could be an address. */
  public boolean stores64() {
    return this == WRITE64 || this == CAS64 || this == CMPXCHG64;
  }

  /** Whether a CPU may have to wait before it can make this access. */
  public boolean blocks() {
    return this == LOCK || this == LOCK_BITS64 || this == WAIT64;
  }
}
