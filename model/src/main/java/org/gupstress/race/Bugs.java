// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import static org.gupstress.page.Switch.ANON_EXCLUSIVE;
import static org.gupstress.page.Switch.COLLAPSE_IPI;
import static org.gupstress.page.Switch.FORCE_NEEDS_EXCLUSIVE;
import static org.gupstress.page.Switch.HAS_PINNED;
import static org.gupstress.page.Switch.RECHECK_HEAD;
import static org.gupstress.page.Switch.RECHECK_PMD;
import static org.gupstress.page.Switch.REUSE_BY_REFCOUNT;
import static org.gupstress.page.Switch.SOFT_DIRTY_SKIPS_PINNED;
import static org.gupstress.page.Switch.WRITE_PROTECT_SEQ;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;
import org.gupstress.page.Release;

/** The bugs that Linux had where pages are pinned, shared and unmapped, by number. */
public final class Bugs {
  private static final String SEQUENTIAL =
      "It needs a memory model in which an atomic operation without a result does not order other"
          + " accesses, as that of arm64. Kernel code is run with sequentially consistent memory and"
          + " with that of x86-64, where the operation is a full barrier.";

  private static final List<Bug> ALL = List.of(
      cowEitherWay(),
      pinnedIsCopied(),
      forkVersusFastPin(),
      protectThenCheck(),
      swapCache(),
      softDirty(),
      forceTrustsDirty(),
      missingFences(),
      batchDefeatsReuse(),
      largeReuseOrder(),
      collapse(),
      collapsedTableReused(),
      hugetlbUnshare(),
      headChanges(),
      speculativeGet(),
      contPteLock(),
      zeroPagePins(),
      overflow(),
      unpinThroughHead(),
      specialLevels());

  private Bugs() {}

  public static List<Bug> all() {
    return ALL;
  }

  /** The bug of this id; capitals, the dash and a leading zero do not matter. */
  public static Optional<Bug> find(String id) {
    return ALL.stream().filter(bug -> plain(bug.id()).equals(plain(id))).findFirst();
  }

  private static String plain(String id) {
    return id.toUpperCase(Locale.ROOT).replaceFirst("^M-?0*", "M");
  }

  private static Kernel linux(Release release) {
    return Kernel.PRODUCTION.as(release);
  }

  // ---- fork, copy on write, exclusive pages

  private static Bug cowEitherWay() {
    return Bug.named("M-01", "a child reads what its parent writes after the fork")
        .story("After fork both map the page read-only. The child takes a reference with FOLL_GET,"
            + " as vmsplice does, and unmaps the page. It is now mapped once, so the parent's write"
            + " fault takes it for the parent's alone and makes the pte writable. What the parent"
            + " writes then, the child reads from its pipe.")
        .from("before 4.19")
        .to("5.8, 5.9")
        .fixed("17839856fd58", "5.8: a reader with FOLL_GET breaks the sharing first")
        .fixed("09854ba94c6a", "5.9: a page is reused by its reference count")
        .cve("CVE-2020-29374")
        .shown("get-page", "cow-either-way", linux(Release.V5_7), REUSE_BY_REFCOUNT, Harm.LEAKED)
        .notShown("The fix of 5.8 is not modelled: 5.9 replaced it by the rule that is.")
        .done();
  }

  private static Bug pinnedIsCopied() {
    return Bug.named("M-02", "a pin makes the next write fault copy the page")
        .story("Since 5.9 a write fault copies a page with more than one reference, and a pin is"
            + " one. A process pins its page. fork write-protects the pte, or the pin was one for"
            + " reading and the pte is read-only anyway. The next write of the process is a fault:"
            + " it gets a copy, and the device goes on with the old page. fork that copies for the"
            + " child mends the first, PG_anon_exclusive both.")
        .from("5.9")
        .to("5.9 for fork, 5.19 for reading pins")
        .fixed("70e806e4e645", "5.9: fork copies what may be pinned")
        .fixed("6c287605fd56", "5.19: PG_anon_exclusive")
        .shown("slow-write-vs-fork", linux(Release.V5_15), HAS_PINNED, Harm.PIN_DIVERGED)
        .shown("slow-read-vs-reuse", linux(Release.V6_0), ANON_EXCLUSIVE, Harm.PIN_DIVERGED)
        .notShown("A second bug of that change, be068f29034f: unlock_page of a page that others may"
            + " have freed since the pte lock was dropped. The model does not have that order.")
        .done();
  }

