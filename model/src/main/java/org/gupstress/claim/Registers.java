// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.Cpu;

/**
 * Which register of which CPU holds a pin, on which page and of which of its lives: the holders of
 * pins. Two ghost words a CPU. A record ends when the register is written.
 */
final class Registers {
  private static final int GENERATION = 8;
  private static final int HELD = 56;
  private static final long BYTE = 0xff;

  private final ArenaMemory memory;
  private final Mm mm;

  Registers(ArenaMemory memory, Mm mm) {
    this.memory = memory;
    this.mm = mm;
  }

  private int word(int cpu) {
    return memory.ghostAt(mm.cpu(cpu).ghostWord());
  }

  private int pageWord(int cpu) {
    return memory.ghostAt(mm.ghostWords(mm.cpu(cpu)));
  }

  /** The number of a CPU's register at an address of its private block, or -1. */
  int at(int cpu, long addr) {
    long offset = addr - mm.cpu(cpu).registerAddress(0);
    return offset >= 0 && offset < Cpu.REGISTERS * Long.BYTES ? (int) (offset / Long.BYTES) : -1;
  }

  /** The page whose head's address is in the register, or -1. */
  int pageIn(int cpu, int register) {
    return mm.page().number(memory.word(mm.cpu(cpu).registerAddress(register)));
  }

  void take(int cpu, int register, int p, int generation, boolean isCounted) {
    long old = memory.ghost(word(cpu)) & ~(1L << register | BYTE << shift(register));
    memory.setGhost(
        word(cpu),
        old
            | 1L << (HELD + register)
            | (isCounted ? 1L << register : 0)
            | (long) generation << shift(register));
    setPage(cpu, register, p + 1);
  }

  private static int shift(int register) {
    return GENERATION + Byte.SIZE * register;
  }

  private void setPage(int cpu, int register, long value) {
    int shift = Byte.SIZE * register;
    memory.setGhost(
        pageWord(cpu), (memory.ghost(pageWord(cpu)) & ~(BYTE << shift)) | value << shift);
  }

  /** The pin is given back; that the register had it is still known. */
  void giveBack(int cpu, int register, int generation) {
    long old = memory.ghost(word(cpu))
        & ~(1L << (HELD + register) | 1L << register | BYTE << shift(register));
    memory.setGhost(word(cpu), old | (long) generation << shift(register));
  }

  /** The register is written: whatever it had, it has no more. */
  void overwritten(int cpu, int register) {
    memory.setGhost(
        word(cpu), memory.ghost(word(cpu)) & ~(1L << (HELD + register) | 1L << register));
    setPage(cpu, register, 0);
  }

  /** Whether the register holds a live pin on this page. */
  boolean holds(int cpu, int register, int p) {
    return (memory.ghost(word(cpu)) >>> (HELD + register) & 1) != 0 && recorded(cpu, register) == p;
  }

  /** Whether the register had a pin on this page and has given it back. */
  boolean hasGivenBack(int cpu, int register, int p) {
    return (memory.ghost(word(cpu)) >>> (HELD + register) & 1) == 0 && recorded(cpu, register) == p;
  }

  private int recorded(int cpu, int register) {
    return (int) (memory.ghost(pageWord(cpu)) >>> (Byte.SIZE * register) & BYTE) - 1;
  }

  boolean isCounted(int cpu, int register) {
    return (memory.ghost(word(cpu)) >>> register & 1) != 0;
  }

  /** The life of the page when the register got or gave back its pin. */
  int generation(int cpu, int register) {
    return (int) (memory.ghost(word(cpu)) >>> shift(register) & BYTE);
  }

  /** The first register of the CPU that holds a pin on the page, or -1. */
  int holder(int cpu, int p) {
    for (int register = 0; register < Cpu.REGISTERS; register++) {
      if (holds(cpu, register, p)) {
        return register;
      }
    }
    return -1;
  }

  /** How many registers hold a pin on the page. */
  int holders(int p) {
    int found = 0;
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      for (int register = 0; register < Cpu.REGISTERS; register++) {
        found += holds(cpu, register, p) ? 1 : 0;
      }
    }
    return found;
  }

  /** How many registers have the page in them, and have not given it back. */
  int claimants(int p) {
    int found = 0;
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      for (int register = 0; register < Cpu.REGISTERS; register++) {
        found += pageIn(cpu, register) == p && !hasGivenBack(cpu, register, p) ? 1 : 0;
      }
    }
    return found;
  }

  /** The page is free: nobody holds a pin on it. */
  void freed(int p, int generation) {
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      for (int register = 0; register < Cpu.REGISTERS; register++) {
        if (holds(cpu, register, p)) {
          giveBack(cpu, register, generation);
        }
      }
    }
  }
}
