// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.memory.KernelBug;
import org.gupstress.memory.Memory;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong where a CPU meets something wrong, in kernel words. All CPUs of a storm share
 * one.
 *
 * <p>A harm that a CPU finds in memory ends its operation with a {@link KernelBug}; other harms are
 * only reported.
 */
final class Detector {
  private static final int LIST_OPERATIONS_MIN = 1 << 20;
  private static final int LIST_OPERATIONS_PER_PAGE = 16;

  private final Mm mm;
  private final AddressMap addresses;
  private final HarmLog harms;
  private final Panic panic;
  private final Damage damage = new Damage();
  private final StrandedPages stranded;
  private final long listOperationsMax;

  /**
   * One for a machine.
   *
   * @param mm the machine as seen by no CPU in particular
   * @param turns how many CPUs share a processor: while one waits for its turn, another goes on
   *     looking for what that one holds
   */
  Detector(Mm mm, AddressMap addresses, HarmLog harms, Panic panic, int turns) {
    this.mm = mm;
    this.addresses = addresses;
    this.harms = harms;
    this.panic = panic;
    this.stranded = new StrandedPages(addresses.pages(), harms.rings());
    this.listOperationsMax =
        turns * (LIST_OPERATIONS_MIN + (long) LIST_OPERATIONS_PER_PAGE * addresses.pages());
  }

  /** What the design adds to _refcount for a pin. */
  int refsPerPin() {
    return mm.design().refsPerPin();
  }

  AddressMap addresses() {
    return addresses;
  }

  HarmLog harms() {
    return harms;
  }

  Panic panic() {
    return panic;
  }

  Damage damage() {
    return damage;
  }

  StrandedPages stranded() {
    return stranded;
  }

  /** The number of the file with this mapping. */
  int fileOf(long mapping) {
    return mm.pageCache().file(mapping);
  }

  // ---- what anybody reports

  /** Reports a harm of a page, done by no CPU in particular, with its union as it is now. */
  void report(Harm harm, int page, String sentence) {
    UnionWords now = page < 0 ? null : AddressMap.union(mm.memory(), addresses.page(page));
    harms.add(harm, page, List.of(), null, now, sentence);
  }

  private void report(Harm harm, CpuMemory cpu, String sentence) {
    harms.add(harm, -1, doer(cpu), null, null, sentence);
  }

  /** Reports a harm with the page's union as the CPU sees it. */
  private void report(Harm harm, CpuMemory cpu, int page, String sentence) {
    UnionWords now = page < 0 ? null : AddressMap.union(cpu, addresses.page(page));
    harms.add(harm, page, doer(cpu), null, now, sentence);
  }

  private static List<CpuOperation> doer(CpuMemory cpu) {
    return List.of(new CpuOperation(cpu.cpu(), cpu.operation().id()));
  }

  // ---- lists

  /**
   * A list operation found neighbours that do not point back. The operation ends here.
   *
   * @throws KernelBug always
   */
  void inconsistent(CpuMemory cpu, String what, long entry, long next, long prev) {
    boolean isWild = addresses.isWild(next) || addresses.isWild(prev);
    report(
        isWild ? Harm.WILD_POINTER : Harm.LIST_INCONSISTENT,
        cpu,
        addresses.number(entry),
        String.format(
            "%s of %s: next is %s, prev is %s; %s",
            what,
            addresses.entryName(entry),
            addresses.entryName(next),
            addresses.entryName(prev),
            isWild ? "one of them is no entry" : "expected both to point back, found they do not"));
    throw new KernelBug(Damage.CORRUPTION);
  }

  /** DEBUG_LIST refuses an operation. */
  void refused(CpuMemory cpu, long entry) {
    harms.add(
        Harm.LIST_INCONSISTENT,
        addresses.number(entry),
        doer(cpu),
        null,
        null,
        "DEBUG_LIST refuses an operation on " + addresses.entryName(entry));
  }

  /** More than any operation or pass of reclaim makes: several for every page. */
  long listOperationsMax() {
    return listOperationsMax;
  }

