// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.scenario.Programs.activate;
import static org.gupstress.scenario.Programs.charge;
import static org.gupstress.scenario.Programs.complete;
import static org.gupstress.scenario.Programs.deactivate;
import static org.gupstress.scenario.Programs.dirtyUnpin;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.dropCache;
import static org.gupstress.scenario.Programs.fault;
import static org.gupstress.scenario.Programs.faultForWriting;
import static org.gupstress.scenario.Programs.fsync;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.gupForWriting;
import static org.gupstress.scenario.Programs.invalidate;
import static org.gupstress.scenario.Programs.kswapd;
import static org.gupstress.scenario.Programs.markAccessed;
import static org.gupstress.scenario.Programs.migrate;
import static org.gupstress.scenario.Programs.mlock;
import static org.gupstress.scenario.Programs.munlock;
import static org.gupstress.scenario.Programs.query;
import static org.gupstress.scenario.Programs.read;
import static org.gupstress.scenario.Programs.rotate;
import static org.gupstress.scenario.Programs.shrink;
import static org.gupstress.scenario.Programs.shrinkActive;
import static org.gupstress.scenario.Programs.split;
import static org.gupstress.scenario.Programs.truncate;
import static org.gupstress.scenario.Programs.unconvertedPut;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.write;
import static org.gupstress.scenario.Programs.writeback;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.gupstress.design.Mm;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.vm.Vma;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens to page 0 beside its pins, and the machine that it needs. Page 0 is block
 * 0 of the file, and mapped at pte 0, unless it is anonymous.
 *
 * @param id as scenarios are named
 * @param sentence what the CPU does
 * @param pages how many pages there are
 * @param space files and areas; null is one private mapping
 * @param kinds which pages there are beside page cache and anonymous ones
 * @param boot the state in which it begins
 * @param program what the CPU runs
 */
