// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.Cpu;
import org.gupstress.vm.PageTable;

/**
 * Whether a pinned page is still what its process has at the address: a pin is of an address until
 * the process gives that up, or until it is given back. A ghost word a CPU, a byte a register; and
 * one that says whose page table was given back.
 */
final class Coherence {
  private static final long BYTE = 0xff;

  /** Behind the registers: what a call that has not returned yet has found. */
  private static final int FOUND = Cpu.REGISTERS;

  private final ArenaMemory memory;
  private final Mm mm;
  private final PageTable table;
  private final PageState state;
  private final Registers registers;
  private final Findings findings;
  private final int first;
  private final int freed;

  Coherence(ArenaMemory memory, Mm mm, PageState state, Registers registers, Findings findings) {
    this.memory = memory;
    this.mm = mm;
    this.table = mm.pageTable();
    this.state = state;
    this.registers = registers;
    this.findings = findings;
    this.first = memory.reserveGhost(mm.cpus());
    this.freed = memory.reserveGhost(1);
  }

  /** get_user_pages has made sure of what it has found at a pte. */
  void got(int cpu, int pte) {
    set(cpu, FOUND, pte + 1L);
  }

  /**
   * get_user_pages has returned to a register what it found at a pte, which is given plus 1. If the
   * process has given that up since, the pin is of no address.
   */
  void held(int cpu, int register, long pte) {
    boolean isMeant = pteOf(cpu, FOUND) == pte - 1;
    set(cpu, register, isMeant ? pte : 0);
    if (isMeant && pte > 0) {
      check((int) pte - 1);
    }
  }

  private void set(int cpu, int register, long value) {
    int shift = Byte.SIZE * register;
    long old = memory.ghost(first + cpu) & ~(BYTE << shift);
    memory.setGhost(first + cpu, old | value << shift);
  }

  /** The pte at which the register's page was pinned, or -1 where that is over. */
  int pteOf(int cpu, int register) {
    return (int) (memory.ghost(first + cpu) >>> (Byte.SIZE * register) & BYTE) - 1;
  }

  /** The process of a pin, or -1. */
  int processOf(int cpu, int register) {
    int pte = register < 0 ? -1 : pteOf(cpu, register);
    return pte < 0 ? -1 : mm.processes().of(pte).number();
  }

  /** The process gives up what it has at the pte: pins of it are of no address any more. */
  void unmapped(int pte) {
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      for (int register = 0; register <= FOUND; register++) {
        if (pteOf(cpu, register) == pte) {
          set(cpu, register, 0);
        }
      }
    }
  }

  /** The table of which this is the first pte was given back. */
  void tableFreed(int pte) {
    long bit = 1L << mm.processes().of(pte).number();
    memory.setGhost(freed, memory.ghost(freed) | bit);
  }

  /** A word that is no page's is about to be read: it may be a pte that is none any more. */
  void beforeRead(Actor actor, long addr) {
    int pte = table.indexOf(addr);
    if (pte < 0 || (memory.ghost(freed) >>> mm.processes().of(pte).number() & 1) == 0) {
      return;
    }
    findings.report(
        Harm.TABLE_WALKED,
        () -> actor + " reads pte" + pte + ", whose page table was given back: whatever is there,"
            + " it takes for a pte");
  }

  /** A word that is no page's was written: it may be an entry. */
  void written(long addr) {
    int pte = table.indexOf(addr);
    if (pte >= 0) {
      check(pte);
      return;
    }
    for (int number = 0; number < mm.processes().count(); number++) {
      if (mm.processes().get(number).pmdAddress() == addr) {
        check(mm.processes().get(number).firstPte());
      }
    }
  }

  private void check(int pte) {
    long entry = mm.processes().entryOf(table, pte);
    if (!PageTable.isPresent(entry)) {
      return;
    }
    // a pin is of the head
    int mapped = mm.page().number(mm.page().headOf(PageTable.pageOf(entry)));
    for (int cpu = 0; cpu < mm.cpus(); cpu++) {
      for (int register = 0; register < Cpu.REGISTERS; register++) {
        if (pteOf(cpu, register) == pte) {
          check(pte, mapped, cpu, register);
        }
      }
    }
  }

  private void check(int pte, int mapped, int cpu, int register) {
    int pinned = registers.pageIn(cpu, register);
    if (pinned < 0 || pinned == mapped || !registers.holds(cpu, register, pinned)) {
      return;
    }
    findings.report(
        Harm.PIN_DIVERGED,
        () -> String.format(
            "cpu%d has a pin on %s, which it got at pte%d of mm%d; that maps %s now: neither sees"
                + " what the other writes",
            cpu, state.name(pinned), pte, mm.processes().of(pte).number(), state.name(mapped)));
  }
}
