// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.gupstress.fs.AddressSpace;
import org.gupstress.fs.PageCache;
import org.gupstress.fs.Truncate;
import org.gupstress.fs.Writeback;
import org.gupstress.gup.Gup;
import org.gupstress.gup.GupFlags;
import org.gupstress.gup.Pinning;
import org.gupstress.lru.Lru;
import org.gupstress.lru.PinHooks;
import org.gupstress.lru.Shortage;
import org.gupstress.lru.Zone;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.NativeMemory;
import org.gupstress.memory.Note;
import org.gupstress.memory.OutOfRange;
import org.gupstress.memory.SpinLock;
import org.gupstress.page.Kernel;
import org.gupstress.page.Page;
import org.gupstress.page.PageKind;
import org.gupstress.page.Ref;
import org.gupstress.page.Site;
import org.gupstress.reclaim.ActiveList;
import org.gupstress.reclaim.InactiveList;
import org.gupstress.reclaim.Migration;
import org.gupstress.reclaim.Reclaim;
import org.gupstress.vm.Areas;
import org.gupstress.vm.Faults;
import org.gupstress.vm.HugeSplit;
import org.gupstress.vm.Mlock;
import org.gupstress.vm.MmPart;
import org.gupstress.vm.PageTable;
import org.gupstress.vm.ProcessMemory;
import org.gupstress.vm.Processes;
import org.gupstress.vm.Rmap;
import org.gupstress.vm.RmapHooks;
import org.gupstress.vm.Vma;

/**
 * The modelled memory management of one machine, with one pin design built in. Holds addresses
 * only: two of the same shape over two memories with the same bytes are the same machine.
 */
public final class Mm {

  /**
   * The size of a machine.
   *
   * @param cpus how many CPUs
   * @param pages how many struct pages
   * @param pagevecSlots slots of each pagevec
   * @param interrupts whether CPUs take interrupts
   * @param recheckPte whether gup_fast reads the pte a second time
   * @param zone how free pages are kept
   * @param space what user memory and files there are
   * @param kinds which pages there are beside page cache and anonymous ones
   * @param drained whether somebody other than the design calls lru_add_drain_all
   */
  public record Shape(
      int cpus,
      int pages,
      int pagevecSlots,
      boolean interrupts,
      boolean recheckPte,
      Zone zone,
      Space space,
      Set<PageKind> kinds,
      boolean drained) {
    public Shape {
      kinds = Set.copyOf(kinds);
    }

    public Shape(
        int cpus,
        int pages,
        int pagevecSlots,
        boolean interrupts,
        boolean recheckPte,
        Zone zone,
        Space space,
        Set<PageKind> kinds) {
      this(cpus, pages, pagevecSlots, interrupts, recheckPte, zone, space, kinds, false);
    }

    public Shape(
        int cpus,
        int pages,
        int pagevecSlots,
        boolean interrupts,
        boolean recheckPte,
        Set<PageKind> kinds) {
      this(cpus, pages, pagevecSlots, interrupts, recheckPte, Zone.NONE, Space.of(pages), kinds);
    }

    public Shape(
        int cpus,
        int pages,
        int pagevecSlots,
        boolean interrupts,
        boolean recheckPte,
        Zone zone,
        Space space) {
      this(cpus, pages, pagevecSlots, interrupts, recheckPte, zone, space, Set.of());
    }

    public Shape(int cpus, int pages, int pagevecSlots) {
      this(cpus, pages, pagevecSlots, false, true, Set.of());
    }

    public Shape with(Space other) {
      return new Shape(
          cpus, pages, pagevecSlots, interrupts, recheckPte, zone, other, kinds, drained);
    }

    public Shape with(Zone other) {
      return new Shape(
          cpus, pages, pagevecSlots, interrupts, recheckPte, other, space, kinds, drained);
    }

    /** A machine whose CPUs empty each other's pagevecs. */
    public Shape drainedByAll() {
      return new Shape(cpus, pages, pagevecSlots, interrupts, recheckPte, zone, space, kinds, true);
    }
  }