  private static Bug forkVersusFastPin() {
    return Bug.named("M-03", "gup_fast pins a page while fork shares it")
        .story("fork asks whether the page may be pinned: no. gup_fast reads a pte that is still"
            + " writable, pins, finds the pte unchanged, and succeeds. Then fork write-protects the"
            + " pte. The page is pinned and shared: the next write of one of the two gives that"
            + " one another page, or shows the child what the parent's device writes.")
        .from("5.9; before, fork did not ask")
        .to("5.11")
        .fixed("57efa1fe5957", "5.11: write_protect_seq")
        .shown("fork-vs-fast-pin", linux(Release.V5_15), WRITE_PROTECT_SEQ, Harm.PINNED_SHARED)
        .shown("fork-vs-fast-pin", linux(Release.V5_15), WRITE_PROTECT_SEQ, Harm.PIN_DIVERGED)
        .shown("fork-vs-fast-pin", linux(Release.V6_18), WRITE_PROTECT_SEQ, Harm.LEAKED)
        .done();
  }

  private static Bug protectThenCheck() {
    return Bug.named("M-04", "fork write-protects first, then asks, then takes it back")
        .story("fork makes the pte read-only, then reads the reference count; if the page may be"
            + " pinned it restores the pte and copies. The read may be made before the store is"
            + " seen. gup_fast adds its pin and still reads the writable pte: both succeed.")
        .from("candidates of 5.9")
        .to("5.9")
        .fixed("f3c64eda3e50", "5.9: copies early, and leaves the parent's pte alone")
        .notShown(SEQUENTIAL + " With either of these the order is correct; and no release had it.")
        .done();
  }

  private static Bug swapCache() {
    return Bug.named("M-05", "reclaim puts a pinned page into the swap cache")
        .story("Reclaim adds a pinned page to the swap cache and unmaps it; it cannot free it,"
            + " because of the pin. The owner's next access maps it again, perhaps read-only, and"
            + " a write then copies it: pin and address part.")
        .to("5.11")
        .fixed("feb889fb40fa", "5.11: reclaim leaves what may be pinned")
        .notShown("The model has no swap.")
        .done();
  }

  private static Bug softDirty() {
    return Bug.named("M-06", "clear_refs write-protects a pinned page")
        .story("A process has pinned its page for writing. Somebody clears its soft-dirty bits,"
            + " which makes the pte read-only. The next write is a fault that, by the reference"
            + " count, copies; the device goes on with the old page.")
        .from("5.9")
        .to("5.11 for most pins, 5.19 for all")
        .fixed("9348b73c2e1b", "5.11: clear_refs leaves what may be pinned")
        .fixed("6c287605fd56", "5.19: PG_anon_exclusive")
        .shown(
            "slow-write-vs-soft-dirty",
            linux(Release.V5_15),
            SOFT_DIRTY_SKIPS_PINNED,
            Harm.PIN_DIVERGED)
        .shown("soft-dirty-vs-fast-pin", linux(Release.V6_0), ANON_EXCLUSIVE, Harm.PIN_DIVERGED)
        .done();
  }

  private static Bug forceTrustsDirty() {
    return Bug.named("M-07", "FOLL_FORCE writes to the page cache through a private mapping")
        .story("A write with FOLL_FORCE faults on a read-only private mapping and gets a copy. It"
            + " remembers that, and looks for a pte that is dirty. Meanwhile the process gives the"
            + " copy up and UFFDIO_CONTINUE maps the file's page, with a dirty pte: the write goes"
            + " to the file. Anybody can change a file that is read-only to him.")
        .from("5.16")
        .to("6.0")
        .fixed("5535be309971", "6.0: FOLL_FORCE writes to exclusive pages alone")
        .cve("CVE-2022-2590")
        .shown("force-vs-continue", linux(Release.V6_0), FORCE_NEEDS_EXCLUSIVE, Harm.FORCED_SHARED)
        .done();
  }

