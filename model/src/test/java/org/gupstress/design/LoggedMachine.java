// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.gupstress.lru.LruList;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Note;
import org.gupstress.memory.RecordingMemory;
import org.gupstress.memory.Values;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.page.PageLayout;
import org.gupstress.vm.Vma;

/** One booted machine whose accesses are made at once, in program order, and written down. */
public final class LoggedMachine implements ArenaMemory.Watcher {
  public final Arena arena;
  public final ArenaMemory memory;
  public final Mm mm;
  private final List<String> accesses = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final List<Long> details = new ArrayList<>();

  private LoggedMachine(Kernel kernel, Mm.Shape shape, PinDesign design) {
    Arena layout = new Arena(shape.cpus());
    Mm unused = new Mm(new RecordingMemory(false), layout, kernel, shape, design);
    assert unused.cpus() == shape.cpus();
    this.arena = new Arena(shape.cpus());
    this.memory = new ArenaMemory(shape.cpus(), layout.size(), 0);
    this.mm = new Mm(memory, arena, kernel, shape, design);
    mm.lru().boot();
    memory.watch(this);
  }

  /** Two CPUs, pagevecs of two slots, interrupts invisible. */
  public static LoggedMachine of(Kernel kernel, String design, int pages) {
    return new LoggedMachine(kernel, new Mm.Shape(2, pages, 2), design(design));
  }

  /** One that has pages of these kinds as well. */
  public static LoggedMachine withKinds(
      Kernel kernel, String design, int pages, PageKind... kinds) {
    return new LoggedMachine(
        kernel, new Mm.Shape(2, pages, 2, false, true, Set.of(kinds)), design(design));
  }

  public static LoggedMachine production(String design, int pages) {
    return of(Kernel.PRODUCTION, design, pages);
  }

  /** A CPU takes interrupts here, so that its interrupt flag is an access. */
  public static LoggedMachine withInterrupts(String design, int pages) {
    return new LoggedMachine(
        Kernel.PRODUCTION, new Mm.Shape(1, pages, 2, true, true, Set.of()), design(design));
  }

  /** A production kernel with this memory, these files and these free pages. */
  public static LoggedMachine of(String design, Mm.Shape shape) {
    return new LoggedMachine(Kernel.PRODUCTION, shape, design(design));
  }

  /** One file of so many blocks, mapped shared by one process. */
  public static LoggedMachine withFile(String design, int pages, int blocks, boolean buffered) {
    Mm.Space space =
        new Mm.Space(List.of(Vma.shared(0, blocks, 0, 0)), blocks, 1, blocks, buffered, 2);
    return of(design, new Mm.Shape(2, pages, 2).with(space));
  }

  private static PinDesign design(String id) {
    return Designs.find(id).orElseThrow();
  }

  @Override
  public void before(Access access) {
    accesses.add(say(access, arena));
  }

  @Override
  public void note(Note note, long about, long detail, long amount) {
    notes.add(note);
    details.add(detail);
  }

  /** What all notes of a kind had as their detail, in their order. */
  public List<Long> details(Note wanted) {
    return IntStream.range(0, notes.size())
        .filter(i -> notes.get(i) == wanted)
        .mapToObj(details::get)
        .toList();
  }

  /** An access as these tests spell it, whatever traces look like. */
  public static String say(Access access, Arena arena) {
    String where = arena.name(access.addr());
    long a = access.a();
    String bits = (where.endsWith(".flags") ? flags(a) : "0x" + Long.toHexString(a)) + " in ";
    return switch (access.op()) {
      case READ64, READ32 -> "read " + where;
      case WRITE64 -> where + " := " + value(arena, a);
      case WRITE32 -> where + " := " + (int) a;
      case READ_BITS64, READ_IF64 -> "test " + bits + where;
      case SET_BITS64 -> "set " + bits + where;
      case CLEAR_BITS64, UNLOCK_BITS64 -> "clear " + bits + where;
      case TEST_SET64 -> "test_and_set " + bits + where;
      case TEST_CLEAR64 -> "test_and_clear " + bits + where;
      case POSITIVE32 -> where + " > 0?";
      case IS32 -> where + " == " + (int) a + "?";
      case ADD32 -> where + ((int) a < 0 ? " -= " + -(int) a : " += " + (int) a);
      case SUB_TEST32 -> where + " -= " + (int) a + ", zero?";
      case SUB_RETURN32 -> where + " -= " + (int) a + ", left?";
      case ADD_UNLESS32 -> where + " += " + (int) a + " unless " + (int) access.b();
      case ADD64, ADD_RETURN64 -> where + " += " + a;
      case CAS64, CMPXCHG64 -> "cmpxchg " + where + " " + a + " -> " + access.b();
      case CAS32, CMPXCHG32 -> "cmpxchg " + where + " " + (int) a + " -> " + (int) access.b();
      case LOCK -> "spin_lock " + where;
      case UNLOCK -> "spin_unlock " + where;
      case LOCK_BITS64, WAIT64 -> "wait for " + bits + where;
      case XCHG64, XCHG32 -> "xchg " + where + " " + a;
      case READ_ACQUIRE32,
          READ_ACQUIRE64,
          WRITE_RELEASE32,
          WRITE_RELEASE64,
          ADD_FULL32,
          TRY_LOCK64 -> say(access.plain(), arena);
      case MB, RMB, WMB -> access.op().verb();
    };
  }

