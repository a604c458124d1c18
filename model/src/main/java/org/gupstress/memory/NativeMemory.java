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
 * <p>Equal machines may lie side by side in one piece of memory, so that a fresh one costs a copy
 * and no allocation. A thread works in one of them at a time, through a view of its own.
 *
 * <p>Buffer views are supported API on every JDK from 17 on. A pointer that leaves the machine or
 * is misaligned ends in a {@link KernelBug}, as the explorer has it: poison and null must not alias
 * addresses of the machine, and the JDK's own check lets plain accesses be misaligned.
 */
public class NativeMemory extends Memory {
  private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(
          long[].class, ByteOrder.LITTLE_ENDIAN)
      .withInvokeExactBehavior();
  private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(
          int[].class, ByteOrder.LITTLE_ENDIAN)
      .withInvokeExactBehavior();
  private static final int SPINS_BEFORE_YIELD = 200;

  private static final int LINE = 64;

  /** Behind each machine: whether it panicked, and whose it is. */
  private static final int PANIC = 0;

  private static final int TAG = 8;

  private final ByteBuffer bytes;
  private final int size;
  private final int machines;
  private final OwnWord start = new OwnWord();

  public NativeMemory(int size) {
    this(size, 1);
  }

  /** Room for so many machines of so many bytes. */
  public NativeMemory(int size, int machines) {
    this(allocate(wholeLines(size), machines), wholeLines(size), machines);
  }

  private NativeMemory(ByteBuffer bytes, int size, int machines) {
    this.bytes = bytes;
    this.size = size;
    this.machines = machines;
  }

  /** The same bytes for another thread. */
  protected NativeMemory(NativeMemory other) {
    this(other.bytes, other.size, other.machines);
  }

  /** Bytes, rounded up to cache lines. */
  public static int wholeLines(int size) {
    return (size + LINE - 1) / LINE * LINE;
  }

