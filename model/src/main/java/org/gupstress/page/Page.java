// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import java.util.Set;
import org.gupstress.memory.Accessor;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.memory.OutOfRange;
import org.gupstress.memory.View;

/**
 * struct page in one memory: flags, and the reference primitives of include/linux/mm.h and
 * page_ref.h, Linux 4.19. A page is its address.
 *
 * <p>Every get and put names its reason, which goes into the ledger with the same access.
 *
 * <p>Where a kernel function looks up the head of a page that its caller has just got as a head,
 * the second look-up is folded into the first. A test whose answer could only be no, because the
 * machine has no pages of that kind, is left out.
 */
public final class Page {
  /** The number of the zero page, in machines that have one. */
  public static final int ZERO_PAGE = 0;

  private final Memory memory;
  private final Kernel kernel;
  private final GetHook hook;
  private final long first;
  private final int count;
  private final Set<PageKind> kinds;
  private final boolean hasDevices;
  private final boolean hasHuge;
  private final boolean hasTails;

  public Page(Memory memory, Arena arena, Kernel kernel, int count) {
    this(memory, arena, kernel, count, Set.of(), GetHook.NONE);
  }

  /**
   * @param kinds which pages there are beside page cache and anonymous ones
   * @param hook what a pin design does in get_page
   */
  public Page(
      Memory memory, Arena arena, Kernel kernel, int count, Set<PageKind> kinds, GetHook hook) {
    this.memory = memory;
    this.kernel = kernel;
    this.hook = hook;
    this.count = count;
    this.kinds = kinds;
    // asked at every put
    this.hasDevices = has(PageKind.DEVICE);
    this.hasHuge = has(PageKind.HUGE);
    this.hasTails = hasHuge || has(PageKind.HUGETLB);
    this.first = arena.shared("vmemmap", (long) count * PageLayout.SIZE, PageLayout.SIZE);
    for (int i = 0; i < count; i++) {
      PageLayout.define(arena, kernel, address(i), "page" + i);
    }
  }

  /** The address of the struct page with this number. */
  public long address(int number) {
    OutOfRange.check("page", number, count);
    return first + (long) number * PageLayout.SIZE;
  }

  /** The number of the struct page in which the address lies, or -1. */
  public int number(long addr) {
    long offset = addr - first;
    return offset >= 0 && offset < (long) count * PageLayout.SIZE
        ? (int) (offset / PageLayout.SIZE)
        : -1;
  }

  public int count() {
    return count;
  }

  public Kernel kernel() {
    return kernel;
  }

  /** PageTransCompound: whether the page is a part of a huge page. */
  public boolean isPartOfHuge(long page) {
    return hasHuge && (compoundHead(page) != page || test(page, PageFlag.HEAD));
  }

  /** Whether the machine has pages of this kind. */
  public boolean has(PageKind kind) {
    return kinds.contains(kind);
  }

  /** The address of the version of what the page frame holds: 32 bits that count up. */
  public long content(long page) {
    return page + PageLayout.PRIVATE;
  }

  // ---- flags

  @Accessor
  public boolean test(long page, PageFlag flag) {
    return memory.readBits64(page + PageLayout.FLAGS, flag.mask()) != 0;
  }

  /** One read of the flags word; only the bits of {@code mask} are seen. */
  @Accessor
  public long flags(long page, long mask) {
    return memory.readBits64(page + PageLayout.FLAGS, mask);
  }

  /**
   * A test by somebody who found the page by its number, or without anything that keeps it: he must
   * look again when he has a reference.
   */
  @Accessor
  public boolean testRacy(long page, PageFlag flag) {
    return memory.through(View.RACY).readBits64(page + PageLayout.FLAGS, flag.mask()) != 0;
  }

  @Accessor
  public void set(long page, PageFlag flag) {
    memory.setBits64(page + PageLayout.FLAGS, flag.mask());
  }

  @Accessor
  public void clear(long page, PageFlag flag) {
    memory.clearBits64(page + PageLayout.FLAGS, flag.mask());
  }

