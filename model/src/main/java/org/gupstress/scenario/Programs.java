// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.scenario.Operation.Kind.PIN;
import static org.gupstress.scenario.Operation.Kind.SCENERY;

import java.util.stream.IntStream;
import org.gupstress.design.Mm;
import org.gupstress.gup.GupFlags;
import org.gupstress.lru.LruList;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Note;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.reclaim.Reclaimer;

/**
 * The operations of which programs are made. Pages are numbered like their ptes and cache slots.
 */
public final class Programs {
  private Programs() {}

  /** get_page and pin of a page the caller knows. */
  public static Operation pin(int page, int register) {
    return new Operation(
            "pin page" + page,
            SCENERY,
            (mm, cpu) -> mm.gup().pinPage(cpu, mm.page().address(page), register))
        .writing(register);
  }

  /** get_user_pages. */
  public static Operation gup(int pte, int register) {
    return new Operation("gup", PIN, (mm, cpu) -> mm.gup().getUserPages(cpu, pte, register))
        .writing(register);
  }

  /** get_user_pages_fast. */
  public static Operation gupFast(int pte, int register) {
    return new Operation(
            "gup_fast", PIN, (mm, cpu) -> mm.gup().getUserPagesFast(cpu, pte, register))
        .writing(register);
  }

  /** get_user_pages_fast with FOLL_WRITE. */
  public static Operation gupWrite(int pte, int register) {
    return new Operation(
            "gup_fast", PIN, (mm, cpu) -> mm.gup().getUserPagesFast(cpu, pte, register, true))
        .writing(register);
  }

  /** get_user_pages with FOLL_WRITE. */
  public static Operation gupForWriting(int pte, int register) {
    return new Operation("gup", PIN, (mm, cpu) -> mm.gup().getUserPages(cpu, pte, register, true))
        .writing(register);
  }

  /** get_user_pages with FOLL flags. */
  public static Operation gup(int pte, int register, GupFlags flags) {
    return new Operation("gup", PIN, (mm, cpu) -> mm.gup().getUserPages(cpu, pte, register, flags))
        .writing(register);
  }

  /** get_user_pages_fast with FOLL flags. */
  public static Operation gupFast(int pte, int register, GupFlags flags) {
    return new Operation(
            "gup_fast", PIN, (mm, cpu) -> mm.gup().getUserPagesFast(cpu, pte, register, flags))
        .writing(register);
  }

  /**
   * get_user_pages_fast of several pages, to as many registers. It ends with the first page that
   * cannot be got: registers behind it are 0, and the pins before it are the caller's to give back.
   */
  public static Operation gupPages(int pte, int pages, int register) {
    return new Operation("gup_fast", PIN, (mm, cpu) -> {
          boolean got = true;
          for (int i = 0; i < pages; i++) {
            if (got) {
              mm.gup().getUserPagesFast(cpu, pte + i, register + i);
              got = cpu.register(register + i) != 0;
            } else {
              cpu.setRegister(register + i, 0);
            }
          }
        })
        .writing(IntStream.range(register, register + pages).toArray());
  }

  /** release_pages: put_user_page of all pages that these registers hold. */
  public static Operation unpinPages(int register, int pages) {
    return givingBack("unpin", new GiveBack(register, pages, false, Programs::unpin));
  }

  /** get_page of a page that something keeps; a plain reference, for {@link #put} to give back. */
  public static Operation get(int page, int register) {
    return new Operation("get_page", (mm, cpu) -> {
          mm.page().get(mm.page().address(page), Ref.LOOKUP);
          cpu.setRegister(register, mm.page().address(page));
        })
        .writing(register);
  }

  /**
   * put_page of the plain reference that {@link #get} left in the register. A second one, with
   * nothing in between that writes the register, is performed.
   */
  public static Operation put(int register) {
    GiveBack put = new GiveBack(
        register, 1, false, (mm, cpu, page, r) -> mm.lru().release().put(cpu, page, Ref.LOOKUP));
    return new Operation("put_page", put).writing(register);
  }

  /** page_maybe_dma_pinned of the page that the register holds; another keeps the answer. */
  public static Operation query(int register, int answer) {
    return new Operation("page_maybe_dma_pinned", PIN, (mm, cpu) -> {
          long page = cpu.register(register);
          if (page != 0) {
            cpu.setRegister(answer, mm.isPinned(page) ? 1 : 0);
          }
        })
        .writing(answer);
  }