  private static Bug missingFences() {
    return Bug.named("M-08", "no barrier between a pin and the second look at the pte")
        .story("Who shares a page clears its pte, looks for pins, and clears PG_anon_exclusive."
            + " gup_fast adds its pin, reads the pte again, and looks at PG_anon_exclusive. Each"
            + " must see what the other did; without a barrier on both sides neither may, and the"
            + " page is pinned and shared.")
        .from("5.19")
        .to("6.1")
        .fixed("088b8aa537c2", "6.1: a barrier on both sides")
        .notShown(SEQUENTIAL + " unshare-vs-fast-pin holds with both, with and without the"
            + " switches share-fence and pin-fence. The commit calls the order theoretical.")
        .done();
  }

  private static Bug batchDefeatsReuse() {
    return Bug.named("M-09", "a reference of a pagevec makes a write fault copy")
        .story(
            "A page that was just faulted in has a second reference, of this CPU's pagevec. After"
                + " a fork, and the child's exit, the parent is alone with it; its write fault counts"
                + " two references and copies.")
        .from("5.9")
        .to("5.18")
        .fixed("d4c470970d45", "5.18: the fault drains the pagevec of its CPU first")
        .notShown("No claim is broken: it is a copy too many, and who has a plain reference has no"
            + " right to the page. A pin is copied away from by the same rule without a pagevec:"
            + " that is M-02.")
        .done();
  }

  private static Bug largeReuseOrder() {
    return Bug.named("M-10", "reuse of a large page, if mappers count in the wrong order")
        .story("A large page is reused if all its references are mappings. That needs mappers who"
            + " raise the references before the mapcount, and lower them after it.")
        .from("no release")
        .to("no release")
        .notShown(
            "No release had it: it is what a change of that order would do. The model copies a"
                + " large page at every write fault, as 6.12, and does not reuse it by mapcount.")
        .done();
  }

  // ---- gup_fast, page tables and split

  private static Bug collapse() {
    return Bug.named("M-11", "gup_fast pins a page that khugepaged has copied")
        .story(
            "gup_fast reads the pmd. khugepaged clears it and flushes, which interrupts nobody on"
                + " arm64 and under some hypervisors; it counts references: no pin. gup_fast pins, finds"
                + " the pte unchanged, and succeeds. khugepaged copies the page and maps the copy.")
        .from("3.18")
        .to("6.1")
        .fixed("70cbc3cc78a9", "6.1: gup_fast reads the pmd again")
        .shown("collapse-vs-fast-gup", linux(Release.V6_0), RECHECK_PMD, Harm.PIN_DIVERGED)
        .done();
  }

  private static Bug collapsedTableReused() {
    return Bug.named("M-12", "gup_fast walks a page table that khugepaged has given away")
        .story("gup_fast reads the pmd. khugepaged clears it and gives the table back, without"
            + " waiting for walks with interrupts off. gup_fast reads what is there by then, and"
            + " takes it for a pte.")
        .from("2.6.38")
        .to("6.2")
        .fixed("2ba99c5e0881", "6.2: khugepaged interrupts all CPUs and waits")
        .shown("collapse-vs-fast-gup", linux(Release.V6_8), COLLAPSE_IPI, Harm.TABLE_WALKED)
        .done();
  }

  private static Bug hugetlbUnshare() {
    return Bug.named(
            "M-13", "gup_fast walks a pmd table of hugetlb that is another process's by now")
        .story("gup_fast reads the pud, which points to a pmd table that several processes share."
            + " One gives its share up; the table belongs to another alone, who maps other things"
            + " there. gup_fast pins the pages of that process: nothing looks at the pud again.")
        .to("6.16")
        .fixed("1013af4f585f", "6.16: huge_pmd_unshare interrupts all CPUs and waits")
        .cve("CVE-2025-38085")
        .notShown("The page tables of hugetlb, and the levels above the pmd, are not modelled.")
        .done();
  }

