// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Off-heap bytes that real threads share.
 *
 * <p>Assumptions: the arena fits into the bytes asked for; {@link MixedSizeSelfTest} has passed on
 * this machine. Guarantees: accesses are as strong as {@link Memory} says, or stronger where Java
 * has no weaker form (relaxed read-modify-writes). Locks spin, then yield, so that more threads
 * than processors still make progress.
 *
 * <p>Buffer views are supported API on every JDK from 17 on. Bounds are checked by the JDK: a wild
 * pointer ends in an exception, not in a crash.
 */
public final class NativeMemory extends Memory {
  private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(
          long[].class, ByteOrder.LITTLE_ENDIAN)
      .withInvokeExactBehavior();
  private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(
          int[].class, ByteOrder.LITTLE_ENDIAN)
      .withInvokeExactBehavior();
  private static final int SPINS_BEFORE_YIELD = 200;

  private final ByteBuffer bytes;

  public NativeMemory(int size) {
    this.bytes =
        ByteBuffer.allocateDirect(size + 64).alignedSlice(64).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int at(long addr) {
    return (int) (addr - Arena.BASE);
  }

  @Override
  public long read64(long addr) {
    return (long) LONG.get(bytes, at(addr));
  }

  @Override
  public long readOnce64(long addr) {
    return (long) LONG.getOpaque(bytes, at(addr));
  }

  @Override
  public long readBits64(long addr, long mask) {
    return (long) LONG.getOpaque(bytes, at(addr)) & mask;
  }

  @Override
  public long readOnceIf64(long addr, long mask) {
    long word = (long) LONG.getOpaque(bytes, at(addr));
    return (word & mask) != 0 ? word : 0;
  }

  @Override
  public void write64(long addr, long value) {
    LONG.set(bytes, at(addr), value);
  }

  @Override
  public void writeOnce64(long addr, long value) {
    LONG.setOpaque(bytes, at(addr), value);
  }

  @Override
  public void setBits64(long addr, long mask) {
    long unused = (long) LONG.getAndBitwiseOr(bytes, at(addr), mask);
  }

  @Override
  public void clearBits64(long addr, long mask) {
    long unused = (long) LONG.getAndBitwiseAnd(bytes, at(addr), ~mask);
  }

  @Override
  public boolean testAndSetBits64(long addr, long mask) {
    return ((long) LONG.getAndBitwiseOr(bytes, at(addr), mask) & mask) != 0;
  }

  @Override
  public boolean testAndClearBits64(long addr, long mask) {
    return ((long) LONG.getAndBitwiseAnd(bytes, at(addr), ~mask) & mask) != 0;
  }

  @Override
  public int read32(long addr) {
    return (int) INT.get(bytes, at(addr));
  }

  @Override
  public int readOnce32(long addr) {
    return (int) INT.getOpaque(bytes, at(addr));
  }

  @Override
  public boolean isPositive32(long addr) {
    return (int) INT.getOpaque(bytes, at(addr)) > 0;
  }

  @Override
  public boolean is32(long addr, int value) {
    return (int) INT.getOpaque(bytes, at(addr)) == value;
  }

  @Override
  public void write32(long addr, int value) {
    INT.set(bytes, at(addr), value);
  }

  @Override
  public void writeOnce32(long addr, int value) {
    INT.setOpaque(bytes, at(addr), value);
  }

  @Override
  public void writeRelease32(long addr, int value) {
    INT.setRelease(bytes, at(addr), value);
  }

  @Override
  public void add32(long addr, int delta) {
    int unused = (int) INT.getAndAdd(bytes, at(addr), delta);
  }

  @Override
  public void addFull32(long addr, int delta) {
    int unused = (int) INT.getAndAdd(bytes, at(addr), delta);
  }

  @Override
  public boolean subAndTest32(long addr, int delta) {
    return (int) INT.getAndAdd(bytes, at(addr), -delta) == delta;
  }

  @Override
  public boolean addUnless32(long addr, int delta, int unless) {
    int seen = (int) INT.getOpaque(bytes, at(addr));
    while (seen != unless) {
      if (INT.compareAndSet(bytes, at(addr), seen, seen + delta)) {
        return true;
      }
      seen = (int) INT.getOpaque(bytes, at(addr));
    }
    return false;
  }

  @Override
  public boolean compareAndSet32(long addr, int expected, int value) {
    return INT.compareAndSet(bytes, at(addr), expected, value);
  }

  @Override
  public void lock(long addr) {
    for (int spins = 0; !INT.compareAndSet(bytes, at(addr), 0, 1); spins++) {
      relax(spins);
    }
  }

  @Override
  public void unlock(long addr) {
    INT.setRelease(bytes, at(addr), 0);
  }

  @Override
  public void lockBits64(long addr, long mask) {
    for (int spins = 0; !tryLockBits64(addr, mask); spins++) {
      relax(spins);
    }
  }

  private boolean tryLockBits64(long addr, long mask) {
    long seen = (long) LONG.getOpaque(bytes, at(addr));
    return (seen & mask) == 0 && LONG.compareAndSet(bytes, at(addr), seen, seen | mask);
  }

  @Override
  public void unlockBits64(long addr, long mask) {
    clearBits64(addr, mask);
  }

  @Override
  public void waitUntil64(long addr, long mask, long value) {
    for (int spins = 0; ((long) LONG.getAcquire(bytes, at(addr)) & mask) != value; spins++) {
      relax(spins);
    }
  }

  private static void relax(int spins) {
    if (spins < SPINS_BEFORE_YIELD) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  @Override
  public void mb() {
    VarHandle.fullFence();
  }

  @Override
  public void rmb() {
    VarHandle.loadLoadFence();
  }

  @Override
  public void wmb() {
    VarHandle.storeStoreFence();
  }

  @Override
  public void mbAfterAtomic() {
    VarHandle.fullFence();
  }
}
