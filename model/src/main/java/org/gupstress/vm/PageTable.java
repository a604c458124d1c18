// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.lru.Lru;
import org.gupstress.memory.Accessor;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.OutOfRange;
import org.gupstress.memory.SpinLock;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;

/**
 * The ptes of the machine, with one page table lock for every table of 512, Linux 4.19.
 *
 * <p>A pte is the address of its struct page with flags in the bits below. Which ptes belong to
 * which mapping is said by {@link Vma}s; processes differ in their areas only. The ptes of device
 * pages and of the zero page hold no reference. A huge mapping of the hugetlb pool is a pte here:
 * gup_huge_pmd makes the accesses of gup_pte_range.
 *
 * <p>Leaves out: upper levels, swap entries other than migration's, accessed and dirty bits of
 * anonymous memory (there is no swap), TLBs (an unmapped page is released after the lock, as
 * mmu_gather does).
 */
public final class PageTable {
  /** Ptes of one page table, which share a lock. */
  public static final int PTRS_PER_PTE = 512;

  public static final long PRESENT = 1;
  public static final long WRITE = 1 << 1;
  public static final long DIRTY = 1 << 2;
  public static final long YOUNG = 1 << 3;
  static final long SPECIAL = 1 << 4;
  private static final long DEVMAP = 1 << 5;

  /** Of a pte that is not present. */
  private static final long MIGRATION = 1 << 1;

  private static final long FLAGS = PageLayout.SIZE - 1;
  private static final int LINE = 64;

  private final Memory memory;
  private final Lru lru;
  private final SpinLock[] locks;
  private final TlbFlush tlb;
  private final long ptes;
  private final int count;
  private final int ptesOfEach;
  private final boolean isOfProcesses;

  public PageTable(Memory memory, Arena arena, Lru lru, int count) {
    this(memory, arena, lru, count, 0);
  }

  /** @param processes how many have a table of their own, of the same size; 0: a table is full */
  public PageTable(Memory memory, Arena arena, Lru lru, int count, int processes) {
    this.isOfProcesses = processes > 0;
    this.ptesOfEach = processes == 0 ? PTRS_PER_PTE : count / processes;
    this.memory = memory;
    this.lru = lru;
    this.count = count;
    this.tlb = new TlbFlush(memory, arena, lru.page().kernel());
    this.locks = new SpinLock[Math.max(1, (count + ptesOfEach - 1) / ptesOfEach)];
    for (int table = 0; table < locks.length; table++) {
      String name = locks.length == 1 ? "ptl" : "ptl" + table;
      // in Linux it lies in the struct page of its table: two are never on one line
      locks[table] = new SpinLock(memory, arena, name, locks.length == 1 ? 8 : LINE);
    }
    this.ptes = arena.shared("pte", 8L * count, 8);
    for (int i = 0; i < count && arena.isNaming(); i++) {
      arena.define(pte(i), "pte" + i);
    }
  }

  /** The address of a pte. */
  public long address(int index) {
    return pte(index);
  }

  private long pte(int index) {
    OutOfRange.check("pte", index, count);
    return ptes + 8L * index;
  }

  /** What gup_fast and those who clear ptes have to do with each other. */
  public TlbFlush tlb() {
    return tlb;
  }

  /** The number of the pte at this address, or -1. */
  public int indexOf(long addr) {
    return addr >= ptes && addr < ptes + 8L * count ? (int) ((addr - ptes) / Long.BYTES) : -1;
  }

  /** How many ptes there are. */
  public int count() {
    return count;
  }

  /** The lock of the table in which the pte is. */
  public SpinLock ptl(int index) {
    OutOfRange.check("pte", index, Math.max(1, count));
    return locks[index / ptesOfEach];
  }

  /** Whether its ptes are those of processes, a table of each. */
  boolean isOfProcesses() {
    return isOfProcesses;
  }

  /** The lock of a table. */
  public SpinLock lockOf(int number) {
    OutOfRange.check("page table", number, locks.length);
    return locks[number];
  }

  /** The number of the first pte of a table. */
  public int firstOf(int number) {
    OutOfRange.check("page table", number, locks.length);
    return number * ptesOfEach;
  }

  /** How many tables, and so locks, there are. */
  public int tables() {
    return locks.length;
  }

  /** One read of a pte: 0 if not present. */
  @Accessor
  public long readPte(int index) {
    return memory.readOnce64(pte(index));
  }

