// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import static org.gupstress.mutant.Mutant.design;
import static org.gupstress.mutant.Mutant.kernel;

import java.util.List;
import java.util.stream.Stream;
import org.gupstress.claim.Claim;

/** The seeded defects: of the sound designs, and of the kernel code around them. */
final class Mutants {
  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(
            ofRfcFixed(),
            ofCounters(),
            ofGup(),
            ofLru(),
            ofReclaim(),
            ofFiles(),
            ofMemory(),
            ofOwners(),
            ofMappings(),
            ofFullness())
        .flatMap(List::stream)
        .toList();
  }

  private static Mutant fixed(String id, String sentence) {
    return design(id, sentence, "rfc-fixed", "RfcFixed");
  }

  private static List<Mutant> ofRfcFixed() {
    return List.of(
        fixed("pin-unlocked", "pin does not take gup_lock")
            .instead(
                "boolean pinned = true; long flags = node.gupLock().lockIrqsave(cpu);",
                "boolean pinned = true;")
            .without("node.gupLock().unlockIrqrestore(cpu, flags); return pinned;")
            .instead("pinned = false; }", "pinned = false; } return pinned;"),
        fixed("pin-locks-late", "pin tests the flag before it takes gup_lock")
            .instead(
                "long flags = node.gupLock().lockIrqsave(cpu); if (union.testFlags(page, PINNED)) {",
                "boolean isPinned = union.testFlags(page, PINNED);"
                    + "long flags = node.gupLock().lockIrqsave(cpu); if (isPinned) {"),
        fixed("unpin-unlocks-early", "the last unpin drops gup_lock before it clears the flag")
            .instead(
                "boolean last = union.decAndTest(page);",
                "boolean last = union.decAndTest(page);"
                    + "node.gupLock().unlockIrqrestore(cpu, flags);")
            .instead(
                "} } node.gupLock().unlockIrqrestore(cpu, flags); if (last) {", "} } if (last) {"),
        fixed("dec-and-test-then-lock", "atomic_dec_and_test, then the lock, then a second look")
            .instead("if (!union.decUnlessOne(page)) {", "if (union.decAndTest(page)) {")
            .instead(
                "boolean last = union.decAndTest(page);",
                "boolean last = union.countIsZero(page);"),
        fixed("unpin-no-recheck", "the last unpin does not look whether there are new pins")
            .instead(
                "boolean last = union.decAndTest(page);",
                "union.decAndTest(page); boolean last = true;"),
        fixed("flag-before-isolation", "the flag is set before the page is isolated")
            .instead(
                "} else if (mm.lru().isolation().isolateLruPage(cpu, page)) {",
                "} else if (setEarly(union, page)"
                    + " && mm.lru().isolation().isolateLruPage(cpu, page)) {")
            .instead(
                "private static long lruState(",
                "private static boolean setEarly(PinnedUnion union, long page) {"
                    + " union.writeFlagsOnce(page, PINNED); return true; }"
                    + " private static long lruState("),
        fixed("flag-before-count", "the flag is written before the count")
            .instead(
                "union.setCount(page, 1);"
                    + " union.writeFlagsOnce(page, PINNED | lruState(mm.page(), page));",
                "union.writeFlagsOnce(page, PINNED | lruState(mm.page(), page));"
                    + " union.setCount(page, 1);")
            .isEquivalent("both are written under gup_lock before any pin is returned, and without"
                + " the lock only holders of a counted pin look at the count"),
        fixed("count-not-set", "the first pin leaves the count as it was")
            .without("union.setCount(page, 1);"),
        fixed("putback-before-clear", "the page is put back before the flag is cleared")
            .instead(
                "long word = union.flags(page, ALL);",
                "long word = union.flags(page, ALL);"
                    + " mm.lru().isolation().putbackLruPage(cpu, page);")
            .without("if (last) { mm.lru().isolation().putbackLruPage(cpu, page); }"),
        fixed("never-put-back", "the last unpin forgets to put the page back")
            .without("mm.lru().isolation().putbackLruPage(cpu, page);"),
        fixed("activation-lost", "pin clears PG_active, and the flag that remembers it is lost")
            .instead(
                "union.setCount(page, 1);",
                "union.setCount(page, 1); mm.page().clear(page, PageFlag.ACTIVE);"),
        fixed("activation-not-restored", "the last unpin does not set PG_active again")
            .without("mm.page().set(page, PageFlag.ACTIVE);")
            .isEquivalent("PG_active stays set while the page is pinned: only pages on a list or in"
                + " reclaim's hands lose it, and a pinned page is neither"),
        fixed("no-drain-all", "pin gives up when its own pagevecs are drained")
            .without("mm.lru().pagevecs().drainAll(cpu);"),
        fixed("no-own-drain", "pin has all CPUs drained without draining its own pagevecs before")
            .without("mm.lru().pagevecs().drain(cpu);")
            .isEquivalent("lru_add_drain_all drains this CPU as well: one try less"),
        fixed("flag-is-page-tail", "the flag is bit 0").instead("PINNED = 0x2;", "PINNED = 0x1;"),
        fixed("mask-is-bit-number", "a mask of 0x4 is used as a bit number, as in November")
            .instead("PINNED = 0x2;", "PINNED = 1L << 0x4;"),
        fixed("flags-overlap", "the flag that remembers PG_active is the one that says pinned")
            .instead("WAS_ACTIVE = 0x4;", "WAS_ACTIVE = 0x2;"),
        fixed("pin-leaks-isolation", "the first pin takes a reference that no unpin drops")
            .instead(
                "union.setCount(page, 1);",
                "union.setCount(page, 1); mm.page().getHead(page, Ref.ISO);"),
        fixed("unpin-keeps-reference", "unpin does not drop the reference of get_user_pages")
            .without("mm.lru().release().put(cpu, page, Ref.GUP);"),
        fixed("unpin-not-irqsave", "the last unpin enables interrupts that were off")
            .instead(
                "long flags = node.gupLock().lockIrqsave(cpu); boolean last",
                "node.gupLock().lockIrq(cpu); boolean last")
            .instead(
                "node.gupLock().unlockIrqrestore(cpu, flags); if (last) {",
                "node.gupLock().unlockIrq(cpu); if (last) {"));
  }

  private static List<Mutant> ofCounters() {
    return List.of(
        design(
                "ext-without-unless-zero",
                "gup_fast takes a reference to a free page",
                "page-ext",
                "PageExt")
            .instead(
                "if (!mm.page().getUnlessZero(page, Ref.GUP)) { return false; }",
                "mm.page().addRefs(page, Ref.GUP, 1);"),
        design("ext-put-twice", "unpin drops its reference twice", "page-ext", "PageExt")
            .instead(
                "mm.lru().release().put(cpu, page, Ref.GUP);",
                "mm.lru().release().put(cpu, page, Ref.GUP);"
                    + "mm.lru().release().put(cpu, page, Ref.GUP);"),
        design("ext-put-first", "unpin drops the reference before the count", "page-ext", "PageExt")
            .instead(
                "mm.memory().add32(mm.ext(page), -1); mm.lru().release().put(cpu, page, Ref.GUP);",
                "mm.lru().release().put(cpu, page, Ref.GUP); mm.memory().add32(mm.ext(page), -1);"),
        design(
                "ext-not-atomic",
                "the count is read, changed and written back",
                "page-ext",
                "PageExt")
            .instead(
                "mm.memory().add32(mm.ext(page), -1);",
                "mm.memory().writeOnce32(mm.ext(page), mm.memory().readOnce32(mm.ext(page)) - 1);"),
        design(
                "ext-undo-keeps-count",
                "a pte that changed leaves the count behind",
                "page-ext",
                "PageExt")
            .instead("unpin(mm, cpu, page);", "mm.lru().release().put(cpu, page, Ref.GUP);"),
        design(
                "ext-barrier-dropped",
                "no barrier between the count and the second look at the pte",
                "page-ext",
                "PageExt")
            .instead(
                "// ordering: full barrier; the count is visible before the pte is read again."
                    + " mm.memory().addFull32(mm.ext(page), 1);",
                "mm.memory().add32(mm.ext(page), 1);")
            .isEquivalent("on x86 a locked add is a full barrier as well, and interleavings are"
                + " sequentially consistent: it takes a machine with weaker atomics"),
        design(
                "foll-without-unless-zero",
                "gup_fast takes 1024 references to a free page",
                "foll-pin",
                "FollPin")
            .instead(
                "return mm.page().getUnlessZero(page, Ref.GUP, GUP_PIN_COUNTING_BIAS);",
                "mm.page().addRefs(page, Ref.GUP, GUP_PIN_COUNTING_BIAS); return true;"),
        design("foll-tail", "the slow path counts the pin on the tail page", "foll-pin", "FollPin")
            .instead("long head = mm.page().compoundHead(page);", "long head = page + 64;"),
        design("foll-unpin-one", "unpin drops one reference of 1024", "foll-pin", "FollPin")
            .instead(
                "mm.lru().release().put(cpu, page, Ref.GUP, refs);",
                "mm.lru().release().put(cpu, page, Ref.GUP);"),
        design("foll-query-signed", "the query asks for more than one pin", "foll-pin", "FollPin")
            .instead(
                "Integer.compareUnsigned(references, GUP_PIN_COUNTING_BIAS) >= 0",
                "Integer.compareUnsigned(references, 2 * GUP_PIN_COUNTING_BIAS) >= 0"));
  }

  private static List<Mutant> ofGup() {
    return List.of(
        kernel("no-pte-recheck", "gup_fast does not read the pte again", "gup/Gup")
            .instead("if (recheckPte && table.readPte(index) != pte) {", "if (pte == 0) {"),
        kernel("recheck-keeps-reference", "a pte that changed keeps the reference", "gup/Gup")
            .without("undoGrab(cpu, head); } else { memory.note(Note.GUP_GOT")
            .instead(
                "if (recheckPte && table.readPte(index) != pte) {",
                "if (recheckPte && table.readPte(index) != pte) { } else { memory.note(Note.GUP_GOT"),
        kernel(
                "grab-before-pte",
                "the slow path drops the page table lock before it takes the" + " reference",
                "gup/Gup")
            .instead(
                "table.ptl(index).lock(); long pte = table.readPte(index); long page = 0;",
                "table.ptl(index).lock(); long pte = table.readPte(index); long page = 0;"
                    + " table.ptl(index).unlock();")
            .without("table.ptl(index).unlock(); return page;")
            .instead(
                "lru.aging().markPageAccessed(cpu, page); }",
                "lru.aging().markPageAccessed(cpu, page); } return page;"),
        kernel("pin-on-tail", "get_user_pages counts the pin on the tail page", "gup/Gup")
            .instead(
                "long head = lru.page().headOf(PageTable.pageOf(pte));",
                "long head = PageTable.pageOf(pte);"),
        kernel("fast-pin-on-tail", "gup_fast counts the pin on the tail page", "gup/Gup")
            .instead(
                "long head = lru.page().compoundHead(PageTable.pageOf(pte));",
                "long head = PageTable.pageOf(pte);")
            .isEquivalent(
                "a tail has no references, so the get fails, and the slow path finds the head"),
        kernel(
                "refused-pin-keeps-reference",
                "get_user_pages keeps its reference if the design" + " refuses",
                "gup/Gup")
            .without("if (pinned == 0) { undoGrab(cpu, page); }")
            .with("rfc-fixed"),
        kernel(
                "dirty-lost-at-unpin",
                "put_user_pages_dirty_lock does not dirty the page",
                "scenario/Programs")
            .without("mm.pageCache().setPageDirtyLock(cpu, page);"));
  }

  private static List<Mutant> ofLru() {
    return List.of(
        kernel(
                "isolate-no-recheck",
                "isolate_lru_page does not look again under lru_lock",
                "lru/Isolation")
            .instead("if ((flags & PageFlag.LRU.mask()) != 0) {", "if (cpu != null) {")
            .with("rfc-fixed"),
        kernel(
                "isolate-keeps-lru",
                "isolate_lru_page takes the page off its list, and leaves PG_lru",
                "lru/Isolation")
            .without("page.clear(p, PageFlag.LRU); lruvec")
            .instead(".del(p, LruList.of(flags));", "lruvec.del(p, LruList.of(flags));"),
        kernel("isolate-no-reference", "isolate_lru_page takes no reference", "lru/Isolation")
            .without("page.getHead(p, Ref.ISO);"),
        kernel(
                "putback-keeps-reference",
                "putback_lru_page does not drop the isolation's reference",
                "lru/Isolation")
            .without("release.put(cpu, p, Ref.ISO);"),
        kernel(
                "putback-drops-first",
                "putback_lru_page drops its reference before the pagevec has" + " one",
                "lru/Isolation")
            .instead(
                "pagevecs.lruCacheAdd(cpu, p); page.at(Ref.ISO, Site.PUTBACK_LRU_PAGE);"
                    + " release.put(cpu, p, Ref.ISO);",
                "page.at(Ref.ISO, Site.PUTBACK_LRU_PAGE); release.put(cpu, p, Ref.ISO);"
                    + " pagevecs.lruCacheAdd(cpu, p);"),
        kernel(
                "isolate-not-unless-zero",
                "__isolate_lru_page takes a reference to a page that is" + " being freed",
                "lru/Isolation")
            .instead(
                "if (!page.getUnlessZero(p, Ref.ISO)) { return Result.BUSY; }",
                "page.addRefs(p, Ref.ISO, 1);"),
        kernel(
                "lru-before-reference",
                "__isolate_lru_page clears PG_lru before it has a reference",
                "lru/Isolation")
            .instead(
                "if (!page.getUnlessZero(p, Ref.ISO)) {",
                "page.clear(p, PageFlag.LRU); if (!page.getUnlessZero(p, Ref.ISO)) {"),
        kernel("drain-unlocked", "the pagevecs are drained without lru_lock", "lru/Pagevecs")
            .instead("long flags = node.lruLock().lockIrqsave(cpu); for", "for")
            .instead("node.lruLock().unlockIrqrestore(cpu, flags); for", "for"),
        kernel(
                "drain-irqs-on",
                "the pagevecs are drained under lru_lock with interrupts on",
                "lru/Pagevecs")
            .instead(
                "long flags = node.lruLock().lockIrqsave(cpu); for", "node.lruLock().lock(); for")
            .instead(
                "node.lruLock().unlockIrqrestore(cpu, flags); for", "node.lruLock().unlock(); for"),
        kernel(
                "drain-releases-locked",
                "the drain drops references with lru_lock held",
                "lru/Pagevecs")
            .instead("node.lruLock().unlockIrqrestore(cpu, flags); for", "for")
            .instead(
                "memory.write64(vec, 0); } /** __pagevec",
                "memory.write64(vec, 0); node.lruLock().unlockIrqrestore(cpu, flags); }"
                    + " /** __pagevec"),
        kernel(
                "drain-forgets-last",
                "the drain forgets the last page of a full pagevec",
                "lru/Pagevecs")
            .instead(
                "for (long i = 0; i < n; i++) { long p = memory.read64(slot(vec, i)); switch",
                "for (long i = 0; i + 1 < n; i++) { long p = memory.read64(slot(vec, i)); switch"),
        kernel("drain-keeps-count", "the drain leaves the pagevec full", "lru/Pagevecs")
            .instead(
                "memory.write64(slot(vec, i), 0); } memory.write64(vec, 0); }",
                "memory.write64(slot(vec, i), 0); } }"),
        kernel(
                "add-no-reference",
                "lru_cache_add takes no reference for the pagevec",
                "lru/Pagevecs")
            .without("page.get(p, Kind.LRU_ADD.ref());"),
        kernel(
                "add-keeps-lru-clear",
                "the drain links the page and does not set PG_lru",
                "lru/Pagevecs")
            .without("page.set(p, PageFlag.LRU);"),
        kernel(
                "add-barrier-dropped",
                "no barrier between PG_lru and the look at PG_mlocked",
                "lru/Pagevecs")
            .without("memory.mb();")
            .isEquivalent("on x86 setting PG_lru is a locked instruction, and interleavings are"
                + " sequentially consistent: it takes a machine with weaker atomics"),
        kernel(
                "add-ignores-mlock",
                "the drain puts an mlocked page on an evictable list",
                "lru/Pagevecs")
            .instead("if (!page.test(p, PageFlag.MLOCKED)) {", "if (p != 0) {")
            .with("rfc-fixed"),
        kernel(
                "activate-no-recheck",
                "__activate_page does not look at PG_lru under lru_lock",
                "lru/Pagevecs")
            .instead(
                "if (isEvictableOnLru(p) && !page.test(p, PageFlag.ACTIVE)) {",
                "if (!page.test(p, PageFlag.ACTIVE)) {")
            .with("rfc-fixed"),
        kernel("activate-lost", "__activate_page forgets PG_active", "lru/Pagevecs")
            .without("page.set(p, PageFlag.ACTIVE); lruvec")
            .instead(
                ".add(p, lruvec.listOf(p)); } } /** pagevec",
                "lruvec.add(p, lruvec.listOf(p)); } } /** pagevec"),
        kernel("rotate-no-recheck", "pagevec_move_tail_fn does not look at PG_lru", "lru/Pagevecs")
            .instead(
                "private void pagevecMoveTailFn(long p) { if (isEvictableOnLru(p)) {",
                "private void pagevecMoveTailFn(long p) { if (p != 0) {")
            .with("rfc-fixed"),
        kernel(
                "deactivate-not-unless-zero",
                "deactivate_file_page takes a reference to a free page",
                "lru/Pagevecs")
            .instead("page.getUnlessZero(p, Kind.DEACTIVATE.ref())", "getIt(p)")
            .instead(
                "private void queue(",
                "private boolean getIt(long p) {"
                    + " page.addRefs(p, Kind.DEACTIVATE.ref(), 1); return true; } private void queue(")
            .isEquivalent("whoever calls it holds a reference"),
        kernel(
                "free-unlocked",
                "__page_cache_release takes the page off its list without lru_lock",
                "lru/PageRelease")
            .without("long flags = node.lruLock().lockIrqsave(cpu);")
            .without("node.lruLock().unlockIrqrestore(cpu, flags);"),
        kernel(
                "free-irqs-on",
                "__page_cache_release leaves interrupts on under lru_lock",
                "lru/PageRelease")
            .instead("long flags = node.lruLock().lockIrqsave(cpu);", "node.lruLock().lock();")
            .instead("node.lruLock().unlockIrqrestore(cpu, flags);", "node.lruLock().unlock();"),
        kernel(
                "free-keeps-lru",
                "__page_cache_release frees a page that is on its list",
                "lru/PageRelease")
            .without("pageCacheRelease(cpu, head); page.clearNonatomic")
            .instead("(head, PageFlag.ACTIVE);", "page.clearNonatomic(head, PageFlag.ACTIVE);"),
        kernel("charge-unlocks-early", "lock_page_lru drops lru_lock for the charge", "lru/Memcg")
            .instead(
                "lruvec.del(p, lruvec.listOf(p));" + " return true;",
                "lruvec.del(p, lruvec.listOf(p));"
                    + " node.lruLock().unlockIrq(cpu); node.lruLock().lockIrq(cpu); return true;")
            .isEquivalent("PG_lru is clear meanwhile, which keeps everybody off the page")
            .with("rfc-fixed"),
        kernel(
                "put-tests-first",
                "put_page looks whether it is the last and then drops",
                "page/Page")
            .instead(
                "boolean last = memory.subAndTest32(head + PageLayout.REFCOUNT, amount);",
                "boolean last = memory.is32(head + PageLayout.REFCOUNT, amount);"
                    + " memory.add32(head + PageLayout.REFCOUNT, -amount);"),
        kernel("get-unless-zero-split", "get_page_unless_zero tests and then adds", "page/Page")
            .instead(
                "boolean got = memory.addUnless32(head + PageLayout.REFCOUNT, amount, 0);",
                "boolean got = !memory.is32(head + PageLayout.REFCOUNT, 0);"
                    + " if (got) { memory.add32(head + PageLayout.REFCOUNT, amount); }"));
  }

  private static List<Mutant> ofReclaim() {
    return List.of(
        kernel(
                "freeze-one-less",
                "__remove_mapping freezes a page that the cache alone holds",
                "fs/PageCache")
            .instead(
                "boolean removed = page.freeze(p, Ref.CACHE, own);",
                "boolean removed = page.freeze(p, Ref.CACHE);"),
        kernel(
                "freeze-ignores-count",
                "__remove_mapping freezes a page with one reference more",
                "page/Page")
            .instead(
                "memory.compareAndSet32(page + PageLayout.REFCOUNT, reasons.length, 0)",
                "(memory.compareAndSet32(page + PageLayout.REFCOUNT, reasons.length, 0)"
                    + " || memory.compareAndSet32(page + PageLayout.REFCOUNT, reasons.length + 1, 0))"),
        kernel(
                "dirty-before-freeze",
                "__remove_mapping looks at PG_dirty before the references",
                "fs/PageCache")
            .instead(
                "boolean removed = page.freeze(p, Ref.CACHE, own);"
                    + " if (removed && page.test(p, PageFlag.DIRTY)) {",
                "boolean wasDirty = page.test(p, PageFlag.DIRTY);"
                    + " boolean removed = page.freeze(p, Ref.CACHE, own); if (removed && wasDirty) {")
            .isEquivalent(
                "who sets PG_dirty keeps its reference until it has had the i_pages lock, under which both looks are taken: the freeze fails"),
        kernel("unfreeze-forgotten", "__remove_mapping leaves a dirty page frozen", "fs/PageCache")
            .without("page.unfreeze(p, Ref.CACHE, own);"),
        kernel("unfreeze-barrier-dropped", "page_ref_unfreeze is no release", "page/Page")
            .instead(
                "memory.writeRelease32(page + PageLayout.REFCOUNT, reasons.length);",
                "memory.writeOnce32(page + PageLayout.REFCOUNT, reasons.length);")
            .isEquivalent("on x86 every store is a release, and interleavings are sequentially"
                + " consistent: it takes a machine that reorders stores"),
        kernel(
                "shrink-no-drain",
                "shrink_inactive_list does not drain the pagevecs",
                "reclaim/InactiveList")
            .without("lru.pagevecs().drain(cpu);")
            .with("rfc-fixed"),
        kernel(
                "shrink-unlocked",
                "shrink_inactive_list isolates pages without lru_lock",
                "reclaim/InactiveList")
            .instead(
                "node.lruLock().lockIrq(cpu); int taken = pages.isolateLruPages(from, count,"
                    + " isolated); node.lruLock().unlockIrq(cpu);",
                "int taken = pages.isolateLruPages(from, count, isolated);"),
        kernel(
                "putback-unlocked",
                "putback_inactive_pages runs without lru_lock",
                "reclaim/InactiveList")
            .instead(
                "node.lruLock().lockIrq(cpu); putbackInactivePages(cpu, isolated, freeing);"
                    + " node.addIsolated(from.isFile(), -taken); node.lruLock().unlockIrq(cpu);",
                "putbackInactivePages(cpu, isolated, freeing);"
                    + " node.addIsolated(from.isFile(), -taken);"),
        kernel(
                "isolated-never-dropped",
                "NR_ISOLATED is never counted down",
                "reclaim/InactiveList")
            .without("node.addIsolated(from.isFile(), -taken);"),
        kernel(
                "shrink-keeps-lock",
                "shrink_page_list keeps PG_locked of a page that it keeps",
                "reclaim/InactiveList")
            .instead(
                "if (verdict != Verdict.KEEP) { page.unlock(p); }",
                "if (verdict == Verdict.ACTIVATE_LOCKED) { page.unlock(p); }"),
        kernel(
                "shrink-takes-mapped",
                "shrink_page_list takes a page whose unmapping failed",
                "reclaim/InactiveList")
            .instead(
                "if (rmap.isMapped(p) && !rmap.tryToUnmap(cpu, p)) {"
                    + " return Verdict.ACTIVATE_LOCKED; }",
                "if (rmap.isMapped(p)) { rmap.tryToUnmap(cpu, p); }")
            .isEquivalent("a pte that stays holds a reference, and the freeze fails"),
        kernel(
                "shrink-takes-dirty",
                "shrink_page_list does not look at PG_dirty, nor does" + " __remove_mapping",
                "fs/PageCache")
            .instead("if (removed && page.test(p, PageFlag.DIRTY)) {", "if (removed && p == 0) {"),
        kernel(
                "putback-keeps-isolation",
                "putback_inactive_pages does not drop the isolation's" + " reference",
                "reclaim/IsolatePages")
            .instead("if (page.putTestzero(p, Ref.ISO)) {", "if (p == 0) {"),
        kernel(
                "last-put-leaves-linked",
                "putback_inactive_pages frees a page that is still listed",
                "reclaim/IsolatePages")
            .without("lru.lruvec().del(p, on);"),
        kernel(
                "deactivation-loses-page",
                "shrink_active_list drops the pages that it deactivates",
                "reclaim/ActiveList")
            .without("list.add(entry, moving);"),
        kernel(
                "deactivation-keeps-lru-clear",
                "move_active_pages_to_lru does not set PG_lru",
                "reclaim/ActiveList")
            .without("page.set(p, PageFlag.LRU);"),
        kernel(
                "migrate-ignores-references",
                "migration moves a page that somebody holds",
                "page/Page")
            .instead(
                "boolean frozen = memory.compareAndSet32(page + PageLayout.REFCOUNT,"
                    + " reasons.length, 0);",
                "boolean frozen = memory.isPositive32(page + PageLayout.REFCOUNT);"
                    + " if (frozen) { memory.writeOnce32(page + PageLayout.REFCOUNT, 0); }"),
        kernel(
                "migrate-loses-activity",
                "migrate_page_states forgets PG_active",
                "reclaim/Migration")
            .instead("page.set(to, PageFlag.ACTIVE);", "page.clear(to, PageFlag.ERROR);"),
        kernel(
                "migrate-copies-late",
                "migration copies the content after the page is unlocked",
                "reclaim/Migration")
            .without("memory.write32(page.content(to), memory.read32(page.content(p)));")
            .instead(
                "if (moved) {",
                "if (moved) {"
                    + " memory.write32(page.content(to), memory.read32(page.content(p)));"),
        kernel(
                "migrate-loses-new-page",
                "migration does not put the new page on an LRU",
                "reclaim/Migration")
            .without("lru.isolation().putbackLruPage(cpu, to);"));
  }

  private static List<Mutant> ofFiles() {
    return List.of(
        kernel(
                "lookup-not-unless-zero",
                "find_get_page takes a reference to a frozen page",
                "fs/PageCache")
            .instead(
                "if (!page.getUnlessZero(page.compoundHead(p), Ref.LOOKUP)) {",
                "page.addRefs(page.compoundHead(p), Ref.LOOKUP, 1); if (p == 0) {"),
        kernel(
                "lock-no-recheck",
                "find_lock_page does not look whether the file still has the page",
                "fs/PageCache")
            .instead(
                "if (file.owns(p)) { return true; } unlockPut",
                "if (p != 0) { return true; }" + " unlockPut"),
        kernel(
                "insert-no-recheck",
                "add_to_page_cache overwrites a page that was there first",
                "fs/PageCache")
            .instead("boolean first = file.pageAt(index) == 0;", "boolean first = p != 0;"),
        kernel(
                "cache-keeps-reference",
                "truncation does not drop the reference of the cache",
                "fs/Truncate")
            .without("page.at(Ref.CACHE, Site.TRUNCATE_INODE_PAGES);"
                + " lru.release().put(cpu, p, Ref.CACHE);"),
        kernel("truncate-no-wait", "truncation does not wait for writeback", "fs/Truncate")
            .without("writeback.waitOnPageWriteback(p); truncateInodePage")
            .instead(
                "(cpu, file, p); unlockRelease(cpu, p); } } }",
                "truncateInodePage(cpu, file, p); unlockRelease(cpu, p); } } }"),
        kernel("truncate-keeps-mapping", "truncation leaves the ptes", "fs/Truncate")
            .instead(
                "private void truncateInodePage(Cpu cpu, AddressSpace file, long p) {"
                    + " rmap.unmapMapping(cpu, p);",
                "private void truncateInodePage(Cpu cpu, AddressSpace file, long p) {"),
        kernel(
                "invalidate-takes-mapped",
                "invalidate_mapping_pages takes a mapped page",
                "fs/Truncate")
            .instead("|| rmap.isMapped(p)) {", ") {")
            .isEquivalent("the pte holds a reference, and the freeze fails"),
        kernel(
                "slots-unlocked",
                "truncation changes the slot without the i_pages lock",
                "fs/Truncate")
            .instead(
                "long flags = file.pagesLock().lockIrqsave(cpu); file.delete(p);"
                    + " file.pagesLock().unlockIrqrestore(cpu, flags);",
                "file.delete(p);"),
        kernel(
                "i-pages-irqs-on",
                "set_page_dirty takes the i_pages lock with interrupts on",
                "fs/PageCache")
            .instead(
                "long flags = file.pagesLock().lockIrqsave(cpu); if (file.owns(p)) {"
                    + " file.setTag(p, AddressSpace.DIRTY); }"
                    + " file.pagesLock().unlockIrqrestore(cpu, flags);",
                "file.pagesLock().lock(); if (file.owns(p)) {"
                    + " file.setTag(p, AddressSpace.DIRTY); } file.pagesLock().unlock();"),
        kernel(
                "clean-after-io",
                "PG_dirty is cleared when the page is written, not before",
                "fs/Writeback")
            .instead(
                "boolean dirty = page.testAndClear(p, PageFlag.DIRTY);",
                "boolean dirty = page.test(p, PageFlag.DIRTY);")
            .instead(
                "memory.write32(disk, memory.read32(page.content(p)));",
                "memory.write32(disk, memory.read32(page.content(p)));"
                    + " page.clear(p, PageFlag.DIRTY);"),
        kernel("writeback-not-marked", "->writepage does not set PG_writeback", "fs/Writeback")
            .instead("if (!page.testAndSet(p, PageFlag.WRITEBACK)) {", "if (p != 0) {"));
  }

  private static List<Mutant> ofMemory() {
    return List.of(
        kernel(
                "unmap-frees-early",
                "zap_pte_range drops the page before it clears the pte",
                "vm/Faults")
            .without("table.setPte(index, 0); if (table.isOfProcesses()) {"
                + " memory.note(Note.UNMAPPED, 0, index); } if (!PageTable")
            .instead(
                ".isNormal(pte)) { table.ptl(index).unlock(); return true; }",
                "if (!PageTable.isNormal(pte)) { table.setPte(index, 0);"
                    + " table.ptl(index).unlock(); return true; }")
            .instead(
                "lru.pagevecs().release(cpu, p, Ref.MAP); return true;",
                "lru.pagevecs().release(cpu, p, Ref.MAP); table.setPte(index, 0); return true;"),
        kernel(
                "unmap-keeps-reference",
                "zap_pte_range does not drop the reference of the pte",
                "vm/Faults")
            .without("lru.pagevecs().release(cpu, p, Ref.MAP);"),
        kernel("unmap-loses-dirty", "zap_pte_range forgets the dirty bit of the pte", "vm/Faults")
            .instead(
                "if ((pte & PageTable.DIRTY) != 0) { files.setPageDirty(cpu, p); }"
                    + " if ((pte & PageTable.YOUNG)",
                "if ((pte & PageTable.YOUNG)"),
        kernel(
                "fault-no-recheck",
                "a page fault maps its page over one that was there first",
                "vm/Faults")
            .instead(
                "boolean maps = table.readPte(index) == 0;",
                "boolean maps = table.readPte(index) != -1;"),
        kernel("rmap-loses-dirty", "try_to_unmap forgets the dirty bit of the pte", "vm/Rmap")
            .without("if ((pte & PageTable.DIRTY) != 0) { files.setPageDirty(cpu, p); }"),
        kernel("rmap-unlocked", "try_to_unmap does not take the page table lock", "vm/Rmap")
            .instead(
                "private boolean tryToUnmapOne(Cpu cpu, long p, int index, boolean migration) {"
                    + " table.ptl(index).lock();",
                "private boolean tryToUnmapOne(Cpu cpu, long p, int index, boolean migration) {")
            .instead(
                "table.ptl(index).unlock(); return unmaps || !maps;", "return unmaps || !maps;"),
        kernel(
                "mlock-inverts-locks",
                "mlock waits for the page lock under the page table lock",
                "vm/Mlock")
            .instead("!= 0 && page.trylock(p);", "!= 0; if (locks) { page.lock(p); }"),
        kernel("munlock-unlocked", "munlock isolates the page without lru_lock", "vm/Mlock")
            .instead(
                "private void munlockPagevec(Cpu cpu, long p) { node.lruLock().lockIrq(cpu);",
                "private void munlockPagevec(Cpu cpu, long p) {")
            .without("node.lruLock().unlockIrq(cpu);")
            .with("rfc-fixed"),
        kernel("munlock-keeps-lru", "munlock isolates the page and leaves PG_lru", "vm/Mlock")
            .without("page.clear(p, PageFlag.LRU);"),
        kernel("mlock-loses-page", "mlock isolates the page and does not put it back", "vm/Mlock")
            .without("&& lru.isolation().isolateLruPage(cpu, p)) {"
                + " lru.isolation().putbackLruPage(cpu, p); } } /** The last pte")
            .instead(
                "if (!lru.page().testAndSet(p, PageFlag.MLOCKED)",
                "if (!lru.page().testAndSet(p, PageFlag.MLOCKED)) {"
                    + " lru.isolation().isolateLruPage(cpu, p); } } /** The last pte"),
        kernel(
                "split-ignores-pins",
                "a huge page is split although somebody holds it",
                "vm/HugeSplit")
            .instead(
                "boolean split = totalMapcount(head) == 0 && page.freeze(head, Ref.LOOKUP);",
                "boolean split = totalMapcount(head) == 0;"
                    + " if (split) { page.freeze(head, Ref.LOOKUP); }")
            .instead(
                "return totalMapcount(head) == page.references(head) - 1;",
                "return totalMapcount(head) != 0;"));
  }

  /** Pages of a device, of the hugetlb pool, and of the buddy list. */
  private static List<Mutant> ofOwners() {
    return List.of(
        kernel("pool-not-counted", "a page leaves the pool uncounted", "lru/HugetlbPool")
            .without("addFree(-1);")
            .by(Claim.RECLAIM_PROGRESSES),
        kernel("pool-counted-unlocked", "the pool counts without hugetlb_lock", "lru/HugetlbPool")
            .instead("addFree(1); memory.unlock(lock);", "memory.unlock(lock); addFree(1);")
            .by(Claim.RECLAIM_PROGRESSES),
        kernel("pool-stays-active", "a free page stays on the active list", "lru/HugetlbPool")
            .instead(
                "list.move(head + PageLayout.LRU, freeList());",
                "list.move(head + PageLayout.LRU, activeList());")
            .by(Claim.RECLAIM_PROGRESSES, Claim.NO_USE_AFTER_FREE, Claim.LIST_INTACT),
        kernel(
                "pool-counts-references-late",
                "a page of the pool has its first reference after hugetlb_lock is dropped",
                "lru/HugetlbPool")
            .instead(
                "page.setRefcounted(head); addFree(-1); memory.unlock(lock);",
                "addFree(-1); memory.unlock(lock); page.setRefcounted(head);")
            .isEquivalent("whoever has taken it off the free list is alone with it until it is"
                + " mapped, and nobody takes pages off the active list"),
        kernel("device-freed-at-one", "a device's page is freed at refcount 1", "page/DevPagemap")
            .instead("return left == 0;", "return left <= 1;")
            .by(Claim.REFS_BALANCE, Claim.NO_USE_AFTER_FREE),
        kernel("pagemap-kept", "gup_fast keeps the dev_pagemap", "gup/Gup")
            .instead(
                "memory.note(Note.GUP_GOT, head, index);",
                "memory.note(Note.GUP_GOT, head, index);"
                    + " if (PageTable.isDevmap(pte)) { return head; }")
            .by(Claim.REFS_BALANCE),
        kernel("device-pte-counted", "the pte of a device's page drops a reference", "vm/Faults")
            .instead("if (!PageTable.isNormal(pte)) {", "if (PageTable.isSpecial(pte)) {")
            .by(Claim.REFS_BALANCE),
        kernel("bulk-not-counted", "free pages come to the buddy uncounted", "lru/PageAllocator")
            .without("memory.add32(nrFree, moved);")
            .by(Claim.RECLAIM_PROGRESSES),
        kernel("refill-not-counted", "a CPU's list is filled uncounted", "lru/PageAllocator")
            .without("count(cpu, moved);")
            .by(Claim.RECLAIM_PROGRESSES),
        kernel("refill-unlocked", "a CPU's list is filled without zone->lock", "lru/PageAllocator")
            .instead(
                "zoneLock.lock(); int taken = 0; int moved = 0;"
                    + " for (; taken < zone.batch() && !list.isEmpty(freeArea); taken++) {",
                "int taken = 0; int moved = 0;"
                    + " for (; taken < zone.batch() && !list.isEmpty(freeArea); taken++) {")
            .instead(
                "memory.add32(nrFree, -taken); zoneLock.unlock();", "memory.add32(nrFree, -taken);")
            .by(Claim.LIST_INTACT, Claim.NO_USE_AFTER_FREE),
        kernel("split-puts-twice", "a split drops two references to the tail", "vm/HugeSplit")
            .instead(
                "lru.release().put(cpu, tail, Ref.LOOKUP);",
                "lru.release().put(cpu, tail, Ref.LOOKUP);"
                    + " lru.release().put(cpu, tail, Ref.LOOKUP);")
            .by(Claim.REFS_BALANCE));
  }

  /** What a pte and its page say of each other, and who waits for a page. */
  private static List<Mutant> ofMappings() {
    return List.of(
        kernel("idle-untold", "nobody is told that a device's page is idle", "page/DevPagemap")
            .without("memory.writeOnce64(wait, 1);")
            .by(Claim.NO_DEADLOCK),
        kernel("fault-not-swapbacked", "a page of a process is not PG_swapbacked", "vm/Faults")
            .without("page.set(p, PageFlag.SWAPBACKED);")
            .by(Claim.NO_LOST_WRITE),
        kernel("unmap-loses-young", "zap_pte_range forgets the young bit of the pte", "vm/Faults")
            .without("lru.aging().markPageAccessed(cpu, p);")
            .by(Claim.AGING_KEPT),
        kernel("fault-not-indexed", "a page of a process has no index", "vm/Faults")
            .without("memory.write64(p + PageLayout.INDEX, index);")
            .by(Claim.RECLAIM_PROGRESSES),
        kernel("tail-not-indexed", "the tail of a split page keeps its index", "vm/HugeSplit")
            .without(
                "memory.write64(tail + PageLayout.INDEX, memory.read64(head + PageLayout.INDEX) + 1);")
            .by(Claim.RECLAIM_PROGRESSES),
        kernel("tail-not-mapped", "the tail of a split page keeps its mapping", "vm/HugeSplit")
            .without(
                "memory.write64(tail + PageLayout.MAPPING, memory.read64(head + PageLayout.MAPPING));")
            .by(Claim.RECLAIM_PROGRESSES),
        kernel("mkclean-leaves-writable", "page_mkclean leaves a pte writable", "vm/Rmap")
            .instead("pte & ~(PageTable.DIRTY | PageTable.WRITE)", "pte & ~PageTable.DIRTY")
            .by(Claim.NO_LOST_WRITE),
        kernel("read-not-read", "a page that is read in is as it was", "fs/PageCache")
            .without("memory.write32(page.content(p), memory.read32(file.disk(index)));")
            .by(Claim.NO_LOST_WRITE),
        kernel("read-not-uptodate", "a page that is read in is not PG_uptodate", "fs/PageCache")
            .instead(
                "page.set(p, PageFlag.UPTODATE); page.unlock(p); return p;",
                "page.unlock(p); return p;")
            .by(Claim.NO_LOST_WRITE));
  }

  /** What is bounded, and where things go on their lists. */
  private static List<Mutant> ofFullness() {
    return List.of(
        kernel("refused-not-redirtied", "a page that the device refuses is clean", "fs/Writeback")
            .instead(
                "endPageWriteback(cpu, p); cache.setPageDirty(cpu, p); return false;",
                "endPageWriteback(cpu, p); return false;")
            .by(Claim.NO_LOST_WRITE),
        kernel("refused-in-writeback", "a refused page stays PG_writeback", "fs/Writeback")
            .instead(
                "endPageWriteback(cpu, p); cache.setPageDirty(cpu, p); return false;",
                "cache.setPageDirty(cpu, p); return false;")
            .by(Claim.NO_LOST_WRITE),
        kernel("queue-overrun", "a full queue takes one page more", "fs/BioQueue")
            .instead(
                "boolean room = tail - head() < slots;", "boolean room = tail - head() <= slots;")
            .by(Claim.NO_LOST_WRITE),
        kernel("pagevec-overrun", "the last slot of a pagevec empties nothing", "lru/Pagevecs")
            .instead("return n + 1 == slots;", "return n == slots;")
            .by(Claim.LIST_INTACT),
        kernel("pagevec-last-forgotten", "a full pagevec forgets its last page", "lru/Pagevecs")
            .instead(
                "for (long i = 0; i < n; i++) { long p = memory.read64(slot(vec, i)); switch (kind) {",
                "for (long i = 0; i < n && i < slots - 1; i++) {"
                    + " long p = memory.read64(slot(vec, i)); switch (kind) {")
            .by(Claim.NEVER_STRANDED),
        kernel("rotate-to-the-head", "a page is rotated to the wrong end", "lru/Pagevecs")
            .instead("lruvec.addTail(p, lruvec.listOf(p));", "lruvec.add(p, lruvec.listOf(p));"),
        kernel("tags-not-moved", "migration forgets the tags of the slot", "fs/AddressSpace")
            .instead("memory.write64(slot(index), to | tags);", "memory.write64(slot(index), to);")
            .by(Claim.NO_LOST_WRITE),
        kernel("huge-counts-one", "lru_size counts a huge page as one", "lru/Lruvec")
            .instead(
                "public void add(long p, LruList to) { node.addSize(to, page.hpageNrPages(p));",
                "public void add(long p, LruList to) { node.addSize(to, 1);")
            .by(Claim.LIST_INTACT));
  }
}
