// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.scenario.Conditions.hasFlag;
import static org.gupstress.scenario.Conditions.isCutLoose;
import static org.gupstress.scenario.Conditions.isNewer;
import static org.gupstress.scenario.Conditions.isOnPrivateList;
import static org.gupstress.scenario.Conditions.register;
import static org.gupstress.scenario.Programs.activate;
import static org.gupstress.scenario.Programs.age;
import static org.gupstress.scenario.Programs.balance;
import static org.gupstress.scenario.Programs.breakLayouts;
import static org.gupstress.scenario.Programs.charge;
import static org.gupstress.scenario.Programs.complete;
import static org.gupstress.scenario.Programs.completion;
import static org.gupstress.scenario.Programs.deactivate;
import static org.gupstress.scenario.Programs.dirtyUnpin;
import static org.gupstress.scenario.Programs.dirtyUnpinUnlocked;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.dropCache;
import static org.gupstress.scenario.Programs.fault;
import static org.gupstress.scenario.Programs.faultForWriting;
import static org.gupstress.scenario.Programs.faultHuge;
import static org.gupstress.scenario.Programs.flush;
import static org.gupstress.scenario.Programs.fsync;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.gupForWriting;
import static org.gupstress.scenario.Programs.gupWrite;
import static org.gupstress.scenario.Programs.invalidate;
import static org.gupstress.scenario.Programs.kswapd;
import static org.gupstress.scenario.Programs.markAccessed;
import static org.gupstress.scenario.Programs.migrate;
import static org.gupstress.scenario.Programs.migratePage;
import static org.gupstress.scenario.Programs.mlock;
import static org.gupstress.scenario.Programs.munlock;
import static org.gupstress.scenario.Programs.query;
import static org.gupstress.scenario.Programs.read;
import static org.gupstress.scenario.Programs.rotate;
import static org.gupstress.scenario.Programs.scan;
import static org.gupstress.scenario.Programs.shrink;
import static org.gupstress.scenario.Programs.shrinkActive;
import static org.gupstress.scenario.Programs.split;
import static org.gupstress.scenario.Programs.truncate;
import static org.gupstress.scenario.Programs.unconvertedPut;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.write;
import static org.gupstress.scenario.Programs.writeback;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gupstress.design.Mm;
import org.gupstress.lru.Pagevecs;
import org.gupstress.lru.Zone;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.page.PageLayout;
import org.gupstress.scenario.Pairs.Use;
import org.gupstress.vm.PageTable;
import org.gupstress.vm.Vma;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens to page 0 beside its pins, done by the second CPU, and the machine that it
 * needs. Page 0 is block 0 of the file and mapped at pte 0, unless it is anonymous. Where a device
 * writes pages, its completions come on a third CPU.
 *
 * <p>Most are given below. Of each are derived: the same with an anonymous page, where that can be;
 * the same, and then the CPU drains its pagevecs; the same with one slot left in the pagevecs of
 * both CPUs.
 */
final class Disturbance {
  /** What an unconverted driver does. */
  static final String PUTS = "gives its pin back with put_page";

  /** The CPU that does it. */
  static final int CPU = 1;

  /** What one slot is left of is filled with these pages. */
  private static final int FILLERS = 2;

  /** Pages move one by one between the list of a CPU, which takes none, and the buddy list. */
  private static final Zone SHORT = new Zone(1, 1, 0, 0, 0, 1, 1);

