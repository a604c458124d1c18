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
  CMPXCHG64(8, "cmpxchg"),
  XCHG32(4, "xchg"),
  XCHG64(8, "xchg"),

  // what differs from one of the above by its strength alone; where memory is sequentially
  // consistent code makes that one instead, and no barriers
  READ_ACQUIRE32(4, "read"),
  READ_ACQUIRE64(8, "read"),
  WRITE_RELEASE32(4, ":="),
  WRITE_RELEASE64(8, ":="),
  ADD_FULL32(4, "+="),
  TRY_LOCK64(8, "test_and_set"),
  MB(4, "smp_mb"),
  RMB(4, "smp_rmb"),
  WMB(4, "smp_wmb");

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
      case READ64,
          READ_BITS64,
          READ_IF64,
          READ32,
          POSITIVE32,
          IS32,
          WAIT64,
          READ_ACQUIRE32,
          READ_ACQUIRE64,
          MB,
          RMB,
          WMB -> true;
      default -> false;
    };
  }

  /** The same where strengths make no difference. */
  Op plain() {
    return switch (this) {
      case READ_ACQUIRE32 -> READ32;
      case READ_ACQUIRE64 -> READ64;
      case WRITE_RELEASE32 -> WRITE32;
      case WRITE_RELEASE64 -> WRITE64;
      case ADD_FULL32 -> ADD32;
      case TRY_LOCK64 -> TEST_SET64;
      default -> this;
    };
  }

  /** Whether it touches no memory, but orders what other accesses do. */
  public boolean isBarrier() {
    return this == MB || this == RMB || this == WMB;
  }

  /** Whether the access may leave an operand of its own in a word, which could be an address. */
  public boolean stores64() {
    return switch (this) {
      case WRITE64, WRITE_RELEASE64, CAS64, CMPXCHG64, XCHG64 -> true;
      default -> false;
    };
  }

  /** Whether a CPU may have to wait before it can make this access. */
  public boolean blocks() {
    return this == LOCK || this == LOCK_BITS64 || this == WAIT64;
  }
}
