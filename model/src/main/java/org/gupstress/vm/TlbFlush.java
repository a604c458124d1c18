// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.page.Kernel;
import org.gupstress.page.Switch;

/**
 * What the flush of other CPUs' TLBs does for gup_fast, which walks page tables with interrupts
 * off: arch/x86/mm/tlb.c, Linux 4.19.
 *
 * <p>With {@link Switch#FLUSH_IPI} it interrupts all other CPUs and waits until they have come to
 * it, so a walk that began before the pte was cleared has ended. Without, it waits for nothing, and
 * these are no accesses: every interleaving of the first kind is one of the second, so that what
 * holds without the switch holds with it.
 *
 * <p>Assumes that nobody flushes within a walk. Leaves out: what TLBs hold; interrupts that are off
 * elsewhere, where nobody reads ptes.
 */
public final class TlbFlush {
  private final Memory memory;
  private final boolean isAwaited;
  private final long[] walks;

  TlbFlush(Memory memory, Arena arena, Kernel kernel) {
    this.memory = memory;
    this.isAwaited = kernel.has(Switch.FLUSH_IPI);
    this.walks = new long[isAwaited || kernel.has(Switch.COLLAPSE_IPI) ? arena.cpus() : 0];
    for (int cpu = 0; cpu < walks.length; cpu++) {
      walks[cpu] = arena.shared("cpu" + cpu + ".gup_fast", 8, 8);
    }
  }

  boolean isAwaited() {
    return isAwaited;
  }

  /** local_irq_disable of gup_fast: flushes wait from here on. */
  public void beginWalk(Cpu cpu) {
    mark(cpu, 1);
  }

  /** local_irq_enable of gup_fast: the interrupts come through. */
  public void endWalk(Cpu cpu) {
    mark(cpu, 0);
  }

  private void mark(Cpu cpu, long walking) {
    if (walks.length > 0) {
      memory.write64(walks[cpu.number()], walking);
    }
  }

  /** flush_tlb_page and its like, interrupts on. */
  public void flush(Cpu cpu) {
    if (isAwaited()) {
      awaitWalks(cpu);
    }
  }

  /**
   * tlb_remove_table_sync_one, of khugepaged: an interrupt of its own, whatever flushes do. Walks
   * wait for it only where {@link Switch#COLLAPSE_IPI} is on.
   */
  void removeTableSync(Cpu cpu) {
    awaitWalks(cpu);
  }

  private void awaitWalks(Cpu cpu) {
    int own = cpu.number();
    for (int other = 0; other < walks.length; other++) {
      if (other != own) {
        memory.waitUntil64(walks[other], -1, 0);
      }
    }
  }
}
