// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.scenario.Operation.Kind.PIN;

import org.gupstress.gup.GupFlags;
import org.gupstress.memory.Note;
import org.gupstress.page.Ref;

/**
 * The operations of processes, of machines that have some: fork, what a process does with its
 * memory, and what is done to it. A process has the ptes that its mm says; the first has the first.
 */
public final class ProcessPrograms {
  private ProcessPrograms() {}

  /** pin_user_pages_fast. */
  public static Operation pinFast(int pte, int register, GupFlags flags) {
    return new Operation(
        name("pin_fast", flags),
        PIN,
        (mm, cpu) -> mm.gup().getUserPagesFast(cpu, pte, register, flags));
  }

  /** pin_user_pages. */
  public static Operation pinSlow(int pte, int register, GupFlags flags) {
    return new Operation(
        name("pin", flags), PIN, (mm, cpu) -> mm.gup().getUserPages(cpu, pte, register, flags));
  }

  private static String name(String call, GupFlags flags) {
    return call + (flags.write() ? " for writing" : "");
  }

  /** get_user_pages_fast with FOLL_GET: a reference, and no pin. */
  public static Operation getFast(int pte, int register) {
    return new Operation(
        "get_fast", PIN, (mm, cpu) -> mm.gup().getUserPagesFast(cpu, pte, register, GupFlags.GET));
  }

  /** put_page of what {@link #getFast} has got. */
  public static Operation putGot(int register) {
    return new Operation("put", PIN, (mm, cpu) -> {
      long page = cpu.register(register);
      if (page != 0) {
        cpu.setRegister(register, 0);
        mm.lru().release().put(cpu, page, Ref.LOOKUP);
      }
    });
  }

  /** What a process does through a reference of its own, as who reads a pipe after vmsplice. */
  public static Operation readThrough(int register, int process) {
    return new Operation("read pipe", (mm, cpu) -> {
      long page = cpu.register(register);
      if (page != 0) {
        int seen = mm.memory().readOnce32(mm.page().content(page));
        mm.memory().note(Note.LOADED, page, process, seen);
      }
    });
  }

  /** A store of the process that has the pte, with the fault that it may take. */
  public static Operation store(int pte) {
    return new Operation("store", (mm, cpu) -> mm.processMemory().user().store(cpu, pte))
        .when(mm -> mm.processes().of(pte).runs());
  }

  /** A load of the process that has the pte. */
  public static Operation loadFrom(int pte) {
    return new Operation("load", (mm, cpu) -> mm.processMemory().user().load(cpu, pte))
        .when(mm -> mm.processes().of(pte).runs());
  }

  /** fork of one process, which makes the other. */
  public static Operation fork(int parent, int child) {
    return new Operation("fork", (mm, cpu) -> mm.processMemory().fork().fork(cpu, parent, child))
        .when(mm -> !mm.processes().get(child).runs());
  }

  /** exit of a process that runs. */
  public static Operation exit(int process) {
    return new Operation("exit", (mm, cpu) -> mm.processMemory().fork().exit(cpu, process))
        .when(mm -> mm.processes().get(process).runs());
  }

  /** madvise(MADV_DONTNEED). */
  public static Operation dontNeed(int pte) {
    return new Operation("zap", (mm, cpu) -> mm.processMemory().user().dontNeed(cpu, pte))
        .when(mm -> mm.processes().of(pte).runs());
  }

  /** KSM makes what is mapped at the pte read-only. */
  public static Operation ksm(int pte) {
    return new Operation("ksm", (mm, cpu) -> mm.processMemory().ksm().writeProtect(cpu, pte));
  }

  /** Soft-dirty bits of a process are cleared. */
  public static Operation clearRefs(int process) {
    return new Operation(
        "clear_refs", (mm, cpu) -> mm.processMemory().softDirty().clearRefs(cpu, process));
  }

  /** mprotect of all that a process has. */
  public static Operation mprotect(int process, boolean writable) {
    return new Operation(
        writable ? "mprotect rw" : "mprotect ro",
        (mm, cpu) -> mm.processMemory().protection().mprotect(cpu, process, writable));
  }

  /** UFFDIO_CONTINUE of a block of the first file. */
  public static Operation uffdContinue(int pte, int block) {
    return new Operation(
        "uffd continue", (mm, cpu) -> mm.processMemory().userfaultfd().continueAt(cpu, pte, block));
  }

  /** khugepaged collapses the page table of a process. */
  public static Operation collapse(int process) {
    return new Operation(
        "collapse", (mm, cpu) -> mm.processMemory().khugepaged().collapse(cpu, process));
  }
}