  /** set_pte_at: what the pte says of references and of mapcount is the caller's business. */
  public void setPte(int index, long value) {
    memory.write64(pte(index), value);
  }

  /**
   * ptep_get_and_clear of a process's pte: an exchange. On x86-64 no later access of this CPU is
   * made before it, so who looks for pins afterwards sees those of walks that have read the pte.
   */
  void clearPte(int index) {
    memory.exchange64(pte(index), 0);
  }

  /** ptep_set_wrprotect of a process's pte: one atomic change. */
  void writeProtect(int index) {
    memory.clearBits64(pte(index), WRITE);
  }

  /**
   * ptep_clear_flush and set_pte_at. The zero in between is written only where the flush waits, so
   * that a walk can begin and end in it: elsewhere who meets it takes the slow path of gup_fast, as
   * if the pte had changed between its two looks, and waits for the lock there.
   */
  void changeFlushed(Cpu cpu, int index, long value) {
    if (tlb.isAwaited()) {
      setPte(index, 0);
      tlb.flush(cpu);
    }
    setPte(index, value);
  }

  /** The struct page that a present pte maps. */
  public static long pageOf(long pte) {
    return pte & ~FLAGS;
  }

  public static boolean isPresent(long pte) {
    return (pte & PRESENT) != 0;
  }

  public static boolean isSpecial(long pte) {
    return (pte & SPECIAL) != 0;
  }

  public static boolean isDevmap(long pte) {
    return (pte & DEVMAP) != 0;
  }

  /** vm_normal_page: whether the pte holds a reference to a page that is counted as mapped. */
  public static boolean isNormal(long pte) {
    return (pte & (PRESENT | SPECIAL | DEVMAP)) == PRESENT;
  }

  static boolean isMigration(long pte) {
    return (pte & (PRESENT | MIGRATION)) == MIGRATION;
  }

  /** What try_to_unmap_one leaves for the time in which the page is split. */
  void setMigration(int index, long p) {
    setPte(index, p | MIGRATION);
  }

  /** migration_entry_wait: until the pte is present again. */
  void migrationEntryWait(int index) {
    memory.waitEvent64(pte(index), PRESENT, PRESENT);
  }

  /** Whether a pte that was read maps the page. */
  static boolean isOf(long pte, long p) {
    return isPresent(pte) && pageOf(pte) == p;
  }

  /** Whether the pte maps the page. */
  public boolean maps(int index, long p) {
    return isOf(readPte(index), p);
  }

  /** How many ptes map the page with a reference. */
  public int mappings(long p) {
    int found = 0;
    for (int i = 0; i < count; i++) {
      long pte = readPte(i);
      found += isNormal(pte) && pageOf(pte) == p ? 1 : 0;
    }
    return found;
  }

  /** Whether a pte that maps the page says that it was written. */
  public boolean isDirty(long p) {
    boolean dirty = false;
    for (int i = 0; i < count; i++) {
      dirty |= maps(i, p) && (readPte(i) & DIRTY) != 0;
    }
    return dirty;
  }

  /** page_add_file_rmap, or page_add_new_anon_rmap of a page that others may see. */
  void addMapcount(long p) {
    memory.add32(p + PageLayout.MAPCOUNT, 1);
  }

  /** page_remove_rmap: a page that nothing maps any more is nobody's to have locked. */
  void removeMapcount(Cpu cpu, long p) {
    // atomic_add_negative
    if (memory.subReturn32(p + PageLayout.MAPCOUNT, 1) < 0
        && lru.page().test(p, PageFlag.MLOCKED)) {
      Mlock.clearPageMlock(cpu, lru, p);
    }
  }

  // ---- before the machine runs

  /** Maps a page, with the reference of the pte. */
  public void bootMap(int index, long p) {
    bootMap(index, p, 0);
  }

  /** Maps a page with flags beside {@link #PRESENT}. */
  public void bootMap(int index, long p, long flags) {
    setPte(index, p | PRESENT | flags);
    addMapcount(p);
    lru.page().bootRef(lru.page().headOf(p), Ref.MAP);
  }

  /** Maps a device page. */
  public void bootMapDevice(int index, long p) {
    setPte(index, p | PRESENT | DEVMAP);
  }

  /** Maps an anonymous page. */
  public void bootMapAnonymous(int index, long p) {
    memory.write64(p + PageLayout.MAPPING, PageLayout.PAGE_MAPPING_ANON);
    memory.write64(p + PageLayout.INDEX, index);
    bootMap(index, p, WRITE);
  }
}
