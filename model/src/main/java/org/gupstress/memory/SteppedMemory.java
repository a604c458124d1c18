// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/**
 * Memory for one interleaving at a time: every access is an {@link Op} with two operands. Where it
 * is sequentially consistent all strengths are equal and barriers are no accesses.
 */
public abstract class SteppedMemory extends Memory {
  private View view = View.FIELD;

  /** Makes, records or answers one access; returns what the CPU sees (booleans as 0 and 1). */
  protected abstract long access(Op op, long addr, long a, long b, View through);

  /** Whether strengths make a difference, and barriers are steps. */
  protected boolean isWeak() {
    return false;
  }

  private void order(Op barrier) {
    if (isWeak()) {
      step(barrier, Arena.BASE, 0, 0);
    }
  }

  private long step(Op op, long addr, long a, long b) {
    View through = view;
    view = View.FIELD;
    return access(op, addr, a, b, through);
  }

  @Override
  public final Memory through(View next) {
    view = next;
    return this;
  }

  @Override
  public final long read64(long addr) {
    return step(Op.READ64, addr, 0, 0);
  }

  @Override
  public final long readOnce64(long addr) {
    return step(Op.READ64, addr, 0, 0);
  }

  @Override
  public final long readBits64(long addr, long mask) {
    return step(Op.READ_BITS64, addr, mask, 0);
  }

  @Override
  public final long readOnceIf64(long addr, long mask) {
    return step(Op.READ_IF64, addr, mask, 0);
  }

  @Override
  public final long readAcquire64(long addr) {
    return step(isWeak() ? Op.READ_ACQUIRE64 : Op.READ64, addr, 0, 0);
  }

  @Override
  public final void writeRelease64(long addr, long value) {
    step(isWeak() ? Op.WRITE_RELEASE64 : Op.WRITE64, addr, value, 0);
  }

  @Override
  public final long exchange64(long addr, long value) {
    return step(Op.XCHG64, addr, value, 0);
  }

  @Override
  public final void write64(long addr, long value) {
    step(Op.WRITE64, addr, value, 0);
  }

  @Override
  public final void writeOnce64(long addr, long value) {
    step(Op.WRITE64, addr, value, 0);
  }

  @Override
  public final void setBits64(long addr, long mask) {
    step(Op.SET_BITS64, addr, mask, 0);
  }

  @Override
  public final void clearBits64(long addr, long mask) {
    step(Op.CLEAR_BITS64, addr, mask, 0);
  }

  @Override
  public final boolean testAndSetBits64(long addr, long mask) {
    return step(Op.TEST_SET64, addr, mask, 0) != 0;
  }

  @Override
  public final boolean testAndClearBits64(long addr, long mask) {
    return step(Op.TEST_CLEAR64, addr, mask, 0) != 0;
  }

  @Override
  public final void add64(long addr, long delta) {
    step(Op.ADD64, addr, delta, 0);
  }

  @Override
  public final long addReturn64(long addr, long delta) {
    return step(Op.ADD_RETURN64, addr, delta, 0);
  }

  @Override
  public final boolean compareAndSet64(long addr, long expected, long value) {
    return step(Op.CAS64, addr, expected, value) != 0;
  }

  @Override
  public final long compareAndExchange64(long addr, long expected, long value) {
    return step(Op.CMPXCHG64, addr, expected, value);
  }

  @Override
  public final int read32(long addr) {
    return (int) step(Op.READ32, addr, 0, 0);
  }

  @Override
  public final int readOnce32(long addr) {
    return (int) step(Op.READ32, addr, 0, 0);
  }

  @Override
  public final int readAcquire32(long addr) {
    return (int) step(isWeak() ? Op.READ_ACQUIRE32 : Op.READ32, addr, 0, 0);
  }

  @Override
  public final int exchange32(long addr, int value) {
    return (int) step(Op.XCHG32, addr, value, 0);
  }

  @Override
  public final boolean isPositive32(long addr) {
    return step(Op.POSITIVE32, addr, 0, 0) != 0;
  }

  @Override
  public final boolean is32(long addr, int value) {
    return step(Op.IS32, addr, value, 0) != 0;
  }

  @Override
  public final void write32(long addr, int value) {
    step(Op.WRITE32, addr, value, 0);
  }

  @Override
  public final void writeOnce32(long addr, int value) {
    step(Op.WRITE32, addr, value, 0);
  }

  @Override
  public final void writeRelease32(long addr, int value) {
    step(isWeak() ? Op.WRITE_RELEASE32 : Op.WRITE32, addr, value, 0);
  }

  @Override
  public final void add32(long addr, int delta) {
    step(Op.ADD32, addr, delta, 0);
  }

  @Override
  public final void addFull32(long addr, int delta) {
    step(isWeak() ? Op.ADD_FULL32 : Op.ADD32, addr, delta, 0);
  }

  @Override
  public final boolean subAndTest32(long addr, int delta) {
    return step(Op.SUB_TEST32, addr, delta, 0) != 0;
  }

  @Override
  public final int subReturn32(long addr, int delta) {
    return (int) step(Op.SUB_RETURN32, addr, delta, 0);
  }

  @Override
  public final boolean addUnless32(long addr, int delta, int unless) {
    return step(Op.ADD_UNLESS32, addr, delta, unless) != 0;
  }

  @Override
  public final boolean compareAndSet32(long addr, int expected, int value) {
    return step(Op.CAS32, addr, expected, value) != 0;
  }

  @Override
  public final int compareAndExchange32(long addr, int expected, int value) {
    return (int) step(Op.CMPXCHG32, addr, expected, value);
  }

  @Override
  public final void lock(long addr) {
    step(Op.LOCK, addr, 0, 0);
  }

  @Override
  public final void unlock(long addr) {
    step(Op.UNLOCK, addr, 0, 0);
  }

  @Override
  public final void lockBits64(long addr, long mask) {
    step(Op.LOCK_BITS64, addr, mask, 0);
  }

  @Override
  public final boolean tryLockBits64(long addr, long mask) {
    return step(isWeak() ? Op.TRY_LOCK64 : Op.TEST_SET64, addr, mask, 0) == 0;
  }

  @Override
  public final void unlockBits64(long addr, long mask) {
    step(Op.UNLOCK_BITS64, addr, mask, 0);
  }

  @Override
  public final void waitUntil64(long addr, long mask, long value) {
    step(Op.WAIT64, addr, mask, value);
  }

  @Override
  public final void mb() {
    order(Op.MB);
  }

  @Override
  public final void rmb() {
    order(Op.RMB);
  }

  @Override
  public final void wmb() {
    order(Op.WMB);
  }

  @Override
  public final void mbAfterAtomic() {
    order(Op.MB);
  }
}