  /** page_maybe_dma_pinned of a page that the caller has by other means; a register: the answer. */
  public static Operation ask(int page, int answer) {
    return new Operation(
            "page_maybe_dma_pinned",
            PIN,
            (mm, cpu) -> cpu.setRegister(answer, mm.isPinned(mm.page().address(page)) ? 1 : 0))
        .writing(answer);
  }

  /**
   * put_user_page of whatever the register holds. A second one, with nothing in between that writes
   * the register, is performed: a driver gives its pin back twice.
   */
  public static Operation unpin(int register) {
    return givingBack("unpin", new GiveBack(register, 1, false, Programs::unpin));
  }

  /**
   * put_user_page of whatever the register holds, which stays there: a driver that forgets to
   * forget, or whose device has the address still.
   */
  public static Operation unpinKeeping(int register) {
    return new Operation("unpin", PIN, new GiveBack(register, 1, true, Programs::unpin)).writing();
  }

  private static Operation givingBack(String name, GiveBack body) {
    return new Operation(name, PIN, body)
        .writing(IntStream.range(body.first(), body.first() + body.registers()).toArray());
  }

  private static void unpin(Mm mm, Cpu cpu, long page, int register) {
    mm.memory().note(Note.PIN_RELEASE, page, register);
    mm.unpin(cpu, page);
  }

  /** An interrupt may have given it back meanwhile. */
  private static void unpinIfHeld(Mm mm, Cpu cpu, int register) {
    long page = cpu.register(register);
    if (page != 0) {
      unpin(mm, cpu, page, register);
    }
  }

  /** put_user_pages_dirty_lock: a page that is dirty already is not dirtied again. */
  public static Operation dirtyUnpin(int register) {
    return givingBack(
        "put_user_pages_dirty_lock", new GiveBack(register, 1, false, (mm, cpu, page, r) -> {
          if (!mm.page().test(page, PageFlag.DIRTY)) {
            mm.pageCache().setPageDirtyLock(cpu, page);
          }
          unpinIfHeld(mm, cpu, r);
        }));
  }

  /** put_user_pages_dirty, whose caller does not lock the page. */
  public static Operation dirtyUnpinUnlocked(int register) {
    return givingBack(
        "put_user_pages_dirty", new GiveBack(register, 1, false, (mm, cpu, page, r) -> {
          if (!mm.page().test(page, PageFlag.DIRTY)) {
            mm.pageCache().setPageDirty(cpu, page);
          }
          unpinIfHeld(mm, cpu, r);
        }));
  }

  /** The device writes to the page that the register holds. */
  public static Operation dma(int register) {
    return new Operation("dma", SCENERY, (mm, cpu) -> {
          long page = cpu.register(register);
          if (page != 0) {
            mm.dma(page, register);
          }
        })
        .writing();
  }

  /** The flusher on one block. */
  public static Operation writeback(int block) {
    return new Operation("writeback", (mm, cpu) -> mm.writeback().writePage(cpu, 0, block, false))
        .writing();
  }

  /** The flusher on two blocks, one after the other; the register says whether the second went. */
  public static Operation flush(int block, int second, int register) {
    return new Operation("writeback", (mm, cpu) -> {
          mm.writeback().writePage(cpu, 0, block, false);
          cpu.setRegister(register, mm.writeback().writePage(cpu, 0, second, false) ? 1 : 2);
        })
        .writing(register);
  }

  /** fsync of one block: WB_SYNC_ALL. */
  public static Operation fsync(int block) {
    return new Operation("fsync", (mm, cpu) -> mm.writeback().writePage(cpu, 0, block, true))
        .writing();
  }

  /** The block device writes the next page of its queue and interrupts. */
  public static Operation complete() {
    return new Operation("end_io", (mm, cpu) -> mm.writeback().complete(cpu)).writing();
  }

  /**
   * The same on a CPU of its own, or as an interrupt: whenever the queue has a page, whoever else
   * waits for what, and not where nothing was submitted.
   */
  public static Operation completion() {
    return complete().when(mm -> mm.writeback().queue().length() > 0);
  }

  /** A read of one block. */
  public static Operation read(int block) {
    return new Operation("read", (mm, cpu) -> mm.pageCache().read(cpu, 0, block)).writing();
  }

  /** truncate of one block. */
  public static Operation truncate(int block) {
    return new Operation(
            "truncate", (mm, cpu) -> mm.truncate().truncateInodePages(cpu, 0, block, block + 1))
        .writing();
  }