  /**
   * User memory and files.
   *
   * @param areas what is mapped where, in the order of the ptes
   * @param ptes how many ptes
   * @param files how many files
   * @param blocks how many blocks each file has
   * @param buffered whether the file system has buffer heads
   * @param queueDepth pages that may wait for the block device at once
   * @param processes how many mms there are, which share the ptes evenly; 0: areas alone tell
   *     processes apart, and none forks
   * @param parts what the mms have that code looks at
   */
  public record Space(
      List<Vma> areas,
      int ptes,
      int files,
      int blocks,
      boolean buffered,
      int queueDepth,
      int processes,
      Set<MmPart> parts) {
    public Space {
      areas = List.copyOf(areas);
      parts = Set.copyOf(parts);
    }

    public Space(
        List<Vma> areas, int ptes, int files, int blocks, boolean buffered, int queueDepth) {
      this(areas, ptes, files, blocks, buffered, queueDepth, 0, Set.of());
    }

    /**
     * Processes with anonymous memory of their own.
     *
     * @param processes how many; the first has the first ptes
     * @param ptesOfEach how many ptes each has
     * @param parts what their mms have that code looks at
     * @throws IllegalArgumentException if one of the numbers is less than 1
     */
    public static Space ofProcesses(int processes, int ptesOfEach, MmPart... parts) {
      if (processes < 1 || ptesOfEach < 1) {
        throw new IllegalArgumentException(
            "ofProcesses(): expected at least one process and one pte" + " of each, found "
                + processes + " and " + ptesOfEach);
      }
      List<Vma> areas = IntStream.range(0, processes)
          .mapToObj(number -> Vma.anonymous(number * ptesOfEach, ptesOfEach))
          .toList();
      return new Space(areas, processes * ptesOfEach, 1, 1, false, 1, processes, Set.of(parts));
    }

    /** One file, mapped privately, block by block. */
    static Space of(int pages) {
      return new Space(List.of(Vma.privateFile(0, pages, 0, 0)), pages, 1, pages, false, 2);
    }
  }

  /** Words that a checker has for each CPU, beside the one of {@link Cpu#ghostWord}. */
  private static final int GHOST_WORDS = 7;

  private static final int CACHE_LINE = 64;

  private final Memory memory;
  private final PinDesign design;
  private final PinDesign handedOut;
  private final Cpu[] cpus;
  private final Page page;
  private final Lru lru;
  private final PageTable pageTable;
  private final Areas areas;
  private final PageCache pageCache;
  private final Faults faults;
  private final Rmap rmap;
  private final Writeback writeback;
  private final Truncate truncate;
  private final Gup gup;
  private final ProcessMemory processMemory;
  private final HugeSplit hugeSplit;
  private final Reclaim reclaim;
  private final Migration migration;
  private final Mlock mlock;
  private final long ext;
  private final List<SpinLock> ownLocks;
  private final long ownWords;
  private final long nodeWords;
  private final long signal;
  private final long kswapd;
  private final long[] ghosts;

  public Mm(Memory memory, Arena arena, Kernel kernel, Shape shape, PinDesign design) {
    this(memory, arena, kernel, shape, design, design);
  }

  /** @param handedOut the same design, as whoever asks for {@link #design} gets it */
  public Mm(
      Memory memory,
      Arena arena,
      Kernel kernel,
      Shape shape,
      PinDesign design,
      PinDesign handedOut) {
    this.memory = memory;
    this.design = design;
    this.handedOut = handedOut;
    this.cpus = new Cpu[shape.cpus()];
    for (int i = 0; i < cpus.length; i++) {
      cpus[i] = new Cpu(i, memory, arena, shape.interrupts());
    }
    Space space = shape.space();
    this.page = new Page(
        memory, arena, kernel, shape.pages(), shape.kinds(), head -> design.afterGet(this, head));
    this.lru = new Lru(
        memory,
        arena,
        page,
        hooks(),
        shape.pagevecSlots(),
        drainedRemotely(shape),
        shape.zone(),
        shortage());
    this.pageTable = new PageTable(memory, arena, lru, space.ptes(), space.processes());
    this.areas = new Areas(space.areas(), space.files());
    this.pageCache =
        new PageCache(memory, arena, lru, space.files(), space.blocks(), space.buffered());
    this.faults = new Faults(memory, lru, pageTable, areas, pageCache);
    this.rmap = new Rmap(memory, lru, pageTable, areas, pageCache, rmapHooks());
    this.writeback = new Writeback(memory, arena, lru, pageCache, rmap, space.queueDepth());
    this.truncate = new Truncate(memory, lru, pageCache, writeback, rmap);
    this.hugeSplit = new HugeSplit(memory, lru, pageTable);
    this.reclaim = new Reclaim(
        memory,
        arena,
        lru,
        new InactiveList(memory, arena, lru, rmap, pageCache, writeback),
        new ActiveList(memory, arena, lru, rmap));
    this.migration = new Migration(memory, arena, lru, rmap, pageCache);
    this.mlock = new Mlock(memory, lru, pageTable);
    this.signal = arena.shared("signal", 8, 8);
    this.kswapd = arena.shared("kswapd_wanted", 8, 8);
    int perPage = design.bytesOutsidePage();
    this.ext = arena.shared("page_ext", (long) perPage * shape.pages(), 8);
    this.ownLocks =
        design.locks().stream().map(name -> new SpinLock(memory, arena, name)).toList();
    this.ownWords = design.wordsPerCpu() == 0
        ? 0
        : arena.shared("own_words", (long) shape.cpus() * ownBytes(), CACHE_LINE);
    this.nodeWords = design.wordsPerNode() == 0
        ? 0
        : arena.shared("node_words", (long) design.wordsPerNode() * Long.BYTES, CACHE_LINE);
    nameFields(arena);
    this.processMemory = new ProcessMemory(
        memory,
        arena,
        lru,
        pageTable,
        space.processes(),
        space.ptes(),
        space.parts(),
        faults,
        pageCache,
        p -> design.hasQuery() && isPinned(p));
    this.gup = new Gup(
        memory, lru, pageTable, faults, pageCache, pinning(), shape.recheckPte(), processMemory);
    this.ghosts = new long[cpus.length];
    for (int i = 0; i < cpus.length; i++) {
      ghosts[i] = arena.onCpu(i, "ghosts", GHOST_WORDS * Long.BYTES, Long.BYTES);
    }
  }

