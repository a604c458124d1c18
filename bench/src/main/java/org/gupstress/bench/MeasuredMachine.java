// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.util.List;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.gup.GupFlags;
import org.gupstress.lru.Zone;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.NativeMemory;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;

/**
 * A machine to be measured: the model of one production kernel in native memory, with one pin
 * design. Interrupt flags cost nothing in it, as no CPU takes interrupts.
 */
final class MeasuredMachine {
  /** Room for pagevecs of any size that is measured. */
  private static final int CPU_BLOCK = 2048;

  private MeasuredMachine() {}

  /** A memory with room for so many equal machines. */
  static NativeMemory memory(String design, Mm.Shape shape, int machines) {
    Arena arena = arena(shape);
    Mm.layOut(arena, Kernel.PRODUCTION, shape, Plans.design(design));
    return new NativeMemory(Math.toIntExact(arena.size()), machines);
  }

  /** The machine as seen through a memory. */
  static Mm through(Memory memory, String design, Mm.Shape shape) {
    return new Mm(memory, arena(shape), Kernel.PRODUCTION, shape, Plans.design(design));
  }

  private static Arena arena(Mm.Shape shape) {
    Arena arena = new Arena(shape.cpus(), CPU_BLOCK);
    arena.stopNaming();
    return arena;
  }

  /** A booted machine; its pages have no owner. */
  static Mm booted(String design, Mm.Shape shape) {
    Mm mm = through(memory(design, shape, 1), design, shape);
    mm.lru().boot();
    return mm;
  }

  /** A machine without user memory and files. */
  static Mm.Shape bare(int cpus, int pages, int pagevecSlots) {
    return sized(cpus, pages, pagevecSlots, Zone.NONE, new Mm.Space(List.of(), 0, 1, 1, false, 2));
  }

  static Mm.Shape sized(int cpus, int pages, int pagevecSlots, Zone zone, Mm.Space space) {
    return new Mm.Shape(cpus, pages, pagevecSlots, false, true, zone, space);
  }

  /** A page of anonymous memory on the inactive list, mapped once. */
  static void bootAnonymous(Mm mm, long page) {
    mm.page().set(page, PageFlag.SWAPBACKED);
    mm.memory().write64(page + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    mm.memory().write32(page + PageLayout.MAPCOUNT, 0);
    mm.page().bootRef(page, Ref.MAP);
    mm.lru().bootOnLru(page);
  }

  /**
   * Puts a page that its design has lost into a pagevec of this CPU. The page must not be in one
   * already.
   */
  static void findAgain(Mm mm, Cpu cpu, long page) {
    if (!mm.page().test(page, PageFlag.LRU)) {
      mm.lru().pagevecs().lruCacheAdd(cpu, page);
    }
  }

  /**
   * try_grab_page and unpin_user_page, or what the design has in their place, of a page that the
   * caller has already; false if the design refuses the pin.
   */
  static boolean pinAndUnpin(Mm mm, Cpu cpu, long page) {
    if (!pin(mm, cpu, page)) {
      return false;
    }
    mm.design().unpin(mm, cpu, page);
    return true;
  }

  /** try_grab_page, or the pin that the design has in its place. */
  static boolean pin(Mm mm, Cpu cpu, long page) {
    PinDesign design = mm.design();
    if (!design.grabSlow(mm, cpu, page)) {
      return false;
    }
    if (design.pin(mm, cpu, page, GupFlags.NONE) == 0) {
      design.undoGrab(mm, cpu, page);
      return false;
    }
    return true;
  }
}
