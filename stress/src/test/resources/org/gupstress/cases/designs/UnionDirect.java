// SPDX-License-Identifier: Apache-2.0
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Node;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.View;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;

/** The union under lru_lock, with every counter told. */
public final class UnionDirect implements PinDesign {
  private static final long PINNED = 0x2;
  public String id() { return "union-direct"; }
  public String summary() { return "flag and count over lru under lru_lock; pinned pages count as isolated"; }
  public long discriminators() { return PINNED; }
  public boolean countsInUnion() { return true; }
  public boolean drainsOtherCpus() { return true; }
  private static Memory view(Mm mm) { return mm.memory().through(View.PIN); }
  private static long word(long page) { return page + PageLayout.DMA_PINNED_FLAGS; }
  private static long count(long page) { return page + PageLayout.DMA_PINNED_COUNT; }
  private static boolean isFile(Mm mm, long page) { return !mm.page().test(page, PageFlag.SWAPBACKED); }

  public boolean pin(Mm mm, Cpu cpu, long page) {
    if (tryPin(mm, cpu, page)) return true;
    mm.lru().pagevecs().drain(cpu);
    if (tryPin(mm, cpu, page)) return true;
    mm.lru().pagevecs().drainAll(cpu);
    return tryPin(mm, cpu, page);
  }
  private static boolean tryPin(Mm mm, Cpu cpu, long page) {
    Node node = mm.lru().node();
    Page pages = mm.page();
    boolean pinned = true;
    long irqs = node.lruLock().lockIrqsave(cpu);
    if (view(mm).readBits64(word(page), PINNED) != 0) {
      view(mm).add32(count(page), 1);
    } else {
      long flags = pages.flags(page, PageFlag.LRU.mask() | LruList.DECIDING);
      pinned = (flags & PageFlag.LRU.mask()) != 0;
      if (pinned) {
        pages.getHead(page, Ref.ISO);
        pages.clear(page, PageFlag.LRU);
        mm.lru().pagevecs().delFromLru(page, LruList.of(flags));
        node.addIsolated(isFile(mm, page), pages.hpageNrPages(page));
        view(mm).writeOnce32(count(page), 1);
        view(mm).writeOnce64(word(page), PINNED);
      }
    }
    node.lruLock().unlockIrqrestore(cpu, irqs);
    return pinned;
  }
  public void unpin(Mm mm, Cpu cpu, long page) {
    if (!view(mm).addUnless32(count(page), -1, 1)) last(mm, cpu, page);
    mm.lru().release().put(cpu, page, Ref.GUP);
  }
  private static void last(Mm mm, Cpu cpu, long page) {
    Node node = mm.lru().node();
    long irqs = node.lruLock().lockIrqsave(cpu);
    boolean last = view(mm).subAndTest32(count(page), 1);
    if (last) {
      view(mm).writeOnce64(word(page), 0);
      relink(mm, page);
      node.addIsolated(isFile(mm, page), -mm.page().hpageNrPages(page));
    }
    node.lruLock().unlockIrqrestore(cpu, irqs);
    if (last) mm.lru().release().put(cpu, page, Ref.ISO);
  }
  private static void relink(Mm mm, long page) {
    Page pages = mm.page();
    pages.set(page, PageFlag.LRU);
    mm.memory().mb();
    if (pages.test(page, PageFlag.MLOCKED)) {
      pages.clear(page, PageFlag.ACTIVE);
      pages.set(page, PageFlag.UNEVICTABLE);
    } else {
      pages.clear(page, PageFlag.UNEVICTABLE);
    }
    mm.lru().pagevecs().addToLru(page, LruList.of(pages.flags(page, LruList.DECIDING)));
  }
  public boolean isPinned(Mm mm, long page) { return view(mm).readBits64(word(page), PINNED) != 0; }
  public int pinCount(Mm mm, long page) { return isPinned(mm, page) ? view(mm).readOnce32(count(page)) : 0; }
}
