// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * Off-heap bytes that real threads share.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>The arena fits into the bytes asked for.
 *   <li>The processor is little-endian, and {@link MixedSizeSelfTest} has passed on this machine.
 *   <li>A view that moves from one machine to another is used by one thread.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Any number of threads may access one machine.
 *   <li>Accesses are as strong as {@link Memory} says, or stronger where Java has no weaker form
 *       (relaxed read-modify-writes).
 *   <li>A lock is held by one thread. Who waits spins, then yields, so that more threads than
 *       processors still make progress.
 *   <li>The bytes live as long as this object.
 * </ol>
 *
 * <p>Equal machines may lie side by side in one piece of memory, so that a fresh one costs a copy
 * and no allocation. A thread works in one of them at a time, through a view of its own.
 *
 * <p>A pointer that leaves the machine or is misaligned ends in a {@link KernelBug}, as the
 * explorer has it: poison and null must not alias addresses of the machine. That check is the only
 * one; what has passed it is the processor's instruction on the address ({@link Words}).
 */
public class NativeMemory extends MovableMemory {
  /** Keeps JDKs quiet that have no Unsafe for others. */
  public static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /** Lets native memory use the JDK's own Unsafe, which costs less than a segment. */
  public static final String EXPORTS = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

  /** What a JVM needs for native memory at its best; the manifest of an executable jar says it. */
  public static final List<String> JVM_FLAGS = List.of(NATIVE_ACCESS, EXPORTS);

  private static final int SPINS_BEFORE_YIELD = 200;

  /** A CPU that went down keeps its locks: whoever waits for one need not wait for long. */
  private static final int SPINS_BEFORE_LOOK = 16;

  private static final int LINE_SHIFT = 6;
  private static final int LINE = 1 << LINE_SHIFT;

  /** Behind each machine: whether it panicked, and whose it is. */
  private static final int PANIC = 0;

  private static final int TAG = 8;

  private final ByteBuffer bytes;
  private final long first;
  private final long size;
  private final long lines;
  private final int machines;

  public NativeMemory(int size) {
    this(size, 1);
  }

  /** Room for so many machines of so many bytes. */
  public NativeMemory(int size, int machines) {
    this(allocate(wholeLines(size), machines), wholeLines(size), machines);
    extent().hold();
  }

  private NativeMemory(ByteBuffer bytes, long size, int machines) {
    this.bytes = bytes;
    this.first = Words.address(bytes);
    this.size = size;
    this.lines = size >>> LINE_SHIFT;
    this.machines = machines;
    this.start = first;
  }

  /** The same bytes for another thread. */
  protected NativeMemory(NativeMemory other) {
    this(other.bytes, other.size, other.machines);
  }

  private Extent extent() {
    return new Extent(machines == 1 ? first : Extent.VARIES, lines);
  }

  /**
   * Says that nobody will access these bytes any more, through whatever view, so that other
   * memories of this process need not be told from them. To be called once, if at all.
   */
  public void retire() {
    extent().release();
  }

  /** Bytes, rounded up to cache lines. */
  public static int wholeLines(int size) {
    return (size + LINE - 1) / LINE * LINE;
  }

