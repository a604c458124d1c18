// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/**
 * How an access is ordered with others of its CPU. What Linux says of its primitives is the table
 * of {@code model/KERNEL.md} section 2.
 */
enum Strength {
  /** A load; orders nothing. */
  LOAD,
  /** A load before all that comes behind it. */
  LOAD_ACQUIRE,
  /** A store; orders nothing. */
  STORE,
  /** A store behind all that comes before it. */
  STORE_RELEASE,
  /** An atomic without a result; orders nothing. */
  ATOMIC,
  /** An atomic without a result, behind all that comes before it. */
  ATOMIC_RELEASE,
  /** An atomic that takes a lock: before all that comes behind it. If it fails it is a load. */
  ATOMIC_ACQUIRE,
  /** An atomic with a result: a full barrier. If it changes nothing, by its rule, it is a load. */
  ATOMIC_FULL,
  /** No access: a barrier. */
  BARRIER;

  static Strength of(Op op) {
    return switch (op) {
      case READ64, READ_BITS64, READ_IF64, READ32, POSITIVE32, IS32 -> LOAD;
      // who waits sees the end of what it waits for, as wait_event and smp_cond_load_acquire do
      case READ_ACQUIRE32, READ_ACQUIRE64, WAIT64 -> LOAD_ACQUIRE;
      case WRITE64, WRITE32 -> STORE;
      case WRITE_RELEASE32, WRITE_RELEASE64, UNLOCK -> STORE_RELEASE;
      case SET_BITS64, CLEAR_BITS64, ADD32, ADD64 -> ATOMIC;
      case UNLOCK_BITS64 -> ATOMIC_RELEASE;
      case LOCK, LOCK_BITS64, TRY_LOCK64 -> ATOMIC_ACQUIRE;
      case TEST_SET64,
          TEST_CLEAR64,
          ADD_FULL32,
          SUB_TEST32,
          SUB_RETURN32,
          ADD_UNLESS32,
          CAS32,
          CMPXCHG32,
          XCHG32,
          ADD_RETURN64,
          CAS64,
          CMPXCHG64,
          XCHG64 -> ATOMIC_FULL;
      case MB, RMB, WMB -> BARRIER;
    };
  }

  boolean isAtomic() {
    return this == ATOMIC
        || this == ATOMIC_RELEASE
        || this == ATOMIC_ACQUIRE
        || this == ATOMIC_FULL;
  }

  boolean isRelease() {
    return this == STORE_RELEASE || this == ATOMIC_RELEASE;
  }

  boolean isLoad() {
    return this == LOAD || this == LOAD_ACQUIRE;
  }

  /**
   * Whether an atomic does what it is for when it finds this: one that does not leaves memory as it
   * was, and orders nothing.
   */
  static boolean succeeds(Access access, long word) {
    return switch (access.op()) {
      case TEST_SET64, TRY_LOCK64 -> (word & access.a()) != access.a();
      case TEST_CLEAR64 -> (word & access.a()) != 0;
      case CAS64, CMPXCHG64 -> word == access.a();
      case CAS32, CMPXCHG32 -> (int) word == (int) access.a();
      case ADD_UNLESS32 -> (int) word != (int) access.b();
      case LOCK -> (int) word == 0;
      case LOCK_BITS64 -> (word & access.a()) == 0;
      default -> true;
    };
  }
}