  private static final List<Disturbance> GIVEN = List.of(
      // other pins
      file("pin", "pins and unpins it", gupFast(0, 0), query(0, 1), unpin(0))
          .crowded()
          .alsoAnonymous()
          .that("has two pins", m -> m.pages().live(0) - m.pages().lent(0) == 2),
      file("use", "pins and dirties it", gupForWriting(0, 0), dirtyUnpin(0))
          .alsoAnonymous()
          .that("has two pins", m -> m.pages().live(0) == 2),
      file("put", "gives its pin back with put_page", gupFast(0, 0), unconvertedPut(0))
          .alsoAnonymous()
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
          .boot(mm -> Boot.inPagevecOf(mm, cpu(mm), 0))
          .alsoAnonymous(mm -> Boot.queued(mm, cpu(mm), 0, 0))
          .that("came to an LRU list", m -> hasFlag(m, 0, PageFlag.LRU)),
      file("access", "accesses it", markAccessed(0))
          .boot(mm -> mapped(mm, PageFlag.REFERENCED))
          .alsoAnonymous(mm -> anonymous(mm, PageFlag.REFERENCED.mask()))
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
          .blocks(2)
          .boot(mm -> {
            Boot.cached(mm, 1, 0);
            reclaiming(mm);
          })
          .that(
              "was rotated to the end of its list",
              m -> m.pages().linkedOn(0) == word(m, PageLayout.LRU_NEXT)
                  && m.pages().linkedOn(0) == m.pages().linkedOn(1)),
      file("charge", "charges it to a cgroup", charge(0))
          .load(Load.MEMCG_CHARGES)
          .interruptsOff()
          .alsoAnonymous()
          .that("was charged", m -> word(m, PageLayout.MEM_CGROUP) != 0),
      file("mlock", "mlocks it", mlock(0))
          .throughLists()
          .alsoAnonymous()
          .that("is mlocked", m -> hasFlag(m, 0, PageFlag.MLOCKED) && !hasFlag(m, 0, PageFlag.LRU)),
      file("munlock", "munlocks it", munlock(0))
          .throughLists()
          .boot(Disturbance::mlocked)
          .alsoAnonymous(mm -> anonymous(mm, PageFlag.MLOCKED.mask() | PageFlag.UNEVICTABLE.mask()))
          .that("is not mlocked", m -> !hasFlag(m, 0, PageFlag.MLOCKED)),
      // user memory
      file("munmap", "unmaps it", unmap(0))
          .boot(mm -> stored(mm, 0))
          .crowded()
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
      anonymous("refill", "takes memory from the buddy list, to which it goes when it is free")
          .zone(SHORT)
          .boot(mm -> {
            Boot.anonymous(mm, 0);
            mm.lru().bootFree(mm.page().address(1));
          })
          .does(fault(1))
          .only(Use.LAST)
          .that("went to the buddy list", m -> m.mm().lru().allocator().nrFree() == 2),
      // pages of a device and of the hugetlb pool
      anonymous("dax", "unmaps it, which a device has")
          .kind(PageKind.DEVICE)
          .boot(mm -> Boot.device(mm, 0))
          .does(unmap(0))
          .only(Use.READ, Use.UNCONVERTED, Use.INTERRUPT)
          .that("is not mapped", m -> m.mm().pageTable().readPte(0) == 0),
      anonymous("layout", "waits until the page of a DAX file is idle, to truncate it")
          .kind(PageKind.DEVICE)
          .boot(mm -> Boot.device(mm, 0))
          .does(breakLayouts(0))
          .only(Use.READ)
          .that("was idle", m -> m.mm().page().references(m.mm().page().address(0)) == 1),
      anonymous("pool", "gives its neighbour back to the hugetlb pool, and takes it again")
          .kind(PageKind.HUGETLB)
          .pages(4)
          .boot(mm -> {
            Boot.hugetlb(mm, 2);
            Boot.hugetlb(mm, 0);
          })
          .does(unmap(2), faultHuge(2))
          .only(Use.READ, Use.UNCONVERTED, Use.LAST)
          .that("has a neighbour that is free", m -> m.pages().isFree(2)),
      anonymous("pool-free", "gives it back to the hugetlb pool, and takes it anew")
          .kind(PageKind.HUGETLB)
          .boot(mm -> Boot.hugetlb(mm, 0))
          .does(unmap(0), faultHuge(1))
          .only(Use.READ, Use.UNCONVERTED, Use.INTERRUPT)
          .that("was free", m -> m.pages().isFree(0)),
      // the file
      file("write", "writes to its block", write(0))
          .that("is newer than its block", m -> isNewer(m, 0)),
      file("writeback", "writes it back", writeback(0))
          .completing(1, completion())
          .boot(mm -> Boot.written(mm, 0))
          .that("is being written", m -> hasFlag(m, 0, PageFlag.WRITEBACK)),
      file("congest", "writes back another page and it to a device that takes one")
          .blocks(2)
          .boot(mm -> {
            Boot.written(mm, 1);
            Boot.written(mm, 0);
          })
          .does(flush(1, 0, 3))
          .completing(1)
          .only(Use.BRIEF, Use.DIRTY)
          .that("was refused", m -> hasFlag(m, 0, PageFlag.DIRTY) && register(m, CPU, 3) == 2),
      file("fsync", "writes to it and syncs", faultForWriting(0), fsync(0), complete())
          .completing(1)
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
          .crowded()
          .that("left the cache", m -> isCutLoose(m, 0)),
      // reclaim
      file("drop-caches", "drops it", dropCache(0))
          .boot(mm -> Boot.cached(mm, 0, 0))
          .that("was freed", m -> m.pages().isFree(0)),
      file("shrink-active", "deactivates it", shrinkActive(1))
          .throughLists()
          .boot(mm -> mapped(mm, PageFlag.ACTIVE))
          .alsoAnonymous(mm -> anonymous(mm, PageFlag.ACTIVE.mask()), age(1))
          .that("is inactive", m -> hasFlag(m, 0, PageFlag.LRU) && !hasFlag(m, 0, PageFlag.ACTIVE)),
      file("shrink", "reclaims it", shrink(1))
          .throughLists()
          .crowded()
          .that("was freed", m -> m.pages().isFree(0)),
      file("launder", "writes it back and reclaims it", writeback(0), complete(), shrink(1))
          .completing(1)
          .boot(mm -> Boot.written(mm, 0))
          .that("was freed", m -> m.pages().isFree(0)),
      file("kswapd", "writes it out", kswapd(1), complete())
          .completing(1)
          .throughLists()
          .boot(Disturbance::dirtyReclaim)
          .that("is being written", m -> hasFlag(m, 0, PageFlag.WRITEBACK)),
      file("balance", "frees memory, of which it is a part", balance()).shortOfMemory(),
      file("shortage", "wants memory and reclaims it", fault(2)).shortOfMemory(),
      anonymous("scan", "looks at it and finds nowhere to swap it to")
          .boot(mm -> Boot.anonymous(mm, 0))
          .does(scan(1))
          .only(Use.READ)
          .that("is active", m -> hasFlag(m, 0, PageFlag.ACTIVE)),
      anonymous("isolate", "isolates it for migration and puts it back")
          .boot(mm -> {
            Boot.anonymous(mm, 0);
            free(mm, 1);
          })
          .does(migratePage(0))
          .only(Use.READ)
          .that("was isolated", m -> isOnPrivateList(m, 0)),
      file("migrate", "moves it", migrate(0, 0))
          .throughLists()
          .crowded()
          .boot(mm -> {
            stored(mm, PageFlag.ACTIVE.mask());
            free(mm, 1);
          })
          .that(
              "moved",
              m -> m.mm().addressSpace().holders(m.mm().page().address(1)) == 1
                  && hasFlag(m, 1, PageFlag.ACTIVE)));

