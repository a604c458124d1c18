// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.gupstress.scenario.ProcessPrograms.clearRefs;
import static org.gupstress.scenario.ProcessPrograms.collapse;
import static org.gupstress.scenario.ProcessPrograms.dontNeed;
import static org.gupstress.scenario.ProcessPrograms.exit;
import static org.gupstress.scenario.ProcessPrograms.fork;
import static org.gupstress.scenario.ProcessPrograms.getFast;
import static org.gupstress.scenario.ProcessPrograms.ksm;
import static org.gupstress.scenario.ProcessPrograms.loadFrom;
import static org.gupstress.scenario.ProcessPrograms.mprotect;
import static org.gupstress.scenario.ProcessPrograms.pinFast;
import static org.gupstress.scenario.ProcessPrograms.pinSlow;
import static org.gupstress.scenario.ProcessPrograms.putGot;
import static org.gupstress.scenario.ProcessPrograms.store;
import static org.gupstress.scenario.Programs.dirtyUnpin;
import static org.gupstress.scenario.Programs.dma;
import static org.gupstress.scenario.Programs.unpin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gupstress.design.Mm;
import org.gupstress.gup.GupFlags;
import org.gupstress.vm.MmPart;

/**
 * Every way in which a process uses its page by get_user_pages, against everything that happens to
 * the memory of processes. Generated: each {@link Use} meets each {@link Change}. The process
 * writes to its memory while it has the page, so that a copy which comes between them shows.
 */
final class ProcessPairs {
  /** Where the user keeps its page. */
  private static final int REGISTER = 0;

  /** Where the other keeps a pin of its own. */
  private static final int OTHERS_REGISTER = 1;

  private static final int PARENT = 0;
  private static final int CHILD = 1;
  private static final int ROUNDS = 2;

  /** Pages that each CPU may need in a round. */
  private static final int PAGES = 2;

  /** How a process uses its page, from getting it to giving it back. */
  enum Use {
    FAST_WRITE(
        "fast-write", "pins its page by gup_fast, a device writes, it is dirtied, unpinned") {
      @Override
      List<Operation> program() {
        return List.of(
            pinFast(0, REGISTER, GupFlags.WRITE), dma(REGISTER), store(0), dirtyUnpin(REGISTER));
      }
    },
    SLOW_WRITE("slow-write", "pins its page by gup, a device writes, it is dirtied and unpinned") {
      @Override
      List<Operation> program() {
        return List.of(
            pinSlow(0, REGISTER, GupFlags.WRITE), dma(REGISTER), store(0), dirtyUnpin(REGISTER));
      }
    },
    FAST_READ("fast-read", "pins its page by gup_fast to read it, and unpins it") {
      @Override
      List<Operation> program() {
        return List.of(pinFast(0, REGISTER, GupFlags.NONE), store(0), unpin(REGISTER));
      }
    },
    SLOW_READ("slow-read", "pins its page by gup to read it, and unpins it") {
      @Override
      List<Operation> program() {
        return List.of(pinSlow(0, REGISTER, GupFlags.NONE), store(0), unpin(REGISTER));
      }
    },
    GET("get", "gets its page with FOLL_GET, and puts it") {
      @Override
      List<Operation> program() {
        return List.of(getFast(0, REGISTER), store(0), putGot(REGISTER));
      }
    };

    private final String id;
    private final String sentence;

    Use(String id, String sentence) {
      this.id = id;
      this.sentence = sentence;
    }

    abstract List<Operation> program();

    boolean isPin() {
      return this != GET;
    }

    boolean isFast() {
      return this == FAST_WRITE || this == FAST_READ;
    }

    boolean writes() {
      return this == FAST_WRITE || this == SLOW_WRITE;
    }
  }

  /** What the process has when the machine begins. */
  private enum Begin {
    EXCLUSIVE,
    SHARED,
    LEFT;

    void boot(Mm mm) {
      switch (this) {
        case EXCLUSIVE -> ProcessBoot.exclusive(mm);
        case SHARED -> ProcessBoot.shared(mm);
        case LEFT -> ProcessBoot.left(mm);
      }
    }
  }