record Disturbance(
    String id,
    String sentence,
    int pages,
    Mm.@Nullable Space space,
    Set<PageKind> kinds,
    Consumer<Mm> boot,
    List<Operation> program) {

  private static final List<Disturbance> ALL = List.of(
      // pagevecs
      file("drain", "drains it to an LRU", mm -> Boot.inPagevecOf(mm, 1, 0), drain()),
      file("read", "reads it in", Disturbance::notCached, 2, read(0)),
      file("access", "accesses it", mm -> mapped(mm, PageFlag.REFERENCED), markAccessed(0)),
      file("activate", "activates it", mm -> mapped(mm, PageFlag.REFERENCED), activate(0)),
      file("deactivate", "deactivates it", Disturbance::dirtyUnmapped, deactivate(0)),
      file("rotate", "has it rotated when it is written", Disturbance::reclaiming, rotate()),
      // reclaim
      file("shrink", "reclaims it", mm -> Boot.mapped(mm, 0), shrink(1)),
      file("kswapd", "writes it out", Disturbance::dirtyReclaim, kswapd(1), complete()),
      file("shrink-active", "deactivates it", mm -> mapped(mm, PageFlag.ACTIVE), shrinkActive(1)),
      file("drop-caches", "drops it", Disturbance::unmapped, dropCache(0)),
      file("migrate", "moves it", Disturbance::mappedWithRoom, 2, migrate(0, 0)),
      // the file
      file("truncate", "truncates its file", mm -> Boot.mapped(mm, 0), truncate(0)),
      file("invalidate", "invalidates it", mm -> Boot.mapped(mm, 0), invalidate(0)),
      file("writeback", "writes it back", mm -> Boot.written(mm, 0), writeback(0), complete()),
      file("fsync", "syncs its file", mm -> Boot.written(mm, 0), fsync(0), complete()),
      file("write", "writes to its block", mm -> Boot.mapped(mm, 0), write(0)),
      // user memory
      file("munmap", "unmaps it", mm -> Boot.mapped(mm, 0), unmap(0)),
      file("fault", "makes it writable", mm -> Boot.mapped(mm, 0), faultForWriting(0)),
      file("mlock", "mlocks it", mm -> Boot.mapped(mm, 0), mlock(0)),
      file("munlock", "munlocks it", Disturbance::mlocked, munlock(0)),
      file("charge", "charges it to a cgroup", mm -> Boot.mapped(mm, 0), charge(0)),
      file(
          "pin",
          "pins and unpins it",
          mm -> Boot.mapped(mm, 0),
          gupFast(0, 0),
          query(0, 1),
          unpin(0)),
      file(
          "use",
          "pins and dirties it",
          mm -> Boot.mapped(mm, 0),
          gupForWriting(0, 0),
          dirtyUnpin(0)),
      file(
          "put",
          "gives its pin back with put_page",
          mm -> Boot.mapped(mm, 0),
          gupFast(0, 0),
          unconvertedPut(0)),
      new Disturbance(
          "free",
          "unmaps and frees it, and gets it anew",
          2,
          null,
          Set.of(),
          Disturbance::anonymousWithRoom,
          List.of(unmap(0), fault(1))),
      new Disturbance(
          "split",
          "splits it",
          2,
          null,
          Set.of(PageKind.HUGE),
          mm -> Boot.huge(mm, 0),
          List.of(split(0))));

  static List<Disturbance> all() {
    return ALL;
  }

  private static Disturbance file(
      String id, String sentence, Consumer<Mm> boot, Operation... program) {
    return file(id, sentence, boot, 1, program);
  }

  /** One block of a file without buffers, mapped shared. */
  private static Disturbance file(
      String id, String sentence, Consumer<Mm> boot, int pages, Operation... program) {
    Mm.Space space = new Mm.Space(List.of(Vma.shared(0, 1, 0, 0)), 1, 1, 1, false, 1);
    return new Disturbance(id, sentence, pages, space, Set.of(), boot, List.of(program));
  }

  /** What keeps gup_fast out of a split is not in the model: the flush of other CPUs' TLBs. */
  boolean allowsFastGup() {
    return !kinds.contains(PageKind.HUGE);
  }

  // ---- boot

  private static void mapped(Mm mm, PageFlag flag) {
    Boot.cached(mm, 0, flag.mask());
    mm.pageTable().bootMap(0, mm.page().address(0));
  }

  private static void unmapped(Mm mm) {
    Boot.cached(mm, 0, 0);
  }

  private static void mlocked(Mm mm) {
    Boot.cached(mm, 0, PageFlag.MLOCKED.mask() | PageFlag.UNEVICTABLE.mask());
    mm.pageTable().bootMap(0, mm.page().address(0));
  }

  private static void dirtyUnmapped(Mm mm) {
    Boot.cached(mm, 0, 0);
    mm.pageCache().setPageDirty(mm.cpu(0), mm.page().address(0));
  }

  private static void dirtyReclaim(Mm mm) {
    dirtyUnmapped(mm);
    mm.page().set(mm.page().address(0), PageFlag.RECLAIM);
  }

  /** Under writeback, and reclaim waits for it. */
  private static void reclaiming(Mm mm) {
    Boot.written(mm, 0);
    mm.writeback().writePage(mm.cpu(1), 0, 0, false);
    mm.page().set(mm.page().address(0), PageFlag.RECLAIM);
  }

  private static void mappedWithRoom(Mm mm) {
    Boot.mapped(mm, 0);
    mm.lru().bootFree(mm.cpu(1), mm.page().address(1));
  }

  private static void anonymousWithRoom(Mm mm) {
    Boot.anonymous(mm, 0);
    mm.lru().bootFree(mm.cpu(1), mm.page().address(1));
  }

  /** Either CPU can read it in. */
  private static void notCached(Mm mm) {
    mm.lru().bootFree(mm.cpu(0), mm.page().address(0));
    mm.lru().bootFree(mm.cpu(1), mm.page().address(1));
  }
}