  private static final List<Disturbance> ALL = Stream.concat(
          GIVEN.stream(), GIVEN.stream().flatMap(Disturbance::variants))
      .toList();

  private final String id;
  private final String sentence;
  private final boolean isOfFile;
  private Disturbance base = this;
  private boolean isDrained;
  private boolean isNearlyFull;
  private boolean buffered;
  private boolean throughLists;
  private boolean interruptsOff;
  private Load[] load = {};
  private Set<PageKind> kinds = Set.of();
  private Set<Use> uses =
      EnumSet.of(Use.READ, Use.WRITE, Use.DIRTY, Use.UNCONVERTED, Use.INTERRUPT);
  private int pages = 2;
  private int blocks = 1;
  private Zone zone = Zone.NONE;
  private List<Operation> completions = List.of();
  private @Nullable Disturbance anonymous;
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

  /** Pages may be written meanwhile: so many completions come from the device. */
  private Disturbance completing(int times) {
    return completing(times, completion().patiently());
  }

  private Disturbance completing(int times, Operation completion) {
    completions = Collections.nCopies(times, completion);
    return this;
  }

  private Disturbance pages(int count) {
    pages = count;
    return this;
  }

  private Disturbance blocks(int count) {
    blocks = count;
    return this;
  }

  private Disturbance zone(Zone sizes) {
    zone = sizes;
    return this;
  }

  /** In a zone below its watermarks, beside a page of block 1 that reclaim may take. */
  private Disturbance shortOfMemory() {
    return zone(SHORT)
        .blocks(2)
        .boot(mm -> {
          Boot.cached(mm, 1, 0);
          Boot.mapped(mm, 0);
        })
        .only(Use.HELD)
        .that("has a neighbour that was freed", m -> m.pages().isFree(1));
  }

  /** Is not tried with the other uses. */
  private Disturbance only(Use... these) {
    uses = EnumSet.copyOf(List.of(these));
    return this;
  }

  /** Is tried with a page that has many pins. */
  private Disturbance crowded() {
    uses.add(Use.MANY);
    return this;
  }

  // ---- what is derived

  /** Can happen to an anonymous page as well. */
  private Disturbance alsoAnonymous() {
    return alsoAnonymous(mm -> Boot.anonymous(mm, 0));
  }

  private Disturbance alsoAnonymous(Consumer<Mm> setUp, Operation... operations) {
    Disturbance twin = anonymous(id + "-anon", sentence + ", which is anonymous")
        .boot(setUp)
        .does(operations.length == 0 ? program.toArray(Operation[]::new) : operations)
        .load(load)
        .only(Use.READ, Use.DIRTY);
    twin.base = this;
    twin.interruptsOff = interruptsOff;
    twin.throughLists = throughLists;
    anonymous = twin;
    return this;
  }