  /** __SetPageFlag: a load and a store, between which an update by somebody else is lost. */
  @Accessor
  public void setNonatomic(long page, PageFlag flag) {
    long flags = memory.read64(page + PageLayout.FLAGS);
    memory.write64(page + PageLayout.FLAGS, flags | flag.mask());
  }

  /** __ClearPageFlag, for a page that nobody else can have: not atomic either. */
  @Accessor
  public void clearNonatomic(long page, PageFlag flag) {
    long flags = memory.read64(page + PageLayout.FLAGS);
    memory.write64(page + PageLayout.FLAGS, flags & ~flag.mask());
  }

  @Accessor
  public boolean testAndSet(long page, PageFlag flag) {
    return memory.testAndSetBits64(page + PageLayout.FLAGS, flag.mask());
  }

  @Accessor
  public boolean testAndClear(long page, PageFlag flag) {
    return memory.testAndClearBits64(page + PageLayout.FLAGS, flag.mask());
  }

  /** trylock_page. */
  public boolean trylock(long page) {
    return memory.tryLockBits64(page + PageLayout.FLAGS, PageFlag.LOCKED.mask());
  }

  /** lock_page: sleeps until it has it. */
  @Accessor
  public void lock(long page) {
    memory.mightSleep();
    memory.lockBits64(page + PageLayout.FLAGS, PageFlag.LOCKED.mask());
  }

  @Accessor
  public void unlock(long page) {
    memory.unlockBits64(page + PageLayout.FLAGS, PageFlag.LOCKED.mask());
  }

  // ---- the first union word as any code may read it, without a lock

  /** compound_head: bit 0 of the word tells a tail page, whatever else is in it. */
  @Accessor
  public long compoundHead(long page) {
    long tail = memory.through(View.COMPOUND).readOnceIf64(page + PageLayout.COMPOUND_HEAD, 1);
    return tail != 0 ? tail - 1 : page;
  }

  /** compound_head, asked only where pages can have tails. */
  public long headOf(long page) {
    return hasTails ? compoundHead(page) : page;
  }

  /** PageCompound of a head: whether it has tails. */
  public boolean isCompound(long head) {
    return hasTails && test(head, PageFlag.HEAD);
  }

  /** folio_has_pincount of a head: whether its pins are counted beside its references. */
  public boolean hasPincount(long head) {
    return hasTails && kernel.has(Switch.LARGE_PINCOUNT) && test(head, PageFlag.HEAD);
  }

  /** The address of the counter of pins of a large page. */
  public static long pincount(long head) {
    return Compound.tail(head) + PageLayout.PINCOUNT;
  }

  /** hpage_nr_pages: what a page on an LRU list counts for. */
  public int hpageNrPages(long head) {
    return hasHuge && test(head, PageFlag.HEAD) ? Compound.PAGES : 1;
  }

  /** is_zone_device_page. */
  public boolean isZoneDevice(long page) {
    return hasDevices && flags(page, PageLayout.ZONE_DEVICE) != 0;
  }

  /** is_zero_page of one of whose pins neither get_user_pages nor unpin takes any account. */
  public boolean isUncountedZero(long page) {
    return has(PageKind.ZERO)
        && kernel.has(Switch.ZERO_PAGE_UNCOUNTED)
        && page == address(ZERO_PAGE);
  }

  // ---- references

  /** page_count of a head. */
  public int references(long head) {
    return memory.readOnce32(head + PageLayout.REFCOUNT);
  }

  /** get_page: the caller holds a reference already. */
  public void get(long page, Ref reason) {
    getHead(compoundHead(page), reason);
  }

  /** get_page of a page that is known to be a head. */
  public void getHead(long head, Ref reason) {
    if (kernel.debugVm() && !memory.isPositive32(head + PageLayout.REFCOUNT)) {
      memory.bug("VM_BUG_ON_PAGE(page_ref_count(page) <= 0) in get_page");
    }
    addRefs(head, reason, 1);
    hook.afterGet(head);
  }

