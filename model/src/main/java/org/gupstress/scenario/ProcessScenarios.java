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
import static org.gupstress.scenario.ProcessPrograms.pinFast;
import static org.gupstress.scenario.ProcessPrograms.pinSlow;
import static org.gupstress.scenario.ProcessPrograms.putGot;
import static org.gupstress.scenario.ProcessPrograms.readThrough;
import static org.gupstress.scenario.ProcessPrograms.store;
import static org.gupstress.scenario.ProcessPrograms.uffdContinue;
import static org.gupstress.scenario.Programs.dma;
import static org.gupstress.scenario.Programs.gupWrite;
import static org.gupstress.scenario.Programs.split;
import static org.gupstress.scenario.Programs.unpin;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.gupstress.design.Mm;
import org.gupstress.gup.GupFlags;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageKind;
import org.gupstress.page.Release;
import org.gupstress.vm.MmPart;

/** Scenarios of all releases: most of processes, which fork and share their pages. */
final class ProcessScenarios {
  /** Pages that each CPU may allocate. */
  private static final int FREE = 2;

  private ProcessScenarios() {}

  /** In the order of the audit. */
  static List<Scenario> all() {
    String[] releases = Arrays.stream(Release.values()).map(Release::id).toArray(String[]::new);
    List<Scenario> all =
        Stream.of(byHand(), ProcessPairs.all()).flatMap(List::stream).toList();
    all.forEach(scenario -> ((Spec) scenario).linux(releases));
    List<Scenario> later = List.of(
        zeroPage().linux("5.7", "5.15", "6.0", "6.8", "6.12", "6.18"),
        forceVsContinue().linux("5.15", "6.0", "6.8", "6.12", "6.18"));
    return Stream.of(all, later).flatMap(List::stream).toList();
  }

  private static List<Scenario> byHand() {
    return List.of(
        forkVsFastPin(),
        forkVsFastPinRo(),
        forkVsFastPinLarge(),
        unshareVsFastPin(),
        unshareVsFastPinRo(),
        softDirtyVsFastPin(),
        wpReuseVsGet(),
        wpReuseVsPin(),
        cowEitherWay(),
        collapseVsFastGup(),
        splitVsFastGup());
  }

  private static Spec spec(String id, String sentence, Consumer<Mm> boot, MmPart... parts) {
    return Spec.named(id, sentence)
        .cpus(2, 2, 2, 0, 1)
        .pages(1 + 2 * FREE)
        .space(Mm.Space.ofProcesses(2, 1, parts))
        .boot(mm -> {
          ProcessBoot.free(mm, 1, FREE);
          boot.accept(mm);
        });
  }

  private static Spec of(Spec spec, List<Operation> first, List<Operation> second) {
    return spec.program((role, rounds, design) -> role == 0 ? first : second);
  }

  /** M-03. */
  private static Scenario forkVsFastPin() {
    return of(
            spec(
                "fork-vs-fast-pin",
                "gup_fast pins a page for writing while its process forks",
                ProcessBoot::exclusive),
            List.of(pinFast(0, 0, GupFlags.WRITE), dma(0), store(0), unpin(0)),
            List.of(fork(0, 1), loadFrom(1), exit(1)))
        .sometimes(
            "fork overlapped the pin",
            m -> "fork".equals(m.running(1)) && "pin_fast for writing".equals(m.running(0)))
        .sometimes("the child ran while the page was pinned", m -> isPinned(m) && runs(m));
  }

  private static Scenario forkVsFastPinRo() {
    return of(
            spec(
                "fork-vs-fast-pin-ro",
                "gup_fast pins a page to read it, which is read-only, while its process forks",
                ProcessBoot::exclusiveReadOnly),
            List.of(pinFast(0, 0, GupFlags.NONE), store(0), unpin(0)),
            List.of(fork(0, 1), loadFrom(1), exit(1)))
        .sometimes(
            "fork overlapped the pin",
            m -> "fork".equals(m.running(1)) && "pin_fast".equals(m.running(0)))
        .sometimes("the child ran while the page was pinned", m -> isPinned(m) && runs(m));
  }

  /** M-03, where a pin is counted beside the references. */
  private static Scenario forkVsFastPinLarge() {
    return of(
            Spec.named(
                    "fork-vs-fast-pin-large",
                    "gup_fast pins a part of a large page for writing while its process forks")
                .cpus(2, 2, 2, 0, 1)
                .pages(2 + 2 * FREE)
                .kinds(PageKind.HUGE)
                .space(Mm.Space.ofProcesses(2, 2))
                .boot(mm -> {
                  ProcessBoot.free(mm, 2, FREE);
                  ProcessBoot.large(mm);
                }),
            List.of(pinFast(0, 0, GupFlags.WRITE), dma(0), store(0), unpin(0)),
            List.of(fork(0, 1), loadFrom(2)))
        .sometimes(
            "fork overlapped the pin",
            m -> "fork".equals(m.running(1)) && "pin_fast for writing".equals(m.running(0)))
        .sometimes("the child ran while the page was pinned", m -> isPinned(m) && runs(m));
  }

  /** M-08, whose fences change nothing here. */
  private static Scenario unshareVsFastPin() {
    return of(
            spec(
                "unshare-vs-fast-pin",
                "gup_fast pins a page for writing while KSM makes it read-only and shared",
                ProcessBoot::exclusive),
            List.of(pinFast(0, 0, GupFlags.WRITE), dma(0), store(0), unpin(0)),
            List.of(ksm(0)))
        .sometimes(
            "KSM overlapped the pin",
            m -> "ksm".equals(m.running(1)) && "pin_fast for writing".equals(m.running(0)));
  }

