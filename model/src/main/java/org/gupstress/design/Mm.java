// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import java.util.Set;
import org.gupstress.fs.AddressSpace;
import org.gupstress.gup.Gup;
import org.gupstress.gup.HugeSplit;
import org.gupstress.gup.PageTable;
import org.gupstress.gup.Pinning;
import org.gupstress.lru.Lru;
import org.gupstress.lru.PinHooks;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.page.Kernel;
import org.gupstress.page.Page;
import org.gupstress.page.PageKind;
import org.gupstress.reclaim.Reclaim;

/**
 * The modelled memory management of one machine, with one pin design built in. Holds addresses
 * only: two of the same shape over two memories with the same bytes are the same machine.
 */
public final class Mm {

  /**
   * The size of a machine.
   *
   * @param cpus how many CPUs
   * @param pages how many struct pages, ptes and page cache slots
   * @param pagevecSlots slots of each pagevec
   * @param interrupts whether CPUs take interrupts
   * @param recheckPte whether gup_fast reads the pte a second time
   * @param kinds which pages there are beside page cache and anonymous ones
   */
  public record Shape(
      int cpus,
      int pages,
      int pagevecSlots,
      boolean interrupts,
      boolean recheckPte,
      Set<PageKind> kinds) {
    public Shape {
      kinds = Set.copyOf(kinds);
    }

    public Shape(int cpus, int pages, int pagevecSlots) {
      this(cpus, pages, pagevecSlots, false, true, Set.of());
    }
  }

  private final Memory memory;
  private final PinDesign design;
  private final Cpu[] cpus;
  private final Page page;
  private final Lru lru;
  private final PageTable pageTable;
  private final AddressSpace addressSpace;
  private final Gup gup;
  private final HugeSplit hugeSplit;
  private final Reclaim reclaim;
  private final long ext;
  private final long signal;

  public Mm(Memory memory, Arena arena, Kernel kernel, Shape shape, PinDesign design) {
    this.memory = memory;
    this.design = design;
    this.cpus = new Cpu[shape.cpus()];
    for (int i = 0; i < cpus.length; i++) {
      cpus[i] = new Cpu(i, memory, arena, shape.interrupts());
    }
    this.page = new Page(memory, arena, kernel, shape.pages(), shape.kinds());
    this.lru = new Lru(memory, arena, page, hooks(), shape.pagevecSlots(), drainedRemotely(shape));
    this.pageTable = new PageTable(memory, arena, lru, shape.pages());
    this.addressSpace = new AddressSpace(memory, arena, page, shape.pages());
    this.gup = new Gup(memory, lru, pageTable, pinning(), shape.recheckPte());
    this.hugeSplit = new HugeSplit(memory, lru, pageTable);
    this.reclaim = new Reclaim(memory, arena, lru, pageTable, addressSpace);
    this.signal = arena.shared("signal", 8, 8);
    int perPage = design.bytesOutsidePage();
    this.ext = arena.shared("page_ext", (long) perPage * shape.pages(), 8);
    for (int i = 0; i < shape.pages() && perPage > 0; i++) {
      arena.define(ext + (long) i * perPage, "page_ext[" + i + "]");
    }
  }

  /** One CPU has nobody to drain for it, and its interrupts could not wait for it to be drained. */
  private boolean drainedRemotely(Shape shape) {
    return design.drainsOtherCpus() && shape.cpus() > 1;
  }

  private PinHooks hooks() {
    return new PinHooks() {
      @Override
      public boolean skipLruAdd(long p) {
        return design.skipLruAdd(Mm.this, p);
      }

      @Override
      public void beforeRelink(long p, String function) {
        design.beforeRelink(Mm.this, p, function);
      }

      @Override
      public void beforePut(long head) {
        design.beforePut(Mm.this, head);
      }

      @Override
      public void beforeFree(Cpu cpu, long p) {
        design.beforeFree(Mm.this, p);
      }
    };
  }

  private Pinning pinning() {
    return new Pinning() {
      @Override
      public boolean grabSlow(long p) {
        return design.grabSlow(Mm.this, p);
      }

      @Override
      public boolean grabFast(long p) {
        return design.grabFast(Mm.this, p);
      }

      @Override
      public void undoGrab(Cpu cpu, long p) {
        design.undoGrab(Mm.this, cpu, p);
      }

      @Override
      public boolean pin(Cpu cpu, long p) {
        return design.pin(Mm.this, cpu, p);
      }
    };
  }

  public Memory memory() {
    return memory;
  }

  public PinDesign design() {
    return design;
  }

  public Cpu cpu(int number) {
    return cpus[number];
  }

  public int cpus() {
    return cpus.length;
  }

  public Page page() {
    return page;
  }

  public Lru lru() {
    return lru;
  }

  public PageTable pageTable() {
    return pageTable;
  }

  public AddressSpace addressSpace() {
    return addressSpace;
  }

  public Gup gup() {
    return gup;
  }

  public HugeSplit hugeSplit() {
    return hugeSplit;
  }

  public Reclaim reclaim() {
    return reclaim;
  }

  /** The address of a word with which one CPU tells another that it is done. */
  public long signalWord() {
    return signal;
  }

  /** The design's own bytes for this page, outside struct page. */
  public long ext(long p) {
    return ext + (long) page.number(p) * design.bytesOutsidePage();
  }

  /** The page whose design bytes lie at this address, or -1. */
  public int extOwner(long addr) {
    int perPage = design.bytesOutsidePage();
    if (perPage == 0 || addr < ext || addr >= ext + (long) perPage * page.count()) {
      return -1;
    }
    return (int) ((addr - ext) / perPage);
  }
}