  private static Bug headChanges() {
    return Bug.named("M-14", "gup_fast takes its reference on a page that is the head no more")
        .story("gup_fast looks up the head of a tail page. The huge page is split. gup_fast gets a"
            + " reference on the old head, and finds the pte unchanged: it was a migration entry"
            + " meanwhile and is what it was again. It returns the tail, with the reference on"
            + " another page. Where a flush interrupts gup_fast and waits, this cannot be.")
        .from("4.5")
        .to("5.14")
        .fixed("c24d37322548", "5.14: the head is looked up again with the reference")
        .shown("split-vs-fast-gup", linux(Release.V5_15), RECHECK_HEAD, Harm.WRONG_PAGE)
        .done();
  }

  private static Bug speculativeGet() {
    return Bug.named("M-15", "a speculative get where the caller has a reference: false alarms")
        .story("try_get_page was for callers who have a reference. It was replaced by the"
            + " speculative form, whose assertions are about callers who have none: they fire in a"
            + " correct kernel.")
        .from("candidates of 5.15")
        .to("5.15")
        .fixed("cd1adf1b63a1", "5.15: reverts 9857a17f206f")
        .notShown("No release had it, and nothing goes wrong but the assertion.")
        .done();
  }

  private static Bug contPteLock() {
    return Bug.named("M-16", "follow_page takes another lock than hugetlb")
        .story("For a huge page of several ptes, or of several pmds, follow_page took the lock of"
            + " the page table where hugetlb takes one of the mm, or the other way round. Migration"
            + " and poisoning of the page overlap the grab that the lock was to keep them from.")
        .to("6.1")
        .fixed("fac35ba763ed", "6.1: the lock of hugetlb")
        .cve("CVE-2022-3623")
        .notShown("The page tables of hugetlb are not modelled, and there is one lock a table.")
        .done();
  }

  // ---- counting

  private static Bug zeroPagePins() {
    return Bug.named("M-23", "pins of the zero page run its reference count over")
        .story("All processes share the zero page, and each pin adds 1024 references to it: two"
            + " million pins are too many for 31 bits.")
        .from("5.7")
        .to("6.5")
        .fixed("c8070b787519", "6.5: neither a pin of the zero page is counted nor its unpin")
        .notShown("The counter has 31 bits, and no scenario makes two million pins;"
            + " pin-zero-page-of-process shows that pins and unpins are even in both kernels.")
        .done();
  }

  private static Bug overflow() {
    return Bug.named("M-33", "a reference count that wraps to zero frees the page")
        .story("A user takes references until 32 bits are full. The next makes it zero, and one"
            + " that is put then frees the page, which all others still have.")
        .from("before 4.19")
        .to("5.1")
        .fixed("8fde12ca79af", "5.1: get_user_pages refuses a negative count")
        .cve("CVE-2019-11487")
        .notShown("It takes four thousand million references, and the counter of the model is as"
            + " wide as that of the kernel.")
        .done();
  }

  private static Bug unpinThroughHead() {
    return Bug.named("M-36", "io_uring unpins the head of a page of which it pinned a tail")
        .story("A part of a large page is exclusive and pinned. io_uring keeps a pointer to the"
            + " head, and unpins that: the count is right, but sanity_check_pinned_pages looks at"
            + " the page it is given and at its head, and neither is exclusive.")
        .to("6.16")
        .notShown("Registered buffers of io_uring are not modelled; nothing goes wrong but the"
            + " assertion. The fix is called \"fix folio unpinning\".")
        .done();
  }

  private static Bug specialLevels() {
    return Bug.named("M-38", "gup_fast takes an entry that maps nothing for a table")
        .story("A pud that is a migration or poison entry is neither empty nor huge. gup_fast tests"
            + " for these two and takes its bits for the address of a pmd table.")
        .to("5.6")
        .fixed("15494520b776", "5.6: gup_fast tests whether the entry is present")
        .notShown("The levels above the pmd, and entries there that map nothing, are not modelled.")
        .done();
  }
}
