// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.scenario.Conditions.hasFlag;
import static org.gupstress.scenario.Conditions.isCutLoose;
import static org.gupstress.scenario.Conditions.isNewer;
import static org.gupstress.scenario.Programs.activate;
import static org.gupstress.scenario.Programs.charge;
import static org.gupstress.scenario.Programs.complete;
import static org.gupstress.scenario.Programs.deactivate;
import static org.gupstress.scenario.Programs.dirtyUnpin;
import static org.gupstress.scenario.Programs.dirtyUnpinUnlocked;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.dropCache;
import static org.gupstress.scenario.Programs.fault;
import static org.gupstress.scenario.Programs.faultForWriting;
import static org.gupstress.scenario.Programs.fsync;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.gupForWriting;
import static org.gupstress.scenario.Programs.gupWrite;
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
import java.util.function.Predicate;
import org.gupstress.design.Mm;
import org.gupstress.lru.Pagevecs;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.page.PageLayout;
import org.gupstress.scenario.Pairs.Use;
import org.gupstress.vm.PageTable;
import org.gupstress.vm.Vma;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens to page 0 beside its pins, done by the last CPU, and the machine that it
 * needs. Page 0 is block 0 of the file and mapped at pte 0, unless it is anonymous.
 */
final class Disturbance {
  /** What an unconverted driver does. */
  static final String PUTS = "gives its pin back with put_page";