  private static ByteBuffer allocate(int size, int machines) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(size + LINE, machines) + LINE)
        .alignedSlice(LINE)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  // ---- several machines

  /** The same bytes for another thread, which enters machines by itself. */
  public NativeMemory view() {
    return new NativeMemory(this);
  }

  public int machines() {
    return machines;
  }

  private int startOf(int machine) {
    return machine * (size + LINE);
  }

  /** From now on addresses mean those of this machine. */
  public void enter(int machine) {
    start.set(startOf(machine));
  }

  private int here() {
    return (int) start.get();
  }

  /** Makes a machine the image of another one, and tags it. Nobody may be at work in it. */
  public void reset(int machine, int image, long tag) {
    int to = startOf(machine);
    bytes.put(to, bytes, startOf(image), size + PANIC + Long.BYTES);
    LONG.set(bytes, to + size + TAG, tag);
  }

  /** The tag that the machine was reset with. */
  public long tag() {
    return (long) LONG.get(bytes, here() + size + TAG);
  }

  /** Stops the machine: CPUs that wait in it are told by a {@link KernelBug}. */
  public void panic() {
    LONG.setVolatile(bytes, here() + size + PANIC, 1L);
  }

  public boolean isPanicked() {
    return (long) LONG.getVolatile(bytes, here() + size + PANIC) != 0;
  }

  // ---- addresses

  private static KernelBug wild() {
    return KernelBug.withoutTrace("an access at an unmapped or misaligned address");
  }

  private int at64(long addr) {
    // rotated, a misaligned offset is a huge one: one comparison checks both
    long offset = addr - Arena.BASE;
    if (Long.compareUnsigned(Long.rotateRight(offset, 3), size >>> 3) >= 0) {
      throw wild();
    }
    return (int) (start.get() + offset);
  }

  private int at32(long addr) {
    long offset = addr - Arena.BASE;
    if (Long.compareUnsigned(Long.rotateRight(offset, 2), size >>> 2) >= 0) {
      throw wild();
    }
    return (int) (start.get() + offset);
  }

  @Override
  public long read64(long addr) {
    return (long) LONG.get(bytes, at64(addr));
  }

  @Override
  public long readOnce64(long addr) {
    return (long) LONG.getOpaque(bytes, at64(addr));
  }

  @Override
  public long readBits64(long addr, long mask) {
    return (long) LONG.getOpaque(bytes, at64(addr)) & mask;
  }

  @Override
  public long readOnceIf64(long addr, long mask) {
    long word = (long) LONG.getOpaque(bytes, at64(addr));
    return (word & mask) != 0 ? word : 0;
  }

  @Override
  public void write64(long addr, long value) {
    LONG.set(bytes, at64(addr), value);
  }

  @Override
  public void writeOnce64(long addr, long value) {
    LONG.setOpaque(bytes, at64(addr), value);
  }

  @Override
  public void setBits64(long addr, long mask) {
    long unused = (long) LONG.getAndBitwiseOr(bytes, at64(addr), mask);
  }

  @Override
  public void clearBits64(long addr, long mask) {
    long unused = (long) LONG.getAndBitwiseAnd(bytes, at64(addr), ~mask);
  }

  @Override
  public boolean testAndSetBits64(long addr, long mask) {
    return ((long) LONG.getAndBitwiseOr(bytes, at64(addr), mask) & mask) != 0;
  }

  @Override
  public boolean testAndClearBits64(long addr, long mask) {
    return ((long) LONG.getAndBitwiseAnd(bytes, at64(addr), ~mask) & mask) != 0;
  }

  @Override
  public int read32(long addr) {
    return (int) INT.get(bytes, at32(addr));
  }

  @Override
  public int readOnce32(long addr) {
    return (int) INT.getOpaque(bytes, at32(addr));
  }

  @Override
  public boolean isPositive32(long addr) {
    return (int) INT.getOpaque(bytes, at32(addr)) > 0;
  }

  @Override
  public boolean is32(long addr, int value) {
    return (int) INT.getOpaque(bytes, at32(addr)) == value;
  }

  @Override
  public void write32(long addr, int value) {
    INT.set(bytes, at32(addr), value);
  }

  @Override
  public void writeOnce32(long addr, int value) {
    INT.setOpaque(bytes, at32(addr), value);
  }

  @Override
  public void writeRelease32(long addr, int value) {
    INT.setRelease(bytes, at32(addr), value);
  }

  @Override
  public void add32(long addr, int delta) {
    int unused = (int) INT.getAndAdd(bytes, at32(addr), delta);
  }

  @Override
  public void addFull32(long addr, int delta) {
    int unused = (int) INT.getAndAdd(bytes, at32(addr), delta);
  }

  @Override
  public boolean subAndTest32(long addr, int delta) {
    return (int) INT.getAndAdd(bytes, at32(addr), -delta) == delta;
  }

  @Override
  public int subReturn32(long addr, int delta) {
    return (int) INT.getAndAdd(bytes, at32(addr), -delta) - delta;
  }

  @Override
  public boolean addUnless32(long addr, int delta, int unless) {
    int seen = (int) INT.getOpaque(bytes, at32(addr));
    while (seen != unless) {
      if (INT.compareAndSet(bytes, at32(addr), seen, seen + delta)) {
        return true;
      }
      seen = (int) INT.getOpaque(bytes, at32(addr));
    }
    return false;
  }

  @Override
  public boolean compareAndSet32(long addr, int expected, int value) {
    return INT.compareAndSet(bytes, at32(addr), expected, value);
  }

  /** spin_trylock. */
  protected final boolean tryLock(long addr) {
    return INT.compareAndSet(bytes, at32(addr), 0, 1);
  }

  @Override
  public void lock(long addr) {
    int at = at32(addr);
    int spins = 0;
    while (!INT.compareAndSet(bytes, at, 0, 1)) {
      // only look while somebody holds it: whoever tries to write takes the line from the holder
      do {
        relax(spins++);
      } while ((int) INT.getOpaque(bytes, at) != 0);
    }
  }

  @Override
  public void unlock(long addr) {
    INT.setRelease(bytes, at32(addr), 0);
  }

  @Override
  public void lockBits64(long addr, long mask) {
    for (int spins = 0; !tryLockBits64(addr, mask); spins++) {
      relax(spins);
    }
  }

  @Override
  public boolean tryLockBits64(long addr, long mask) {
    long seen = (long) LONG.getOpaque(bytes, at64(addr));
    while ((seen & mask) == 0) {
      if (LONG.compareAndSet(bytes, at64(addr), seen, seen | mask)) {
        return true;
      }
      seen = (long) LONG.getOpaque(bytes, at64(addr));
    }
    return false;
  }

  @Override
  public void unlockBits64(long addr, long mask) {
    clearBits64(addr, mask);
  }

  @Override
  public void waitUntil64(long addr, long mask, long value) {
    for (int spins = 0; ((long) LONG.getAcquire(bytes, at64(addr)) & mask) != value; spins++) {
      relax(spins);
    }
  }

  private void relax(int spins) {
    if (spins < SPINS_BEFORE_YIELD) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
      stillWaits();
    }
  }

  /**
   * Called again and again by a CPU that waits.
   *
   * @throws KernelBug if there is no use in waiting on
   */
  protected void stillWaits() {
    if (isPanicked()) {
      throw KernelBug.withoutTrace("another CPU panicked");
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