  private static String flags(long mask) {
    StringJoiner names = new StringJoiner("|");
    for (PageFlag flag : PageFlag.values()) {
      if ((mask & flag.mask()) != 0) {
        names.add("PG_" + flag.name().toLowerCase(Locale.ROOT));
      }
    }
    if ((mask & PageLayout.ZONE_DEVICE) != 0) {
      names.add("ZONE_DEVICE");
    }
    return names.toString();
  }

  private static String value(Arena arena, long value) {
    if (value == Values.LIST_POISON1 || value == Values.LIST_POISON2) {
      return value == Values.LIST_POISON1 ? "LIST_POISON1" : "LIST_POISON2";
    }
    return arena.isNamed(value)
        ? "&" + arena.name(value).replaceFirst("\\.(next|flags)$", "")
        : Long.toString(value);
  }

  /** The accesses since the last call, in order. */
  public List<String> accesses() {
    List<String> taken = List.copyOf(accesses);
    accesses.clear();
    return taken;
  }

  /** The notes since the last call, in order. */
  public List<Note> notes() {
    List<Note> taken = List.copyOf(notes);
    notes.clear();
    details.clear();
    return taken;
  }

  public LoggedMachine forget() {
    accesses.clear();
    notes.clear();
    return this;
  }

  // ---- shorthand

  public Cpu cpu(int number) {
    return mm.cpu(number);
  }

  public long page(int number) {
    return mm.page().address(number);
  }

  public int refs(int number) {
    return memory.half(page(number) + PageLayout.REFCOUNT);
  }

  public boolean has(int number, PageFlag flag) {
    return (memory.word(page(number) + PageLayout.FLAGS) & flag.mask()) != 0;
  }

  public void set(int number, PageFlag... flags) {
    for (PageFlag flag : flags) {
      mm.page().set(page(number), flag);
    }
  }

  public long next(int number) {
    return memory.word(page(number) + PageLayout.LRU_NEXT);
  }

  public long prev(int number) {
    return memory.word(page(number) + PageLayout.LRU_PREV);
  }

  /** Numbers of the pages on an LRU list, from its head on. */
  public List<Integer> on(LruList list) {
    return on(mm.lru().node().head(list));
  }

  /** Numbers of the pages on any list, from its head on; both directions must agree. */
  public List<Integer> on(long head) {
    List<Integer> pages = new ArrayList<>();
    long before = head;
    for (long at = memory.word(head); at != head; at = memory.word(at)) {
      if (memory.word(at + 8) != before) {
        throw new AssertionError(arena.name(at) + ".prev is not " + arena.name(before));
      }
      pages.add(mm.page().number(at));
      before = at;
    }
    if (memory.word(head + 8) != before) {
      throw new AssertionError(arena.name(head) + ".prev is not " + arena.name(before));
    }
    return pages;
  }

  public int size(LruList list) {
    return mm.lru().node().lruSize(list);
  }

  /** A page cache page on the inactive file list, alone or at its head. */
  public void bootCached(int number, PageFlag... flags) {
    set(number, flags);
    mm.addressSpace().bootAdd(number, page(number));
    mm.lru().bootOnLru(page(number));
  }

  /** What a page holds. */
  public int content(int number) {
    return memory.half(mm.page().content(page(number)));
  }

  /** What a block of the first file holds. */
  public int disk(int block) {
    return memory.half(mm.addressSpace().disk(block));
  }

  /** A page cache page in a CPU's lru_add pagevec. */
  public void bootInPagevec(int cpu, int number) {
    mm.addressSpace().bootAdd(number, page(number));
    mm.lru().bootInPagevec(cpu, page(number));
  }
}