  /** Puts into an arena what a machine consists of, to see how large it is. */
  public static void layOut(Arena arena, Kernel kernel, Shape shape, PinDesign design) {
    NativeMemory none = new NativeMemory(0);
    Mm unused = new Mm(none, arena, kernel, shape, design);
    assert unused.cpus() == shape.cpus();
    none.retire();
  }

  /** One CPU has nobody to drain for it, and its interrupts could not wait for it to be drained. */
  private boolean drainedRemotely(Shape shape) {
    return (design.drainsOtherCpus() || shape.drained()) && shape.cpus() > 1;
  }

  /** What the words of one CPU take up: no two CPUs' words share a cache line. */
  private int ownBytes() {
    return (design.wordsPerCpu() * Long.BYTES + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
  }

  private void nameFields(Arena arena) {
    FieldNames names = FieldNames.of(design);
    for (int i = 0; i < page.count(); i++) {
      names.define(arena, i, page.address(i), ext + (long) i * design.bytesOutsidePage());
    }
    for (int i = 0; i < cpus.length && design.wordsPerCpu() > 0; i++) {
      names.defineOfCpu(arena, i, ownWords + (long) i * ownBytes());
    }
    names.defineOfNode(arena, nodeWords);
  }

  private PinHooks hooks() {
    return new PinHooks() {
      @Override
      public boolean usesHole() {
        return design.usesHole();
      }

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
        design.beforeFree(Mm.this, cpu, p);
      }

      @Override
      public void afterAlloc(Cpu cpu, long p) {
        design.afterAlloc(Mm.this, cpu, p);
      }

      @Override
      public void afterDrain(Cpu cpu, int owner) {
        design.afterDrain(Mm.this, cpu, cpus[owner]);
      }

      @Override
      public void afterCopy(Cpu cpu, long from, long to) {
        design.afterCopy(Mm.this, cpu, from, to);
      }

      @Override
      public void beforeSplit(Cpu cpu, long head, long tail) {
        design.beforeSplit(Mm.this, cpu, head, tail);
      }
    };
  }

  private RmapHooks rmapHooks() {
    return new RmapHooks() {
      @Override
      public boolean mayUnmap(long p) {
        return design.mayUnmap(Mm.this, p);
      }

      @Override
      public boolean beginMkclean(long p, boolean sync) {
        return design.beginMkclean(Mm.this, p, sync);
      }

      @Override
      public void endMkclean() {
        design.endMkclean(Mm.this);
      }
    };
  }

  private Shortage shortage() {
    return new Shortage() {
      @Override
      public void wakeKswapd() {
        memory.writeOnce64(kswapd, 1);
      }

      @Override
      public int tryToFreePages(Cpu cpu) {
        return reclaim.tryToFreePages(cpu);
      }
    };
  }

  private Pinning pinning() {
    return new Pinning() {
      @Override
      public boolean pins() {
        return design.hasQuery();
      }

      @Override
      public boolean grabSlow(Cpu cpu, long p) {
        return design.grabSlow(Mm.this, cpu, p);
      }

      @Override
      public boolean grabFast(Cpu cpu, long p) {
        return design.grabFast(Mm.this, cpu, p);
      }

      @Override
      public void undoGrab(Cpu cpu, long p) {
        design.undoGrab(Mm.this, cpu, p);
      }

      @Override
      public long pin(Cpu cpu, long p, GupFlags flags) {
        return design.pin(Mm.this, cpu, p, flags);
      }
    };
  }