  /**
   * An operation walks a list that has no end. The operation ends here.
   *
   * @throws KernelBug always
   */
  void endless(CpuMemory cpu) {
    report(
        Harm.ENDLESS,
        cpu,
        "one operation has made more than " + listOperationsMax
            + " list operations without a new pass of reclaim");
    throw new KernelBug(Damage.CORRUPTION);
  }

  // ---- pins

  /** A design has written, or is about to write, its fields over words that are links. */
  void overwritten(CpuMemory cpu, long page, UnionWords before, UnionWords after) {
    boolean wasPinned = (before.word8() & mm.design().discriminators()) != 0;
    harms.add(
        wasPinned ? Harm.PIN_OVERWRITTEN : Harm.LINK_OVERWRITTEN,
        addresses.number(page),
        doer(cpu),
        before,
        after,
        wasPinned
            ? "a list store came between two accesses of the design to a pinned page"
            : "the design has written its fields over the links of a page that is on a list");
  }

  /** The holder of a pin asks the design, which says that there is none. */
  void notPinned(Harm harm, CpuMemory cpu, long page) {
    int number = addresses.number(page);
    report(
        harm,
        cpu,
        number,
        "page " + number + " is pinned by this CPU's request, and the query says no");
  }

  // ---- pages

  /** A page goes back to the allocator. */
  void freed(CpuMemory cpu, long page) {
    stranded.freed(
        addresses.number(page),
        cpu.operation().fate(),
        new CpuOperation(cpu.cpu(), cpu.operation().id()),
        System.nanoTime() - harms.startNanos());
  }

  /** The allocator leaks a page. */
  void badPage(CpuMemory cpu, long page) {
    int number = addresses.number(page);
    report(Harm.BAD_PAGE, cpu, number, badPage(cpu, page, number));
    damage.refuse(number);
  }

  /** What bad_page prints of it. */
  private static String badPage(Memory memory, long page, int number) {
    long flags = memory.readOnce64(page + PageLayout.FLAGS);
    String bad = Arrays.stream(PageFlag.values())
        .filter(flag -> (flags & flag.mask() & PageFlag.CHECK_AT_FREE) != 0)
        .map(PageFlag::id)
        .collect(Collectors.joining(" "));
    return String.format(
        "bad_page: page %d is free with _mapcount %d, mapping 0x%x, %s",
        number,
        memory.readOnce32(page + PageLayout.MAPCOUNT),
        memory.readOnce64(page + PageLayout.MAPPING),
        bad.isEmpty() ? "and no flag that must be clear" : bad);
  }

  // ---- operations

  /** An assertion of the kernel or the design does not hold. */
  void assertion(CpuMemory cpu, String text) {
    report(Harm.ASSERTION, cpu, text);
  }

  /** The CPU's operation died of what it found in memory. */
  void died(CpuMemory cpu, RuntimeException bug) {
    if (panic.isDone()) {
      return;
    }
    if (!Damage.CORRUPTION.equals(bug.getMessage())) {
      report(Harm.WILD_POINTER, cpu, "an oops: " + bug.getMessage());
    }
    BitSet touched = new BitSet();
    for (long page : cpu.touched()) {
      if (addresses.isPage(page)) {
        touched.set(addresses.number(page));
      }
    }
    damage.add(touched);
  }

  /** A page was in a pagevec of a CPU whose operation died: the pagevec's reference is dropped. */
  void abandoned(long page) {
    mm.memory().add32(page + PageLayout.REFCOUNT, -1);
    damage.abandoned(addresses.number(page));
  }

  /**
   * Code of a design threw what no kernel does. Nothing can be said about it any more, and the
   * machine stops.
   *
   * @param cpu in whose operation, or null if in none
   */
  void broke(@Nullable CpuMemory cpu, String where, Throwable thrown) {
    harms.addLast(Harm.CONTRACT, cpu == null ? List.of() : doer(cpu), where + " threw " + thrown);
  }
}