  private Stream<Disturbance> variants() {
    List<Disturbance> variants = new ArrayList<>();
    if (anonymous != null) {
      anonymous.effect = effect;
      variants.add(anonymous);
    }
    if (program.stream().noneMatch(operation -> operation.name().equals(drain().name()))) {
      variants.add(drained());
      variants.add(nearlyFull());
    }
    return variants.stream();
  }

  private Disturbance drained() {
    Disturbance variant = derived("drained", "and drains its pagevecs");
    variant.program = new ArrayList<>(program);
    variant.program.add(drain());
    variant.isDrained = true;
    return variant;
  }

  private Disturbance nearlyFull() {
    Disturbance variant = derived("full", "and the pagevecs have one slot left");
    variant.pages = pages + FILLERS;
    variant.isNearlyFull = true;
    variant.boot = mm -> {
      boot.accept(mm);
      for (int cpu = 0; cpu < FILLERS; cpu++) {
        Boot.queued(mm, cpu, pages + cpu, mm.pageTable().count() - FILLERS + cpu);
      }
    };
    return variant;
  }

  private Disturbance derived(String suffix, String and) {
    Disturbance variant = new Disturbance(id + "-" + suffix, sentence + ", " + and, isOfFile);
    variant.base = this;
    variant.boot = boot;
    variant.program = program;
    variant.kinds = kinds;
    variant.load = load;
    variant.buffered = buffered;
    variant.throughLists = throughLists;
    variant.interruptsOff = interruptsOff;
    variant.pte = pte;
    variant.pages = pages;
    variant.blocks = blocks;
    variant.zone = zone;
    variant.completions = completions;
    variant.effect = effect;
    boolean isUsual = uses.contains(Use.READ) || uses.contains(Use.BRIEF);
    variant.uses = isUsual ? EnumSet.of(Use.BRIEF) : EnumSet.copyOf(uses);
    return variant;
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

  /** What it is called without what was derived. */
  String family() {
    return base.id;
  }

  /** Whether its CPU drains its pagevecs at the end, and did not without that. */
  boolean isDrained() {
    return isDrained;
  }

  /** Whether a slot is left in each pagevec. */
  boolean isNearlyFull() {
    return isNearlyFull;
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
      case LAST -> uses.contains(use) || (throughLists && uses.contains(Use.READ));
      case INTERRUPT -> uses.contains(use) && !interruptsOff;
      default -> uses.contains(use);
    };
  }

  /** Whether the page is one that a design may refuse to pin: it is on no LRU. */
  boolean mayBeRefused() {
    return kinds.contains(PageKind.DEVICE) || kinds.contains(PageKind.HUGETLB);
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
    return program.stream()
        .anyMatch(operation -> operation.name().equals(unconvertedPut(0).name()));
  }

  /** Of that, what must meet each operation of the user: the drain behind it may find nothing. */
  List<Operation> disturbs() {
    return base.isOfFile == isOfFile ? base.program : program;
  }

  /** What the device does, on a CPU of its own. */
  List<Operation> completions() {
    return completions;
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
    spec.pages(pages)
        .zone(zone)
        .boot(boot)
        .kinds(kinds.toArray(PageKind[]::new))
        .load(load);
    if (!isOfFile) {
      return spec;
    }
    int ptes = Math.max(pages, blocks + 1);
    List<Vma> areas = List.of(Vma.shared(0, blocks, 0, 0), Vma.anonymous(blocks, ptes - blocks));
    return spec.space(new Mm.Space(areas, ptes, 1, blocks, buffered, 1)).writing();
  }

  // ---- conditions

  private static boolean isQueued(Moment m, Pagevecs.Kind kind) {
    return m.mm().lru().pagevecs().contains(CPU, kind, m.mm().page().address(0));
  }

  private static long word(Moment m, int offset) {
    return m.mm().memory().read64(m.mm().page().address(0) + offset);
  }

  // ---- boot

  /** Where an interrupt pins, one CPU does all of it. */
  private static int cpu(Mm mm) {
    return Math.min(CPU, mm.cpus() - 1);
  }

  private static void mapped(Mm mm, PageFlag flag) {
    Boot.cached(mm, 0, flag.mask());
    mm.pageTable().bootMap(0, mm.page().address(0));
  }

  private static void anonymous(Mm mm, long flags) {
    mm.memory().setBits64(mm.page().address(0), flags);
    Boot.anonymous(mm, 0);
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
    mm.lru().bootFree(mm.cpu(cpu(mm)), mm.page().address(number));
  }
}