  private static Scenario unshareVsFastPinRo() {
    return of(
            spec(
                "unshare-vs-fast-pin-ro",
                "gup_fast pins a page to read it, which is read-only, while KSM makes it shared",
                ProcessBoot::exclusiveReadOnly),
            List.of(pinFast(0, 0, GupFlags.NONE), store(0), unpin(0)),
            List.of(ksm(0)))
        .sometimes(
            "KSM overlapped the pin",
            m -> "ksm".equals(m.running(1)) && "pin_fast".equals(m.running(0)));
  }

  /** M-06. */
  private static Scenario softDirtyVsFastPin() {
    return of(
            spec(
                "soft-dirty-vs-fast-pin",
                "gup_fast pins a page for writing while clear_refs makes it read-only",
                ProcessBoot::exclusive),
            List.of(pinFast(0, 0, GupFlags.WRITE), dma(0), store(0), unpin(0)),
            List.of(clearRefs(0)))
        .sometimes(
            "clear_refs overlapped the pin",
            m -> "clear_refs".equals(m.running(1)) && "pin_fast for writing".equals(m.running(0)));
  }

  private static Scenario wpReuseVsGet() {
    return of(
            spec(
                "wp-reuse-vs-get",
                "a process writes to a page that its child had while a thread gets it",
                ProcessBoot::left),
            List.of(store(0)),
            List.of(getFast(0, 0), putGot(0)))
        .sometimes(
            "the write overlapped the get",
            m -> "store".equals(m.running(0)) && "get_fast".equals(m.running(1)));
  }

  private static Scenario wpReuseVsPin() {
    return of(
            spec(
                "wp-reuse-vs-pin",
                "a process writes to a page that its child had while a thread pins it to read it",
                ProcessBoot::left),
            List.of(store(0)),
            List.of(pinFast(0, 0, GupFlags.NONE), unpin(0)))
        .sometimes(
            "the write overlapped the pin",
            m -> "store".equals(m.running(0)) && "pin_fast".equals(m.running(1)));
  }

  /** M-01. */
  private static Scenario cowEitherWay() {
    return of(
            spec(
                "cow-either-way",
                "a child keeps a reference to its parent's page, unmaps it, and the parent writes",
                ProcessBoot::shared),
            List.of(store(0)),
            List.of(getFast(1, 0), dontNeed(1), readThrough(0, 1), putGot(0)))
        .sometimes(
            "the child had its reference alone when the parent wrote",
            m -> "store".equals(m.running(0))
                && Conditions.register(m, 1, 0) != 0
                && m.mm().pageTable().readPte(1) == 0);
  }

  /** M-11. */
  private static Scenario collapseVsFastGup() {
    return of(
            spec(
                "collapse-vs-fast-gup",
                "gup_fast pins a page for writing while khugepaged copies it to a huge page",
                ProcessBoot::exclusive,
                MmPart.PMD),
            List.of(pinFast(0, 0, GupFlags.WRITE), dma(0), store(0), unpin(0)),
            List.of(collapse(0)))
        .sometimes(
            "the collapse overlapped the pin",
            m -> "collapse".equals(m.running(1)) && "pin_fast for writing".equals(m.running(0)))
        .sometimes(
            "a huge page was mapped",
            m -> m.mm().processes().leavesOf(m.mm().page().address(1 + FREE)) > 0
                || m.mm().processes().leavesOf(m.mm().page().address(2 * FREE)) > 0);
  }

  /** M-23. */
  private static Spec zeroPage() {
    return of(
            spec(
                    "pin-zero-page-of-process",
                    "two threads pin the zero page to read it",
                    ProcessBoot::untouched)
                .kinds(PageKind.ZERO),
            List.of(pinSlow(0, 0, GupFlags.NONE), unpin(0)),
            List.of(pinFast(0, 0, GupFlags.NONE), unpin(0)))
        .sometimes(
            "both had the zero page",
            m -> Conditions.register(m, 0, 0) == m.mm().page().address(0)
                && Conditions.register(m, 1, 0) == m.mm().page().address(0));
  }

  /** M-07. */
  private static Spec forceVsContinue() {
    return of(
            spec(
                "force-vs-continue",
                "FOLL_FORCE writes to a private mapping while its page is replaced by the file's",
                mm -> {
                  Boot.cached(mm, 0, 0);
                  mm.processes().get(0).boot();
                  mm.processes().get(0).setWritable(false);
                },
                MmPart.PROTECTION,
                MmPart.FILE),
            List.of(pinSlow(0, 0, GupFlags.FORCE_WRITE), unpin(0)),
            List.of(dontNeed(0), uffdContinue(0, 0)))
        .sometimes(
            "the page was replaced while the pin was under way",
            m -> "uffd continue".equals(m.running(1)) && "pin for writing".equals(m.running(0)));
  }

  /** M-14: of areas without an mm, as nobody forks. */
  private static Spec splitVsFastGup() {
    return Spec.named(
            "split-vs-fast-gup", "gup_fast pins the tail of a huge page while that is split")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .kinds(PageKind.HUGE)
        .boot(mm -> Boot.huge(mm, 0))
        .program((role, rounds, design) ->
            role == 0 ? List.of(gupWrite(1, 0), unpin(0)) : List.of(split(0)))
        .sometimes(
            "the split overlapped the pin",
            m -> "split".equals(m.running(1)) && "gup_fast".equals(m.running(0)))
        .sometimes("the page was split", m -> !Conditions.hasFlag(m, 0, PageFlag.HEAD))
        .sometimes("the page was pinned", m -> m.pages().live(0) + m.pages().live(1) > 0);
  }

  private static boolean isPinned(Moment m) {
    return m.pages().live(0) > 0;
  }

  private static boolean runs(Moment m) {
    return m.mm().processes().get(1).runs();
  }
}