  /** page_ref_add: relaxed. */
  public void addRefs(long head, Ref reason, int amount) {
    memory.add32(head + PageLayout.REFCOUNT, amount);
    memory.note(Note.REF, head, reason.ordinal(), amount);
  }

  /** get_page_unless_zero: the caller holds nothing and must validate its look-up afterwards. */
  @Accessor
  public boolean getUnlessZero(long head, Ref reason) {
    return getUnlessZero(head, reason, 1);
  }

  /** page_ref_add_unless(page, amount, 0). */
  @Accessor
  public boolean getUnlessZero(long head, Ref reason, int amount) {
    // ordering: full barrier on success; the caller's re-check of the pte must not move before it.
    boolean got = memory.addUnless32(head + PageLayout.REFCOUNT, amount, 0);
    if (got) {
      memory.note(Note.REF, head, reason.ordinal(), amount);
    }
    return got;
  }

  /** put_page_testzero of a head page: true for whoever dropped the last reference. */
  @Accessor
  public boolean putTestzero(long head, Ref reason) {
    return putTestzero(head, reason, 1);
  }

  /** page_ref_sub_and_test. */
  @Accessor
  public boolean putTestzero(long head, Ref reason, int amount) {
    if (kernel.debugVm() && memory.is32(head + PageLayout.REFCOUNT, 0)) {
      memory.bug("VM_BUG_ON_PAGE(page_ref_count(page) == 0) in put_page");
    }
    boolean last = memory.subAndTest32(head + PageLayout.REFCOUNT, amount);
    memory.note(Note.REF, head, reason.ordinal(), -amount);
    return last;
  }

  /** page_ref_sub_return: the references that are left. */
  public int subReturn(long head, Ref reason, int amount) {
    int left = memory.subReturn32(head + PageLayout.REFCOUNT, amount);
    memory.note(Note.REF, head, reason.ordinal(), -amount);
    return left;
  }

  /** page_ref_freeze: takes all references at once if there are exactly those of the reasons. */
  public boolean freeze(long page, Ref... reasons) {
    boolean frozen = memory.compareAndSet32(page + PageLayout.REFCOUNT, reasons.length, 0);
    if (frozen) {
      for (Ref reason : reasons) {
        memory.note(Note.REF, page, reason.ordinal(), -1);
      }
    }
    return frozen;
  }

  /** page_ref_unfreeze: gives the references back. */
  public void unfreeze(long page, Ref... reasons) {
    // ordering: release; whoever gets the page now sees what was done to it while it was frozen.
    memory.writeRelease32(page + PageLayout.REFCOUNT, reasons.length);
    for (Ref reason : reasons) {
      memory.note(Note.REF, page, reason.ordinal(), 1);
    }
  }

  /** The allocator's set_page_refcounted: the first reference of a new owner. */
  public void setRefcounted(long page) {
    if (kernel.debugVm() && !memory.is32(page + PageLayout.REFCOUNT, 0)) {
      memory.bug("VM_BUG_ON_PAGE(page_ref_count(page)) in set_page_refcounted");
    }
    memory.writeOnce32(page + PageLayout.REFCOUNT, 1);
    memory.note(Note.REF, page, Ref.ALLOC.ordinal(), 1);
  }

  /** Says which function takes or drops the references of a reason from now on, on this CPU. */
  public void at(Ref reason, Site site) {
    memory.note(Note.SITE, 0, reason.ordinal(), site.ordinal());
  }

  /** A reference that exists before the machine runs. */
  public void bootRef(long page, Ref reason) {
    addRefs(page, reason, 1);
  }

  /** A reference changes its reason without an access: the allocation's becomes the mapping's. */
  public void rename(long page, Ref from, Ref to) {
    memory.note(Note.REF, page, from.ordinal(), -1);
    memory.note(Note.REF, page, to.ordinal(), 1);
  }

  /** VM_BUG_ON_PAGE: {@code violated} is what must not be; nothing in a production kernel. */
  public void bugOn(boolean violated, String text) {
    if (violated) {
      memory.bug("VM_BUG_ON_PAGE(" + text + ")");
    }
  }
}