  /** invalidate_inode_pages2 of one block, as direct I/O does. */
  public static Operation invalidate(int block) {
    return new Operation(
            "invalidate", (mm, cpu) -> mm.truncate().invalidateInodePage2(cpu, 0, block))
        .writing();
  }

  /** invalidate_mapping_pages of one block, as drop_caches does. */
  public static Operation dropCache(int block) {
    return new Operation(
            "drop_caches", (mm, cpu) -> mm.truncate().invalidateMappingPage(cpu, 0, block))
        .writing();
  }

  /** drop_caches of a page that it cannot drop: lru_deactivate_file_fn. */
  public static Operation deactivate(int block) {
    return thenDrain("deactivate", dropCache(block));
  }

  /** The second access of a block: __activate_page. */
  public static Operation activate(int block) {
    return thenDrain("activate", read(block));
  }

  /** end_io of a page that reclaim waits for: pagevec_move_tail_fn. */
  public static Operation rotate() {
    return thenDrain("rotate", complete());
  }

  private static Operation thenDrain(String name, Operation queues) {
    return new Operation(name, (mm, cpu) -> {
          queues.body().run(mm, cpu);
          mm.lru().pagevecs().drain(cpu);
        })
        .writing();
  }

  /** A write of one block. */
  public static Operation write(int block) {
    return new Operation("write", (mm, cpu) -> mm.pageCache().write(cpu, 0, block)).writing();
  }

  /** A page fault of the process on memory that it may write to. */
  public static Operation faultForWriting(int pte) {
    return new Operation("write fault", (mm, cpu) -> mm.faults().handle(cpu, pte, true)).writing();
  }

  /** Compaction of a page that is found by its number. */
  public static Operation migratePage(int page) {
    return new Operation(
            "migrate", (mm, cpu) -> mm.migration().migrate(cpu, mm.page().address(page)))
        .writing();
  }

  /** munlock of one page. */
  public static Operation munlock(int pte) {
    return new Operation("munlock", (mm, cpu) -> mm.mlock().munlock(cpu, pte)).writing();
  }

  /** Truncation of a DAX file, up to the point where the page must be idle: break_layouts. */
  public static Operation breakLayouts(int page) {
    return new Operation(
            "break_layouts",
            (mm, cpu) -> mm.lru().devices().waitUntilIdle(mm.page().address(page)))
        .writing();
  }

  /** mlock of one page. */
  public static Operation mlock(int pte) {
    return new Operation("mlock", (mm, cpu) -> mm.mlock().mlock(cpu, pte)).writing();
  }

  /** Compaction of the page of a block; the register says whether it moved. */
  public static Operation migrate(int block, int register) {
    return new Operation("migrate", (mm, cpu) -> {
          long page = mm.addressSpace().pageAt(block);
          cpu.setRegister(register, page != 0 && mm.migration().migrate(cpu, page) ? 1 : 0);
        })
        .writing(register);
  }

  /** shrink_inactive_list of the file LRU by kswapd. */
  public static Operation kswapd(int pages) {
    return new Operation(
            "kswapd",
            (mm, cpu) ->
                mm.reclaim().inactive().shrink(cpu, LruList.INACTIVE_FILE, pages, Reclaimer.KSWAPD))
        .writing();
  }

  /** balance_pgdat: kswapd as it is woken where memory runs short. */
  public static Operation balance() {
    return new Operation("balance_pgdat", (mm, cpu) -> mm.reclaim().balancePgdat(cpu)).writing();
  }

  /** shrink_active_list of the file LRU. */
  public static Operation shrinkActive(int pages) {
    return new Operation(
            "shrink_active",
            (mm, cpu) -> mm.reclaim().active().shrink(cpu, LruList.ACTIVE_FILE, pages))
        .writing();
  }

  /** shrink_active_list of anonymous pages. */
  public static Operation age(int pages) {
    return new Operation(
            "shrink_active",
            (mm, cpu) -> mm.reclaim().active().shrink(cpu, LruList.ACTIVE_ANON, pages))
        .writing();
  }

  /** shrink_inactive_list of anonymous pages. */
  public static Operation scan(int pages) {
    return new Operation(
            "shrink",
            (mm, cpu) -> mm.reclaim().shrinkInactiveList(cpu, LruList.INACTIVE_ANON, pages))
        .writing();
  }

