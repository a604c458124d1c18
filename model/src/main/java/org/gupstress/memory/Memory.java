// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/**
 * The only way model code touches state that CPUs share: bytes at an address, and the accesses a
 * CPU can make to them.
 *
 * <p>Addresses are kernel virtual addresses ({@link Arena#BASE} upwards), so a pointer stored in a
 * word has a high half that a 32-bit access to the low half leaves alone. 64-bit accesses need an
 * 8-aligned address, 32-bit ones a 4-aligned address; they overlap for real and the layout is
 * little-endian: the 32-bit word at {@code a} is the low half of the 64-bit word at {@code a}.
 *
 * <p>The strength of an access is in the name of its method. Which Linux primitive is which method,
 * and how strong it is, is the table of {@code model/KERNEL.md} section 2.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>Overlapping 64- and 32-bit atomics on the same bytes behave as the hardware does (x86-64,
 *       AArch64). They are outside the Java memory model, which knows variables, not bytes;
 *       {@link MixedSizeSelfTest} probes them at start-up.
 *   <li>Whoever calls {@link #unlock} holds the lock.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>An access is as strong as its name says, or stronger.
 *   <li>An address that is not mapped or not aligned ends in a {@link KernelBug}, or in a finding
 *       of the explorer, never in another access.
 * </ol>
 *
 * <p>Results that callers only test are returned as {@code boolean} or masked, never as the whole
 * word: what an operation has not seen cannot make two of its states differ.
 */
public abstract class Memory {

  // ---- 64 bits

  public abstract long read64(long addr);

  public abstract long readOnce64(long addr);

  /** Reads the word once and returns only the bits of {@code mask}. */
  public abstract long readBits64(long addr, long mask);

  /** Reads the word once; returns it if any bit of {@code mask} is set in it, else 0. */
  public abstract long readOnceIf64(long addr, long mask);

  /** smp_load_acquire. */
  public abstract long readAcquire64(long addr);

  public abstract void write64(long addr, long value);

  public abstract void writeOnce64(long addr, long value);

  /** smp_store_release. */
  public abstract void writeRelease64(long addr, long value);

  /** xchg: stores the value and returns what was there. */
  public abstract long exchange64(long addr, long value);

  public abstract void setBits64(long addr, long mask);

  public abstract void clearBits64(long addr, long mask);

  /** Sets the bits; returns whether any of them was set before. */
  public abstract boolean testAndSetBits64(long addr, long mask);

  /** Clears the bits; returns whether any of them was set before. */
  public abstract boolean testAndClearBits64(long addr, long mask);

  public abstract void add64(long addr, long delta);

  /** Adds; returns the result. */
  public abstract long addReturn64(long addr, long delta);

  public abstract boolean compareAndSet64(long addr, long expected, long value);

  /** Stores {@code value} if the word equals {@code expected}; returns what it found there. */
  public abstract long compareAndExchange64(long addr, long expected, long value);

  // ---- 32 bits

  public abstract int read32(long addr);

  public abstract int readOnce32(long addr);

  public abstract int readAcquire32(long addr);

  /** Reads the word once; returns whether it is greater than zero. */
  public abstract boolean isPositive32(long addr);

  /** Reads the word once; returns whether it equals {@code value}. */
  public abstract boolean is32(long addr, int value);

  public abstract void write32(long addr, int value);

  public abstract void writeOnce32(long addr, int value);

  public abstract void writeRelease32(long addr, int value);

  public abstract int exchange32(long addr, int value);

  public abstract void add32(long addr, int delta);

  public abstract void addFull32(long addr, int delta);

  /** Subtracts; returns whether the result is zero. */
  public abstract boolean subAndTest32(long addr, int delta);

  /** Subtracts; returns the result. */
  public abstract int subReturn32(long addr, int delta);

  /** Adds; returns the result. */
  public final int addReturn32(long addr, int delta) {
    return subReturn32(addr, -delta);
  }

  /** Adds unless the word equals {@code unless}; returns whether it added. */
  public abstract boolean addUnless32(long addr, int delta, int unless);

  public abstract boolean compareAndSet32(long addr, int expected, int value);

  /** Stores {@code value} if the word equals {@code expected}; returns what it found there. */
  public abstract int compareAndExchange32(long addr, int expected, int value);

  // ---- blocking

  /** Waits until the 32-bit lock word is 0 and sets it to 1. */
  public abstract void lock(long addr);

  public abstract void unlock(long addr);

  /** Waits until all bits of {@code mask} are clear and sets them. */
  public abstract void lockBits64(long addr, long mask);

  /** Sets all bits of {@code mask} unless one of them is set; returns whether it did. */
  public abstract boolean tryLockBits64(long addr, long mask);

  public abstract void unlockBits64(long addr, long mask);

  /** Waits until {@code (word & mask) == value}, as a loop of cpu_relax does. */
  public abstract void waitUntil64(long addr, long mask, long value);

  /** wait_event: sleeps until {@code (word & mask) == value}. */
  public final void waitEvent64(long addr, long mask, long value) {
    mightSleep();
    waitUntil64(addr, mask, value);
  }

  /** might_sleep: in an interrupt, under a spin lock or with interrupts off it is a finding. */
  public final void mightSleep() {
    note(Note.MIGHT_SLEEP, 0);
  }

  // ---- barriers

  public abstract void mb();

  public abstract void rmb();

  public abstract void wmb();

  public abstract void mbAfterAtomic();

  // ---- what the model tells the checker; nothing to a CPU

  /** Names the view of a union through which the next access goes. Free under real threads. */
  public Memory through(View view) {
    return this;
  }

  /**
   * Tells the checker a fact about the access just made: it belongs to the same step.
   *
   * @param about an address, mostly that of a struct page
   */
  public void note(Note note, long about, long detail, long amount) {}

  public final void note(Note note, long about, long detail) {
    note(note, about, detail, 0);
  }

  public final void note(Note note, long about) {
    note(note, about, 0, 0);
  }

  /**
   * The kernel's BUG: the condition that {@code text} states does not hold and the machine stops.
   *
   * @throws KernelBug always, or an engine's own signal
   */
  public void bug(String text) {
    throw new KernelBug(text);
  }
}