  private static ByteBuffer allocate(int size, int machines) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(size + LINE, machines) + LINE)
        .alignedSlice(LINE);
  }

  // ---- several machines

  /** The same bytes for another thread, which enters machines by itself. */
  public NativeMemory view() {
    return new NativeMemory(this);
  }

  public int machines() {
    return machines;
  }

  private long offsetOf(int machine) {
    return Objects.checkIndex(machine, machines) * (size + LINE);
  }

  /** From now on addresses mean those of this machine. */
  public void enter(int machine) {
    start = first + offsetOf(machine);
  }

  /** Makes a machine the image of another one, and tags it. Nobody may be at work in it. */
  public void reset(int machine, int image, long tag) {
    long to = offsetOf(machine);
    int copied = (int) size + PANIC + Long.BYTES;
    bytes.put((int) to, bytes, (int) offsetOf(image), copied);
    Words.set64(this, first + to + size + TAG, tag);
  }

  /** The tag that the machine was reset with. */
  public long tag() {
    return Words.get64(this, start + size + TAG);
  }

  /** Stops the machine: CPUs that wait in it are told by a {@link KernelBug}. */
  public void panic() {
    Words.getAndOr64(this, start + size + PANIC, 1);
  }

  public boolean isPanicked() {
    return Words.getAcquire64(this, start + size + PANIC) != 0;
  }

  // ---- addresses

  private static KernelBug wild() {
    return KernelBug.withoutTrace("an access at an unmapped or misaligned address");
  }

  private long at64(long addr) {
    return at(addr, Long.BYTES);
  }

  private long at32(long addr) {
    return at(addr, Integer.BYTES);
  }

  /**
   * In terms of cache lines, as an aligned access does not leave its line. So the compiler needs to
   * compare once for all fields of a page, and knows of most that they are aligned.
   */
  private long at(long addr, int width) {
    Extent common = Extent.common();
    long offset = addr - Arena.BASE;
    long line = offset >>> LINE_SHIFT;
    long inLine = offset - (line << LINE_SHIFT);
    if (line >= (common.lines() < 0 ? lines : common.lines()) || (inLine & (width - 1)) != 0) {
      throw wild();
    }
    return (common.start() < 0 ? start : common.start()) + offset;
  }

  @Override
  public long read64(long addr) {
    return Words.get64(this, at64(addr));
  }

  @Override
  public long readOnce64(long addr) {
    return Words.getOnce64(this, at64(addr));
  }

  @Override
  public long readBits64(long addr, long mask) {
    return Words.getOnce64(this, at64(addr)) & mask;
  }

  @Override
  public long readOnceIf64(long addr, long mask) {
    long word = Words.getOnce64(this, at64(addr));
    return (word & mask) != 0 ? word : 0;
  }

  @Override
  public long readAcquire64(long addr) {
    return Words.getAcquire64(this, at64(addr));
  }

  @Override
  public void writeRelease64(long addr, long value) {
    Words.setRelease64(this, at64(addr), value);
  }

  @Override
  public long exchange64(long addr, long value) {
    long at = at64(addr);
    long seen = Words.getOnce64(this, at);
    while (!Words.compareAndSet64(this, at, seen, value)) {
      seen = Words.getOnce64(this, at);
    }
    return seen;
  }

  @Override
  public void write64(long addr, long value) {
    Words.set64(this, at64(addr), value);
  }

  @Override
  public void writeOnce64(long addr, long value) {
    Words.setOnce64(this, at64(addr), value);
  }

  @Override
  public void setBits64(long addr, long mask) {
    Words.getAndOr64(this, at64(addr), mask);
  }

  @Override
  public void clearBits64(long addr, long mask) {
    Words.getAndAnd64(this, at64(addr), ~mask);
  }

  @Override
  public boolean testAndSetBits64(long addr, long mask) {
    return (Words.getAndOr64(this, at64(addr), mask) & mask) != 0;
  }

  @Override
  public boolean testAndClearBits64(long addr, long mask) {
    return (Words.getAndAnd64(this, at64(addr), ~mask) & mask) != 0;
  }

  @Override
  public void add64(long addr, long delta) {
    Words.getAndAdd64(this, at64(addr), delta);
  }

  @Override
  public long addReturn64(long addr, long delta) {
    return Words.getAndAdd64(this, at64(addr), delta) + delta;
  }

  @Override
  public boolean compareAndSet64(long addr, long expected, long value) {
    return Words.compareAndSet64(this, at64(addr), expected, value);
  }

  @Override
  public long compareAndExchange64(long addr, long expected, long value) {
    long seen = Words.getOnce64(this, at64(addr));
    while (seen == expected && !Words.compareAndSet64(this, at64(addr), expected, value)) {
      seen = Words.getOnce64(this, at64(addr));
    }
    return seen;
  }

  @Override
  public int read32(long addr) {
    return Words.get32(this, at32(addr));
  }

  @Override
  public int readOnce32(long addr) {
    return Words.getOnce32(this, at32(addr));
  }

  @Override
  public int readAcquire32(long addr) {
    return Words.getAcquire32(this, at32(addr));
  }

  @Override
  public int exchange32(long addr, int value) {
    long at = at32(addr);
    int seen = Words.getOnce32(this, at);
    while (!Words.compareAndSet32(this, at, seen, value)) {
      seen = Words.getOnce32(this, at);
    }
    return seen;
  }

  @Override
  public boolean isPositive32(long addr) {
    return Words.getOnce32(this, at32(addr)) > 0;
  }

  @Override
  public boolean is32(long addr, int value) {
    return Words.getOnce32(this, at32(addr)) == value;
  }

  @Override
  public void write32(long addr, int value) {
    Words.set32(this, at32(addr), value);
  }

  @Override
  public void writeOnce32(long addr, int value) {
    Words.setOnce32(this, at32(addr), value);
  }

  @Override
  public void writeRelease32(long addr, int value) {
    Words.setRelease32(this, at32(addr), value);
  }

  @Override
  public void add32(long addr, int delta) {
    Words.getAndAdd32(this, at32(addr), delta);
  }

  @Override
  public void addFull32(long addr, int delta) {
    Words.getAndAdd32(this, at32(addr), delta);
  }

  @Override
  public boolean subAndTest32(long addr, int delta) {
    return Words.getAndAdd32(this, at32(addr), -delta) == delta;
  }

  @Override
  public int subReturn32(long addr, int delta) {
    return Words.getAndAdd32(this, at32(addr), -delta) - delta;
  }

  @Override
  public boolean addUnless32(long addr, int delta, int unless) {
    int seen = Words.getOnce32(this, at32(addr));
    while (seen != unless) {
      if (Words.compareAndSet32(this, at32(addr), seen, seen + delta)) {
        return true;
      }
      seen = Words.getOnce32(this, at32(addr));
    }
    return false;
  }

  @Override
  public boolean compareAndSet32(long addr, int expected, int value) {
    return Words.compareAndSet32(this, at32(addr), expected, value);
  }

  @Override
  public int compareAndExchange32(long addr, int expected, int value) {
    int seen = Words.getOnce32(this, at32(addr));
    while (seen == expected && !Words.compareAndSet32(this, at32(addr), expected, value)) {
      seen = Words.getOnce32(this, at32(addr));
    }
    return seen;
  }

  /** spin_trylock. */
  protected final boolean tryLock(long addr) {
    return Words.compareAndSet32(this, at32(addr), 0, 1);
  }

  @Override
  public void lock(long addr) {
    long at = at32(addr);
    int spins = 0;
    while (!Words.compareAndSet32(this, at, 0, 1)) {
      // only look while somebody holds it: whoever tries to write takes the line from the holder
      do {
        relax(spins++);
      } while (Words.getOnce32(this, at) != 0);
    }
  }

  @Override
  public void unlock(long addr) {
    Words.setRelease32(this, at32(addr), 0);
  }

  @Override
  public void lockBits64(long addr, long mask) {
    for (int spins = 0; !tryLockBits64(addr, mask); spins++) {
      relax(spins);
    }
  }

  @Override
  public boolean tryLockBits64(long addr, long mask) {
    long seen = Words.getOnce64(this, at64(addr));
    while ((seen & mask) == 0) {
      if (Words.compareAndSet64(this, at64(addr), seen, seen | mask)) {
        return true;
      }
      seen = Words.getOnce64(this, at64(addr));
    }
    return false;
  }

  @Override
  public void unlockBits64(long addr, long mask) {
    clearBits64(addr, mask);
  }

  @Override
  public void waitUntil64(long addr, long mask, long value) {
    for (int spins = 0; (Words.getAcquire64(this, at64(addr)) & mask) != value; spins++) {
      relax(spins);
    }
  }

  private void relax(int spins) {
    if (spins < SPINS_BEFORE_YIELD) {
      Thread.onSpinWait();
      if (spins % SPINS_BEFORE_LOOK == SPINS_BEFORE_LOOK - 1) {
        stopIfPanicked();
      }
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
    stopIfPanicked();
  }

  private void stopIfPanicked() {
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