  private static final List<Disturbance> ALL = List.of(
      // other pins
      file("pin", "pins and unpins it", gupFast(0, 0), query(0, 1), unpin(0))
          .that("has two pins", m -> m.pages().live(0) == 2),
      file("use", "pins and dirties it", gupForWriting(0, 0), dirtyUnpin(0))
          .that("has two pins", m -> m.pages().live(0) == 2),
      file("put", "gives its pin back with put_page", gupFast(0, 0), unconvertedPut(0))
          .load(Load.UNCONVERTED_PUTS)
          .that("has two pins", m -> m.pages().live(0) == 2),
      anonymous("head", "pins the head of the huge page of which it is the tail")
          .kind(PageKind.HUGE)
          .boot(mm -> Boot.huge(mm, 0))
          .pte(1)
          .does(gupWrite(0, 0), dirtyUnpinUnlocked(0))
          .that("has two pins", m -> m.pages().live(0) == 2),
      // pagevecs and lists
      file("drain", "drains it to an LRU", drain())
          .throughLists()
          .boot(mm -> Boot.inPagevecOf(mm, mm.cpus() - 1, 0))
          .that("came to an LRU list", m -> hasFlag(m, 0, PageFlag.LRU)),
      file("access", "accesses it", markAccessed(0))
          .boot(mm -> mapped(mm, PageFlag.REFERENCED))
          .that("waits to be activated", m -> isQueued(m, Pagevecs.Kind.ACTIVATE)),
      file("activate", "activates it", activate(0))
          .throughLists()
          .boot(mm -> mapped(mm, PageFlag.REFERENCED))
          .that("is active", m -> hasFlag(m, 0, PageFlag.ACTIVE) && hasFlag(m, 0, PageFlag.LRU)),
      file("deactivate", "deactivates it", deactivate(0))
          .throughLists()
          .boot(Disturbance::dirtyUnmapped)
          .that("was deactivated", m -> hasFlag(m, 0, PageFlag.RECLAIM)),
      file("rotate", "has it rotated when it is written", rotate())
          .throughLists()
          .boot(Disturbance::reclaiming)
          .that("waits to be rotated", m -> isQueued(m, Pagevecs.Kind.ROTATE)),
      file("charge", "charges it to a cgroup", charge(0))
          .load(Load.MEMCG_CHARGES)
          .interruptsOff()
          .that("was charged", m -> word(m, PageLayout.MEM_CGROUP) != 0),
      file("mlock", "mlocks it", mlock(0))
          .throughLists()
          .that("is mlocked", m -> hasFlag(m, 0, PageFlag.MLOCKED) && !hasFlag(m, 0, PageFlag.LRU)),
      file("munlock", "munlocks it", munlock(0))
          .throughLists()
          .boot(Disturbance::mlocked)
          .that("is not mlocked", m -> !hasFlag(m, 0, PageFlag.MLOCKED)),
      // user memory
      file("munmap", "unmaps it", unmap(0))
          .boot(mm -> stored(mm, 0))
          .that("is not mapped", m -> m.mm().pageTable().readPte(0) == 0),
      file("fault", "maps it and writes to it", faultForWriting(0))
          .boot(mm -> Boot.cached(mm, 0, 0))
          .that("is writable", m -> (m.mm().pageTable().readPte(0) & PageTable.WRITE) != 0),
      anonymous("free", "unmaps and frees it, and gets it anew")
          .boot(mm -> {
            Boot.anonymous(mm, 0);
            free(mm, 1);
          })
          .does(unmap(0), fault(1))
          .that("was freed", m -> m.pages().isFree(0)),
      anonymous("split", "splits it")
          .kind(PageKind.HUGE)
          .boot(mm -> Boot.huge(mm, 0))
          .does(split(0))
          .that("was split", m -> !hasFlag(m, 0, PageFlag.HEAD)),
      // the file
      file("write", "writes to its block", write(0))
          .that("is newer than its block", m -> isNewer(m, 0)),
      file("writeback", "writes it back", writeback(0), complete())
          .boot(mm -> Boot.written(mm, 0))
          .that("is being written", m -> hasFlag(m, 0, PageFlag.WRITEBACK)),
      file("fsync", "writes to it and syncs", faultForWriting(0), fsync(0), complete())
          .buffered()
          .that("is being written", m -> hasFlag(m, 0, PageFlag.WRITEBACK)),
      file("read", "reads it in", read(0))
          .boot(mm -> {
            free(mm, 1);
            mm.lru().bootFree(mm.cpu(0), mm.page().address(0));
          })
          .that("is in the cache", m -> !isCutLoose(m, 0)),
      file("invalidate", "invalidates it", invalidate(0))
          .that("left the cache", m -> isCutLoose(m, 0)),
      file("truncate", "truncates its file", truncate(0))
          .that("left the cache", m -> isCutLoose(m, 0)),
      // reclaim
      file("drop-caches", "drops it", dropCache(0))
          .boot(mm -> Boot.cached(mm, 0, 0))
          .that("was freed", m -> m.pages().isFree(0)),
      file("shrink-active", "deactivates it", shrinkActive(1))
          .throughLists()
          .boot(mm -> mapped(mm, PageFlag.ACTIVE))
          .that("is inactive", m -> hasFlag(m, 0, PageFlag.LRU) && !hasFlag(m, 0, PageFlag.ACTIVE)),
      file("shrink", "reclaims it", shrink(1))
          .throughLists()
          .that("was freed", m -> m.pages().isFree(0)),
      file("launder", "writes it back and reclaims it", writeback(0), complete(), shrink(1))
          .boot(mm -> Boot.written(mm, 0))
          .that("was freed", m -> m.pages().isFree(0)),
      file("kswapd", "writes it out", kswapd(1), complete())
          .throughLists()
          .boot(Disturbance::dirtyReclaim)
          .that("is being written", m -> hasFlag(m, 0, PageFlag.WRITEBACK)),
      file("migrate", "moves it", migrate(0, 0))
          .throughLists()
          .boot(mm -> {
            stored(mm, PageFlag.ACTIVE.mask());
            free(mm, 1);
          })
          .that(
              "moved",
              m -> m.mm().addressSpace().holders(m.mm().page().address(1)) == 1
                  && hasFlag(m, 1, PageFlag.ACTIVE)));

  private final String id;
  private final String sentence;
  private final boolean isOfFile;
  private boolean buffered;
  private boolean throughLists;
  private boolean interruptsOff;
  private Load[] load = {};
  private Set<PageKind> kinds = Set.of();
  private int pte;
  private Consumer<Mm> boot = mm -> Boot.mapped(mm, 0);
  private List<Operation> program;
  private @Nullable Sometimes effect;

  private Disturbance(String id, String sentence, boolean isOfFile, Operation... program) {
    this.id = id;
    this.sentence = sentence;
    this.isOfFile = isOfFile;
    this.program = List.of(program);
  }

  static List<Disturbance> all() {
    return ALL;
  }