  /** What happens to the memory of the process beside that. */
  enum Change {
    FORK("fork", "the process forks", Begin.EXCLUSIVE) {
      @Override
      List<Operation> program() {
        return List.of(fork(PARENT, CHILD), loadFrom(1));
      }
    },
    EXIT("exit", "the process forks, and its child exits", Begin.EXCLUSIVE) {
      @Override
      List<Operation> program() {
        return List.of(fork(PARENT, CHILD), loadFrom(1), exit(CHILD));
      }
    },
    COPY("copy", "a thread writes to the page, which a child has too", Begin.SHARED) {
      @Override
      List<Operation> program() {
        return List.of(store(0));
      }
    },
    REUSE("reuse", "a thread writes to the page, which a child had", Begin.LEFT) {
      @Override
      List<Operation> program() {
        return List.of(store(0));
      }
    },
    GET("get", "a thread gets the page with FOLL_GET, which a child had", Begin.LEFT) {
      @Override
      List<Operation> program() {
        return List.of(getFast(0, OTHERS_REGISTER), putGot(OTHERS_REGISTER));
      }
    },
    UNSHARE("unshare", "a thread pins the page to read it, which a child has too", Begin.SHARED) {
      @Override
      List<Operation> program() {
        return List.of(pinSlow(0, OTHERS_REGISTER, GupFlags.NONE), unpin(OTHERS_REGISTER));
      }
    },
    KSM("ksm", "KSM makes the page read-only", Begin.EXCLUSIVE) {
      @Override
      List<Operation> program() {
        return List.of(ksm(0));
      }
    },
    SOFT_DIRTY("soft-dirty", "clear_refs makes the page read-only", Begin.EXCLUSIVE) {
      @Override
      List<Operation> program() {
        return List.of(clearRefs(PARENT));
      }
    },
    ZAP("zap", "a thread gives the memory up", Begin.EXCLUSIVE) {
      @Override
      List<Operation> program() {
        return List.of(dontNeed(0));
      }
    },
    MPROTECT("mprotect", "a thread makes it read-only and writable", Begin.EXCLUSIVE) {
      @Override
      List<Operation> program() {
        return List.of(mprotect(PARENT, false), mprotect(PARENT, true));
      }

      @Override
      MmPart[] parts() {
        return new MmPart[] {MmPart.PROTECTION};
      }
    },
    COLLAPSE("collapse", "khugepaged copies the page to a huge one", Begin.EXCLUSIVE) {
      @Override
      List<Operation> program() {
        return List.of(collapse(PARENT));
      }

      @Override
      MmPart[] parts() {
        return new MmPart[] {MmPart.PMD};
      }
    };

    private final String id;
    private final String sentence;
    private final Begin begin;

    Change(String id, String sentence, Begin begin) {
      this.id = id;
      this.sentence = sentence;
      this.begin = begin;
    }

    abstract List<Operation> program();

    /** What the mms have that code looks at. */
    MmPart[] parts() {
      return new MmPart[0];
    }

    /** Whether it holds mmap_lock for writing, at least in some releases. */
    boolean locksOut(Operation one) {
      return switch (this) {
        case FORK, EXIT -> one.name().equals(fork(PARENT, CHILD).name());
        case SOFT_DIRTY, MPROTECT -> true;
        case COPY, REUSE, GET, UNSHARE, KSM, ZAP, COLLAPSE -> false;
      };
    }
  }

  private ProcessPairs() {}

  /** In the order of the audit. */
  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (Change change : Change.values()) {
      for (Use use : Use.values()) {
        all.add(pair(use, change));
      }
    }
    return all;
  }

  static String id(Use use, Change change) {
    return use.id + "-vs-" + change.id;
  }

  private static Scenario pair(Use use, Change change) {
    List<List<Operation>> programs = List.of(use.program(), change.program());
    Spec spec = Spec.named(
            id(use, change), "a process " + use.sentence + "; " + change.sentence + " meanwhile")
        .cpus(2, 2, 2, 0, 1)
        .rounds(1, 1, ROUNDS)
        .pages(1 + 2 * PAGES * ROUNDS)
        .space(Mm.Space.ofProcesses(2, 1, change.parts()))
        .boot(mm -> {
          ProcessBoot.free(mm, 1, PAGES * ROUNDS);
          change.begin.boot(mm);
        })
        .program((role, rounds, design) -> repeated(programs.get(role), rounds));
    for (Operation one : programs.get(0)) {
      if (one.kind() == Operation.Kind.PIN) {
        for (Operation other : meeting(change, one)) {
          spec.sometimes(
              other.name() + " overlapped " + one.name(),
              m -> one.name().equals(m.running(0)) && other.name().equals(m.running(1)));
        }
      }
    }
    return use.isPin() ? spec.sometimes("the page was pinned", m -> isPinned(m)) : spec;
  }

  /** What can overlap it: mmap_lock keeps others out. */
  private static List<Operation> meeting(Change change, Operation pin) {
    boolean isSlow = pin.name().equals(pinSlow(0, REGISTER, GupFlags.NONE).name())
        || pin.name().equals(pinSlow(0, REGISTER, GupFlags.WRITE).name());
    return change.program().stream()
        .filter(other -> !isSlow || !change.locksOut(other))
        .toList();
  }

  private static boolean isPinned(Moment m) {
    for (int page = 0; page < m.mm().page().count(); page++) {
      if (m.pages().live(page) > 0) {
        return true;
      }
    }
    return false;
  }

  private static List<Operation> repeated(List<Operation> program, int rounds) {
    return Collections.nCopies(rounds, program).stream().flatMap(List::stream).toList();
  }
}
