// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.page.Page;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/**
 * From a page to its ptes: page_referenced, try_to_unmap, page_mkclean (mm/rmap.c) and
 * unmap_mapping_pages (mm/memory.c), Linux 4.19. The page is locked.
 *
 * <p>A file page is looked for wherever an area maps its block, an anonymous page at its one pte:
 * there is no fork. Leaves out: i_mmap_rwsem and anon_vma locks (areas never change), swap,
 * lazyfree, mmu notifiers, huge pages (see {@link HugeSplit}), mark_page_accessed for young ptes of
 * a page that truncation unmaps: it leaves the cache at once.
 */
public final class Rmap {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final PageTable table;
  private final Areas areas;
  private final FileOps files;
  private final RmapHooks hooks;

  public Rmap(
      Memory memory, Lru lru, PageTable table, Areas areas, FileOps files, RmapHooks hooks) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.table = table;
    this.areas = areas;
    this.files = files;
    this.hooks = hooks;
  }

  /** page_mapped. */
  public boolean isMapped(long p) {
    return !memory.is32(p + PageLayout.MAPCOUNT, -1);
  }

  /** The nth pte that may map the page, or -1. */
  private int pteAt(long p, int nth) {
    long mapping = memory.read64(p + PageLayout.MAPPING);
    if (mapping == 0) {
      return -1;
    }
    long index = memory.read64(p + PageLayout.INDEX);
    if ((mapping & PageLayout.PAGE_MAPPING_ANON) != 0) {
      return nth == 0 ? (int) index : -1;
    }
    return areas.pteOf(files.file(mapping), index, nth);
  }

  /** What {@link #referenced} says of a page that an area with VM_LOCKED has. */
  public static final int LOCKED_AREA = -1;

  /**
   * page_referenced: how many ptes were young, which are old afterwards. A page that it may not
   * lock counts as referenced once.
   *
   * @param isLocked whether the caller has the page locked
   */
  public int referenced(long p, boolean isLocked) {
    if (!isMapped(p)) {
      return 0;
    }
    long mapping = memory.read64(p + PageLayout.MAPPING);
    if (mapping == 0) {
      return 0;
    }
    boolean locks = !isLocked && (mapping & PageLayout.PAGE_MAPPING_ANON) == 0;
    if (locks && !page.trylock(p)) {
      return 1;
    }
    int referenced = walkReferenced(p);
    if (locks) {
      page.unlock(p);
    }
    return referenced;
  }

  private int walkReferenced(long p) {
    int referenced = 0;
    for (int nth = 0, index = pteAt(p, 0); index >= 0; index = pteAt(p, ++nth)) {
      table.ptl(index).lock();
      long pte = table.readPte(index);
      boolean maps = PageTable.isOf(pte, p);
      boolean locked = maps && areas.find(index).locked();
      if (maps && !locked && (pte & PageTable.YOUNG) != 0) {
        table.setPte(index, pte & ~PageTable.YOUNG);
        referenced++;
      }
      table.ptl(index).unlock();
      if (locked) {
        return LOCKED_AREA;
      }
    }
    return referenced;
  }

  /** try_to_unmap_flush, before pages that reclaim has unmapped are freed. */
  public void tryToUnmapFlush(Cpu cpu) {
    table.tlb().flush(cpu);
  }

  /** try_to_unmap as reclaim calls it: false leaves the page mapped somewhere. */
  public boolean tryToUnmap(Cpu cpu, long p) {
    return tryToUnmap(cpu, p, false);
  }

  /**
   * try_to_unmap: false leaves the page mapped somewhere.
   *
   * @param migration TTU_MIGRATION: young ptes and locked areas do not matter
   */
  public boolean tryToUnmap(Cpu cpu, long p, boolean migration) {
    if (!hooks.mayUnmap(p)) {
      return false;
    }
    boolean goesOn = true;
    for (int nth = 0, index = pteAt(p, 0); goesOn && index >= 0; index = pteAt(p, ++nth)) {
      goesOn = tryToUnmapOne(cpu, p, index, migration);
    }
    return !isMapped(p);
  }

  private boolean tryToUnmapOne(Cpu cpu, long p, int index, boolean migration) {
    table.ptl(index).lock();
    long pte = table.readPte(index);
    boolean maps = PageTable.isOf(pte, p);
    boolean locked = maps && !migration && areas.find(index).locked();
    boolean young = maps && !migration && !locked && (pte & PageTable.YOUNG) != 0;
    boolean unmaps = maps && !locked && !young;
    if (locked) {
      Mlock.lockPage(cpu, lru, p);
    }
    if (young) {
      table.setPte(index, pte & ~PageTable.YOUNG);
    }
    if (unmaps) {
      table.setPte(index, 0);
      if (migration) {
        // reclaim puts it off, with TTU_BATCH_FLUSH
        table.tlb().flush(cpu);
      }
      unmap(cpu, p, pte);
      page.at(Ref.MAP, Site.TRY_TO_UNMAP);
      lru.release().put(cpu, p, Ref.MAP);
    }
    table.ptl(index).unlock();
    return unmaps || !maps;
  }

  /** The pte is gone: its dirt goes to the page. */
  private void unmap(Cpu cpu, long p, long pte) {
    if ((pte & PageTable.DIRTY) != 0) {
      files.setPageDirty(cpu, p);
    }
    table.removeMapcount(cpu, p);
  }

  /**
   * page_mkclean: write-protects the page everywhere and moves the dirt of the ptes to the caller.
   *
   * @param sync whether the page must be written now (WB_SYNC_ALL)
   * @return whether a pte was dirty or writable
   */
  public boolean mkclean(Cpu cpu, long p, boolean sync) {
    if (!isMapped(p) || !hooks.beginMkclean(p, sync)) {
      return false;
    }
    boolean cleaned = false;
    for (int nth = 0, index = pteAt(p, 0); index >= 0; index = pteAt(p, ++nth)) {
      table.ptl(index).lock();
      long pte = table.readPte(index);
      if (PageTable.isOf(pte, p) && (pte & (PageTable.DIRTY | PageTable.WRITE)) != 0) {
        table.changeFlushed(cpu, index, pte & ~(PageTable.DIRTY | PageTable.WRITE));
        cleaned = true;
      }
      table.ptl(index).unlock();
    }
    hooks.endMkclean();
    return cleaned;
  }

  /** unmap_mapping_pages for one page of a file: it is being truncated. */
  public void unmapMapping(Cpu cpu, long p) {
    if (!isMapped(p)) {
      return;
    }
    for (int nth = 0, index = pteAt(p, 0); index >= 0; index = pteAt(p, ++nth)) {
      table.ptl(index).lock();
      long pte = table.readPte(index);
      boolean maps = PageTable.isOf(pte, p);
      if (maps) {
        table.setPte(index, 0);
        unmap(cpu, p, pte);
      }
      table.ptl(index).unlock();
      if (maps) {
        table.tlb().flush(cpu);
        page.at(Ref.MAP, Site.UNMAP_MAPPING_PAGES);
        lru.pagevecs().release(cpu, p, Ref.MAP);
      }
    }
  }
}