  /** Of a page of a file that is mapped shared. */
  private static Disturbance file(String id, String sentence, Operation... program) {
    return new Disturbance(id, sentence, true, program);
  }

  private static Disturbance anonymous(String id, String sentence) {
    return new Disturbance(id, sentence, false);
  }

  private Disturbance boot(Consumer<Mm> setUp) {
    boot = setUp;
    return this;
  }

  private Disturbance does(Operation... operations) {
    program = List.of(operations);
    return this;
  }

  private Disturbance kind(PageKind kind) {
    kinds = Set.of(kind);
    return this;
  }

  private Disturbance pte(int user) {
    pte = user;
    return this;
  }

  /** Finds the page on an LRU list or in a pagevec, so it may meet one that is being freed. */
  private Disturbance throughLists() {
    throughLists = true;
    return this;
  }

  private Disturbance interruptsOff() {
    interruptsOff = true;
    return this;
  }

  private Disturbance load(Load... others) {
    load = others;
    return this;
  }

  private Disturbance buffered() {
    buffered = true;
    return this;
  }

  /** What must come of it at least once. */
  private Disturbance that(String happens, Predicate<Moment> condition) {
    effect = new Sometimes("the page " + happens, condition);
    return this;
  }

  /** As scenarios are named. */
  String id() {
    return id;
  }

  /** What the CPU does to the page. */
  String sentence() {
    return sentence;
  }

  boolean isOfFile() {
    return isOfFile;
  }

  /** Whether it is worth trying with this use. */
  boolean meets(Use use) {
    return switch (use) {
      case LAST -> throughLists;
      case INTERRUPT -> !interruptsOff;
      default -> true;
    };
  }

  /** Where the page is mapped by whoever pins it. */
  int pte() {
    return pte;
  }

  List<Operation> program() {
    return program;
  }

  /** Whether it is a driver that gives a pin back with put_page. */
  boolean isUnconverted() {
    return List.of(load).contains(Load.UNCONVERTED_PUTS);
  }

  @Nullable
  Sometimes effect() {
    return effect;
  }

  /** What keeps gup_fast out of a split is not in the model: the flush of other CPUs' TLBs. */
  boolean allowsFastGup() {
    return program.stream()
        .noneMatch(operation -> operation.name().equals(split(0).name()));
  }

  /** The scenario's machine. */
  Spec machine(Spec spec) {
    spec.pages(2).boot(boot).kinds(kinds.toArray(PageKind[]::new)).load(load);
    return isOfFile
        ? spec.space(new Mm.Space(List.of(Vma.shared(0, 1, 0, 0)), 1, 1, 1, buffered, 1))
            .writing()
        : spec;
  }

  // ---- conditions

  private static boolean isQueued(Moment m, Pagevecs.Kind kind) {
    return m.mm()
        .lru()
        .pagevecs()
        .contains(m.mm().cpus() - 1, kind, m.mm().page().address(0));
  }

  private static long word(Moment m, int offset) {
    return m.mm().memory().read64(m.mm().page().address(0) + offset);
  }

  // ---- boot

  private static void mapped(Mm mm, PageFlag flag) {
    Boot.cached(mm, 0, flag.mask());
    mm.pageTable().bootMap(0, mm.page().address(0));
  }

  private static void mlocked(Mm mm) {
    Boot.cached(mm, 0, PageFlag.MLOCKED.mask() | PageFlag.UNEVICTABLE.mask());
    mm.pageTable().bootMap(0, mm.page().address(0));
  }

  /** Its process has written to it, and only the pte knows. */
  private static void stored(Mm mm, long flags) {
    long page = mm.page().address(0);
    Boot.cached(mm, 0, flags);
    mm.pageTable().bootMap(0, page, PageTable.WRITE | PageTable.DIRTY);
    mm.dma(page);
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
    mm.writeback().writePage(mm.cpu(0), 0, 0, false);
    mm.page().set(mm.page().address(0), PageFlag.RECLAIM);
  }

  /** A page that the last CPU can get. */
  private static void free(Mm mm, int number) {
    mm.lru().bootFree(mm.cpu(mm.cpus() - 1), mm.page().address(number));
  }
}