  public Memory memory() {
    return memory;
  }

  /** The design; in operations of a scenario as {@link Asked} has it, which is not its class. */
  public PinDesign design() {
    return handedOut;
  }

  public Cpu cpu(int number) {
    OutOfRange.check("CPU", number, cpus.length);
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

  /** The areas of user memory. */
  public Areas areas() {
    return areas;
  }

  public Faults faults() {
    return faults;
  }

  public Rmap rmap() {
    return rmap;
  }

  public PageCache pageCache() {
    return pageCache;
  }

  /** The page cache of the first file. */
  public AddressSpace addressSpace() {
    return pageCache.file(0);
  }

  public Writeback writeback() {
    return writeback;
  }

  public Truncate truncate() {
    return truncate;
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

  public Migration migration() {
    return migration;
  }

  /** What works on the mms of processes. */
  public ProcessMemory processMemory() {
    return processMemory;
  }

  /** The processes; a machine may have none. */
  public Processes processes() {
    return processMemory.processes();
  }

  /** The kernel that is modelled. */
  public Kernel kernel() {
    return page.kernel();
  }

  public Mlock mlock() {
    return mlock;
  }

  /** The design's unpin, by the caller that it was made for. */
  public void unpin(Cpu cpu, long p) {
    memory.note(Note.UNPIN, p);
    page.at(Ref.GUP, Site.PUT_USER_PAGE);
    design.unpin(this, cpu, p);
  }

  /** The design's query, asked by somebody who acts on the answer. */
  public boolean isPinned(long p) {
    return handedOut.isPinned(this, page.compoundHead(p));
  }

  /** A device writes to the page: what it holds is a version newer. */
  public void dma(long p) {
    dma(p, -1);
  }

  /** A device writes to the page that it was told of through a pin in a register. */
  public void dma(long p, int register) {
    memory.add32(page.content(p), 1);
    memory.note(Note.DMA, p, register);
  }

  /** The address of words of a CPU's private memory for what a checker remembers about it. */
  public long ghostWords(Cpu cpu) {
    return ghosts[cpu.slot()];
  }

  /** The address of a word with which one CPU tells another that it is done. */
  public long signalWord() {
    return signal;
  }

  /** The address of the word that is 1 when kswapd has been woken. */
  public long kswapdWord() {
    return kswapd;
  }

  /** The design's own bytes for this page, outside struct page. */
  public long ext(long p) {
    if (design.bytesOutsidePage() == 0) {
      throw undeclared("byte", 0, "bytesOutsidePage()", 0);
    }
    return ext + (long) page.number(p) * design.bytesOutsidePage();
  }

  /** One of the design's own locks, in the order in which it declares them. */
  public SpinLock ownLock(int index) {
    if (index < 0 || index >= ownLocks.size()) {
      throw undeclared("lock", index, "locks()", ownLocks.size());
    }
    return ownLocks.get(index);
  }

  /** All of the design's own locks. */
  public List<SpinLock> ownLocks() {
    return ownLocks;
  }

  /** The address of one of the words that the design keeps for each CPU. Every CPU may read it. */
  public long ownWord(Cpu cpu, int index) {
    if (index < 0 || index >= design.wordsPerCpu()) {
      throw undeclared("word", index, "wordsPerCpu()", design.wordsPerCpu());
    }
    return ownWords + (long) cpu.slot() * ownBytes() + (long) index * Long.BYTES;
  }

  /** The address of one of the words that the design keeps for the node. */
  public long ownWord(int index) {
    if (index < 0 || index >= design.wordsPerNode()) {
      throw undeclared("word", index, "wordsPerNode()", design.wordsPerNode());
    }
    return nodeWords + (long) index * Long.BYTES;
  }

  private static IllegalArgumentException undeclared(
      String what, int index, String where, int declared) {
    return new IllegalArgumentException(
        String.format("there is no %s %d: %s declares %d", what, index, where, declared));
  }

  /** Whether the address is that of a word that the design keeps for a CPU or the node. */
  public boolean isOwnWord(long addr) {
    return isAmong(addr, ownWords, (long) cpus.length * ownBytes())
        || isAmong(addr, nodeWords, (long) design.wordsPerNode() * Long.BYTES);
  }

  private static boolean isAmong(long addr, long first, long bytes) {
    return first != 0 && addr >= first && addr < first + bytes;
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
