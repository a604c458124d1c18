// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/** spinlock_t: one 32-bit word, in the plain, the irq and the irqsave form. */
public final class SpinLock {
  private final Memory memory;
  private final long addr;

  public SpinLock(Memory memory, Arena arena, String name) {
    this(memory, arena, name, Long.BYTES);
  }

  /** @param bytes which the lock has for itself, at an address that is a multiple of them */
  public SpinLock(Memory memory, Arena arena, String name, int bytes) {
    this.memory = memory;
    this.addr = arena.shared(name, bytes, bytes);
  }

  /** The address of the lock word: 0 free, 1 held. */
  public long addr() {
    return addr;
  }

  public void lock() {
    memory.lock(addr);
  }

  public void unlock() {
    memory.unlock(addr);
  }

  public void lockIrq(Cpu cpu) {
    cpu.irqDisable();
    memory.lock(addr);
  }

  /** Enables interrupts whatever they were before: the caller must have had them on. */
  public void unlockIrq(Cpu cpu) {
    memory.unlock(addr);
    cpu.irqEnable();
  }

  /** Returns the interrupt state that {@link #unlockIrqrestore} brings back. */
  public long lockIrqsave(Cpu cpu) {
    long flags = cpu.irqSave();
    memory.lock(addr);
    return flags;
  }

  public void unlockIrqrestore(Cpu cpu, long flags) {
    memory.unlock(addr);
    cpu.irqRestore(flags);
  }
}