  /** put_page by a caller that was not converted; the register keeps the page. */
  public static Operation unconvertedPut(int register) {
    return new Operation("put_page", PIN, (mm, cpu) -> mm.gup().putPageUnconverted(cpu, register))
        .writing();
  }

  /** put_user_page of a page whose reference is gone already. */
  public static Operation lateUnpin(int register) {
    return new Operation("late unpin", SCENERY, (mm, cpu) -> {
          long page = cpu.register(register);
          if (page != 0) {
            mm.memory().note(Note.LATE_UNPIN, page, register);
            mm.design().unpin(mm, cpu, page);
            cpu.setRegister(register, 0);
          }
        })
        .writing(register);
  }

  /** The work item of the design, as a kworker runs it; nothing for a design that has none. */
  public static Operation work() {
    return new Operation("work", (mm, cpu) -> mm.design().work(mm, cpu)).writing();
  }

  /** lru_add_drain_all. */
  public static Operation drainAll() {
    return new Operation("drain_all", (mm, cpu) -> mm.lru().pagevecs().drainAll(cpu)).writing();
  }

  /** lru_add_drain. */
  public static Operation drain() {
    return new Operation("drain", (mm, cpu) -> mm.lru().pagevecs().drain(cpu)).writing();
  }

  /** munmap or exit. */
  public static Operation unmap(int pte) {
    return new Operation("unmap", (mm, cpu) -> mm.faults().unmap(cpu, pte)).writing();
  }

  /** shrink_inactive_list of the file LRU. */
  public static Operation shrink(int pages) {
    return new Operation(
            "shrink",
            (mm, cpu) -> mm.reclaim().shrinkInactiveList(cpu, LruList.INACTIVE_FILE, pages))
        .writing();
  }

  /** mark_page_accessed. */
  public static Operation markAccessed(int page) {
    return new Operation(
            "mark_page_accessed",
            (mm, cpu) -> mm.lru().aging().markPageAccessed(cpu, mm.page().address(page)))
        .writing();
  }

  /** A page fault on anonymous memory. */
  public static Operation fault(int pte) {
    return new Operation("fault", (mm, cpu) -> mm.faults().anonymous(cpu, pte)).writing();
  }

  /** A page fault on memory of the hugetlb pool. */
  public static Operation faultHuge(int pte) {
    return new Operation("fault huge", (mm, cpu) -> mm.faults().hugetlb(pte)).writing();
  }

  /** split_huge_page of what the pte maps. */
  public static Operation split(int pte) {
    return new Operation("split", (mm, cpu) -> mm.hugeSplit().splitMapped(cpu, pte)).writing();
  }

  /** put_user_page and then split_huge_page, within one system call. */
  public static Operation unpinAndSplit(int register, int pte) {
    return new Operation("unpin and split", SCENERY, (mm, cpu) -> {
          unpin(register).body().run(mm, cpu);
          split(pte).body().run(mm, cpu);
        })
        .writing(register);
  }

  /** commit_charge of a page that may be on an LRU. */
  public static Operation charge(int page) {
    return new Operation(
            "charge", (mm, cpu) -> mm.lru().memcg().commitCharge(cpu, mm.page().address(page)))
        .writing();
  }

  /** What is tried, as trylock_page is; whether it succeeded. */
  @FunctionalInterface
  public interface Attempt {
    boolean run(Mm mm, Cpu cpu);
  }

  /**
   * A loop that tries something at most so often; the register says whether it succeeded, as 1 or
   * 0. Nothing is said about fairness: that the other CPU does not run between two attempts is an
   * interleaving too, so what follows must be right where all of them fail. Who may only go on when
   * something has happened waits for it, by {@code Memory.waitUntil64} or by taking the lock.
   */
  public static Operation retry(String name, int times, int register, Attempt attempt) {
    return new Operation(name, (mm, cpu) -> {
      boolean done = false;
      for (int i = 0; i < times && !done; i++) {
        done = attempt.run(mm, cpu);
      }
      cpu.setRegister(register, done ? 1 : 0);
    });
  }

  /** Lets a CPU go on that waits for this one. */
  public static Operation signal() {
    return new Operation("signal", SCENERY, (mm, cpu) -> mm.memory().write64(mm.signalWord(), 1))
        .writing();
  }

  public static Operation waitForSignal() {
    return new Operation(
            "wait", SCENERY, (mm, cpu) -> mm.memory().waitUntil64(mm.signalWord(), 1, 1))
        .writing();
  }
}
