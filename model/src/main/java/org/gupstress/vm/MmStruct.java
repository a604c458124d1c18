// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import java.util.Set;
import org.gupstress.memory.Accessor;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;

/**
 * struct mm_struct: the memory of one process, with the words that gup, faults and fork share
 * (KERNEL.md 18.1).
 *
 * <p>mmap_lock is a word for each CPU, of which a reader takes its own and a writer all: who is
 * kept out is who is kept out by the kernel's, in fewer accesses. Its waiters are not queued.
 *
 * <p>Leaves out: the locks of single areas that faults and gup take instead in 6.4 and later, which
 * fork takes all of; the levels above the pmd; mm_users beyond whether the process runs.
 */
public final class MmStruct {
  /** Bit 28 in 5.15, 27 in 6.8 to 6.18. */
  private static final int HAS_PINNED_BIT = 27;

  static final long MMF_HAS_PINNED = 1L << HAS_PINNED_BIT;

  /** In {@code mm_users}: the process runs. */
  private static final long RUNS = 1;

  private static final long HELD = 1;

  /** Of a pmd: it names a page table. What is not a table and not 0 maps a page, like a pte. */
  private static final long TABLE = 1 << 5;

  private static final long VM_WRITE = 1 << 1;

  private final Memory memory;
  private final int number;
  private final int firstPte;
  private final int ptes;
  private final Set<MmPart> parts;
  private final long flags;
  private final long seq;
  private final long users;
  private final long pmd;
  private final long vmFlags;
  private final long[] mmapLock;

  MmStruct(Memory memory, Arena arena, int number, int ptes, Set<MmPart> parts) {
    this.memory = memory;
    this.number = number;
    this.firstPte = number * ptes;
    this.ptes = ptes;
    this.parts = parts;
    String name = "mm" + number;
    this.flags = arena.shared(name + ".flags", 8, 8);
    this.seq = arena.shared(name + ".write_protect_seq", 4, 8);
    this.users = arena.shared(name + ".mm_users", 8, 8);
    this.pmd = parts.contains(MmPart.PMD) ? arena.shared(name + ".pmd", 8, 8) : 0;
    this.vmFlags = parts.contains(MmPart.PROTECTION) ? arena.shared(name + ".vm_flags", 8, 8) : 0;
    this.mmapLock = new long[arena.cpus()];
    for (int cpu = 0; cpu < mmapLock.length; cpu++) {
      mmapLock[cpu] = arena.shared(name + ".mmap_lock.cpu" + cpu, 8, 8);
    }
    arena.defineBit(HAS_PINNED_BIT, "MMF_HAS_PINNED");
  }

  public int number() {
    return number;
  }

  /** The number of its first pte. */
  public int firstPte() {
    return firstPte;
  }

  /** How many ptes it has. */
  public int ptes() {
    return ptes;
  }

  // ---- mmap_lock

  /** mmap_read_lock. */
  @Accessor
  public void readLock(Cpu cpu) {
    memory.mightSleep();
    memory.lockBits64(mmapLock[cpu.number()], HELD);
  }

  @Accessor
  public void readUnlock(Cpu cpu) {
    memory.unlockBits64(mmapLock[cpu.number()], HELD);
  }

  /** mmap_write_lock. */
  @Accessor
  public void writeLock() {
    memory.mightSleep();
    for (long word : mmapLock) {
      memory.lockBits64(word, HELD);
    }
  }

  @Accessor
  public void writeUnlock() {
    for (int cpu = mmapLock.length - 1; cpu >= 0; cpu--) {
      memory.unlockBits64(mmapLock[cpu], HELD);
    }
  }

  // ---- what gup and fork say to each other

  /** mm_set_has_pinned_flag: for ever. */
  public void setHasPinned() {
    if (!hasPinned()) {
      memory.setBits64(flags, MMF_HAS_PINNED);
    }
  }

  @Accessor
  public boolean hasPinned() {
    return memory.readBits64(flags, MMF_HAS_PINNED) != 0;
  }

  /** raw_read_seqcount: odd while fork write-protects. */
  @Accessor
  public int readSeq() {
    return memory.readOnce32(seq);
  }

  /** raw_write_seqcount_begin and _end, under mmap_lock: a load and a store. */
  @Accessor
  void advanceSeq() {
    memory.write32(seq, memory.read32(seq) + 1);
  }

  // ---- its parts

  boolean has(MmPart part) {
    return parts.contains(part);
  }

  /** The address of the pmd, or 0. */
  public long pmdAddress() {
    return pmd;
  }

  /** pmdp_get_lockless; where nobody changes it, it is always there. */
  @Accessor
  public long readPmd() {
    return pmd == 0 ? TABLE : memory.readOnce64(pmd);
  }

  void setPmd(long value) {
    memory.write64(pmd, value);
  }

  /** pmdp_get_and_clear: an exchange, as {@link PageTable#clearPte}. */
  void clearPmd() {
    memory.exchange64(pmd, 0);
  }

  /** Whether the pmd names a page table. */
  public static boolean isTable(long pmd) {
    return pmd == TABLE;
  }

  /** Whether the pmd maps a page itself: it has the format of a pte. */
  public static boolean isLeaf(long pmd) {
    return pmd != 0 && pmd != TABLE;
  }

  void setTable() {
    setPmd(TABLE);
  }

  /** Whether the memory may be written, under mmap_lock. */
  @Accessor
  public boolean isWritable() {
    return vmFlags == 0 || memory.readBits64(vmFlags, VM_WRITE) != 0;
  }

  public void setWritable(boolean writable) {
    memory.write64(vmFlags, writable ? VM_WRITE : 0);
  }

  // ---- life

  /** Whether the process runs. */
  @Accessor
  public boolean runs() {
    return memory.readBits64(users, RUNS) != 0;
  }

  void setRuns(boolean runs) {
    memory.write64(users, runs ? RUNS : 0);
  }

  /** The process runs when the machine begins. */
  public void boot() {
    setRuns(true);
    if (pmd != 0) {
      setTable();
    }
    if (vmFlags != 0) {
      setWritable(true);
    }
  }
}
