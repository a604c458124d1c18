// SPDX-License-Identifier: Apache-2.0
package org.gupstress.reclaim;

import org.gupstress.fs.PageCache;
import org.gupstress.lru.Isolation;
import org.gupstress.lru.ListHead;
import org.gupstress.lru.Lru;
import org.gupstress.lru.Node;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.View;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.vm.Rmap;
import org.jspecify.annotations.Nullable;

/**
 * Compaction of one page: isolate_migratepages_block (mm/compaction.c) and unmap_and_move
 * (mm/migrate.c), Linux 4.19, asynchronous and in one pass.
 *
 * <p>The page goes from its LRU to a private list. It moves if nobody holds it but the cache, its
 * buffers and the migration: a pin keeps it where it is. A page that cannot be isolated does not
 * move at all.
 *
 * <p>Leaves out: migration entries. The ptes are left empty, and a fault finds the new page in the
 * cache; so an anonymous page, which no fault would find, is isolated and put back.
 */
public final class Migration {
  private final Memory memory;
  private final Lru lru;
  private final Page page;
  private final ListHead list;
  private final Node node;
  private final Rmap rmap;
  private final PageCache cache;
  private final long[] migratepages;

  public Migration(Memory memory, Arena arena, Lru lru, Rmap rmap, PageCache cache) {
    this.memory = memory;
    this.lru = lru;
    this.page = lru.page();
    this.list = lru.list();
    this.node = lru.node();
    this.rmap = rmap;
    this.cache = cache;
    PrivateLists.beginFrame(arena);
    this.migratepages = PrivateLists.heads(arena, "migratepages");
  }

  /** Moves the page to a new one; whether it moved. */
  public boolean migrate(Cpu cpu, long p) {
    return move(cpu, p, null) != 0;
  }

  /** Moves the page; the new one with a reference for the caller, or 0 if it did not move. */
  public long migrateAndGet(Cpu cpu, long p, Ref reason) {
    return move(cpu, p, reason);
  }

  private long move(Cpu cpu, long p, @Nullable Ref kept) {
    // migrate_prep_local
    lru.pagevecs().drain(cpu);
    list.init(migratepages[cpu.slot()]);
    page.at(Ref.ISO, Site.MIGRATE_PAGES);
    if (!isolate(cpu, p)) {
      return 0;
    }
    long to = lru.allocator().alloc(cpu);
    boolean moved = to != 0 && unmapAndMove(cpu, p, to);
    list.del(p + PageLayout.LRU);
    node.addIsolated(isFile(p), -1);
    if (moved) {
      if (kept != null) {
        page.get(to, kept);
      }
      lru.isolation().putbackLruPage(cpu, to);
      lru.release().put(cpu, p, Ref.ISO);
      return to;
    }
    lru.isolation().putbackLruPage(cpu, p);
    if (to != 0) {
      lru.release().put(cpu, to, Ref.ISO);
    }
    return 0;
  }

  private boolean isFile(long p) {
    return !page.test(p, PageFlag.SWAPBACKED);
  }

  /** isolate_migratepages_block of one page. */
  private boolean isolate(Cpu cpu, long p) {
    if (!page.testRacy(p, PageFlag.LRU) || isAnonymousAndHeld(p)) {
      return false;
    }
    long flags = node.lruLock().lockIrqsave(cpu);
    boolean isolated = lru.isolation().isolateForMigration(p) == Isolation.Result.ISOLATED;
    if (isolated) {
      lru.lruvec().del(p, lru.lruvec().listOf(p));
      node.addIsolated(isFile(p), 1);
      list.add(p + PageLayout.LRU, migratepages[cpu.slot()]);
    }
    node.lruLock().unlockIrqrestore(cpu, flags);
    return isolated;
  }

  /**
   * page_count > page_mapcount of an anonymous page: migrating it would fail. As the test before
   * it, this is a look at a page that was found by its number.
   */
  private boolean isAnonymousAndHeld(long p) {
    long mapping = memory.through(View.RACY).read64(p + PageLayout.MAPPING);
    return (mapping & PageLayout.PAGE_MAPPING_ANON) != 0
        && memory.readOnce32(p + PageLayout.REFCOUNT)
            > memory.through(View.RACY).readOnce32(p + PageLayout.MAPCOUNT) + 1;
  }

  private boolean unmapAndMove(Cpu cpu, long p, long to) {
    page.rename(to, Ref.ALLOC, Ref.ISO);
    if (!page.trylock(p)) {
      return false;
    }
    boolean moved = false;
    if (!page.test(p, PageFlag.WRITEBACK) && isFileMapping(p)) {
      page.trylock(to);
      moved = (!rmap.isMapped(p) || rmap.tryToUnmap(cpu, p, true)) && moveToNewPage(cpu, p, to);
      page.unlock(to);
    }
    page.unlock(p);
    return moved;
  }

  private boolean isFileMapping(long p) {
    long mapping = memory.read64(p + PageLayout.MAPPING);
    return mapping != 0 && (mapping & PageLayout.PAGE_MAPPING_ANON) == 0;
  }

  /** move_to_new_page with buffer_migrate_page; both pages are locked. */
  private boolean moveToNewPage(Cpu cpu, long p, long to) {
    boolean buffers = page.test(p, PageFlag.PRIVATE);
    if (!cache.migratePageMoveMapping(cpu, p, to, buffers)) {
      return false;
    }
    if (buffers) {
      page.clear(p, PageFlag.PRIVATE);
      lru.release().put(cpu, p, Ref.PRIV);
      page.get(to, Ref.PRIV);
      page.set(to, PageFlag.PRIVATE);
    }
    memory.write32(page.content(to), memory.read32(page.content(p)));
    migratePageStates(cpu, p, to);
    memory.write64(p + PageLayout.MAPPING, 0);
    return true;
  }

  private void migratePageStates(Cpu cpu, long p, long to) {
    copy(p, to, PageFlag.REFERENCED);
    copy(p, to, PageFlag.UPTODATE);
    if (page.testAndClear(p, PageFlag.ACTIVE)) {
      page.set(to, PageFlag.ACTIVE);
    } else if (page.testAndClear(p, PageFlag.UNEVICTABLE)) {
      page.set(to, PageFlag.UNEVICTABLE);
    }
    // mlock_migrate_page
    if (page.testAndClear(p, PageFlag.MLOCKED)) {
      page.set(to, PageFlag.MLOCKED);
    }
    lru.hooks().afterCopy(cpu, p, to);
  }

  private void copy(long p, long to, PageFlag flag) {
    if (page.test(p, flag)) {
      page.set(to, flag);
    }
  }
}
