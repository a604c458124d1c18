// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import java.util.Set;
import org.gupstress.lru.Lru;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;

/** The memory of processes: puts together what works on mms. */
public final class ProcessMemory {
  private final Processes processes;
  private final ProcessFaults faults;
  private final UserMemory user;
  private final Fork fork;
  private final Ksm ksm;
  private final SoftDirty softDirty;
  private final Protection protection;
  private final Khugepaged khugepaged;
  private final Userfaultfd userfaultfd;

  /**
   * Of so many processes.
   *
   * @param ptes of all together
   * @param parts what their mms have that code looks at
   * @param ofAreas the faults of areas without an mm, which know how memory comes about
   * @param files the page cache
   * @param query how the kernel asks for pins
   */
  public ProcessMemory(
      Memory memory,
      Arena arena,
      Lru lru,
      PageTable table,
      int processCount,
      int ptes,
      Set<MmPart> parts,
      Faults ofAreas,
      FileOps files,
      PinQuery query) {
    AnonRmap rmap = new AnonRmap(memory, lru, table, query);
    this.processes = new Processes(memory, arena, table, processCount, ptes, parts);
    this.faults = new ProcessFaults(table, ofAreas, new CopyOnWrite(memory, lru, table, rmap));
    this.user = new UserMemory(memory, lru.page(), table, processes, faults, ofAreas);
    this.fork = new Fork(memory, lru, table, rmap, processes, ofAreas, query);
    this.ksm = new Ksm(memory, lru, table, rmap, processes);
    this.softDirty = new SoftDirty(lru, table, processes, query);
    this.protection = new Protection(lru, table, processes);
    this.userfaultfd = new Userfaultfd(lru, table, processes, files);
    this.khugepaged = new Khugepaged(memory, lru, table, rmap, processes);
  }

  public Processes processes() {
    return processes;
  }

  public ProcessFaults faults() {
    return faults;
  }

  /** Loads and stores of the processes themselves. */
  public UserMemory user() {
    return user;
  }

  public Fork fork() {
    return fork;
  }

  public Ksm ksm() {
    return ksm;
  }

  public SoftDirty softDirty() {
    return softDirty;
  }

  public Protection protection() {
    return protection;
  }

  public Khugepaged khugepaged() {
    return khugepaged;
  }

  public Userfaultfd userfaultfd() {
    return userfaultfd;
  }
}
