// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/**
 * One CPU: its number, its interrupt flag, and the registers in which an operation leaves what a
 * later one needs.
 *
 * <p>The interrupt flag only exists as an access where the CPU has interrupt handlers: elsewhere
 * nothing can observe it.
 */
public final class Cpu {
  /** Registers of a CPU. */
  public static final int REGISTERS = 6;

  private final int number;
  private final Memory memory;
  private final boolean takesInterrupts;
  private final long registers;
  private final long irqsOff;
  private final long ghost;

  public Cpu(int number, Memory memory, Arena arena, boolean takesInterrupts) {
    this.number = number;
    this.memory = memory;
    this.takesInterrupts = takesInterrupts;
    this.registers = arena.onCpu(number, "r", REGISTERS * 8, 8);
    for (int i = 0; i < REGISTERS; i++) {
      arena.define(registers + 8L * i, "cpu" + number + ".r" + i);
    }
    this.irqsOff = arena.onCpu(number, "irqs_off", 8, 8);
    this.ghost = arena.onCpu(number, "ghost", 8, 8);
  }

  /**
   * Which CPU this is. CPUs between which code tells the difference are not exchangeable, which a
   * checker is told.
   */
  public int number() {
    memory.note(Note.CPU_NUMBER, 0);
    return number;
  }

  /** Where this CPU finds its own among things that each CPU has one of, for addresses alone. */
  public int slot() {
    return number;
  }

  /** The address of the word that is non-zero while interrupts are off. */
  public long irqsOffWord() {
    return irqsOff;
  }

  /** The address of a private word for what a checker remembers about this CPU. */
  public long ghostWord() {
    return ghost;
  }

  /** The address of a register. */
  public long registerAddress(int index) {
    OutOfRange.check("register", index, REGISTERS);
    return registers + 8L * index;
  }

  /** The value of a register. */
  public long register(int index) {
    return memory.read64(registerAddress(index));
  }

  public void setRegister(int index, long value) {
    memory.write64(registerAddress(index), value);
  }

  public void irqDisable() {
    if (takesInterrupts) {
      memory.write64(irqsOff, 1);
    }
  }

  public void irqEnable() {
    if (takesInterrupts) {
      memory.write64(irqsOff, 0);
    }
  }

  /** local_irq_save: returns what {@link #irqRestore} needs. */
  public long irqSave() {
    if (!takesInterrupts) {
      return 0;
    }
    long before = memory.read64(irqsOff);
    memory.write64(irqsOff, 1);
    return before;
  }

  public void irqRestore(long before) {
    if (takesInterrupts) {
      memory.write64(irqsOff, before);
    }
  }
}
