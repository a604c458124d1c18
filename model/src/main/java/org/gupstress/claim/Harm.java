// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.Locale;

/** The ways in which claims break. One claim may break in several, with different causes. */
public enum Harm {
  PIN_UNCOUNTED(Claim.PIN_COUNTED, "get_user_pages returned a page whose pin was not counted"),
  PIN_RELEASED(Claim.PIN_COUNTED, "a counted pin lost its count to somebody else"),
  PIN_INVISIBLE(Claim.PIN_VISIBLE, "a pinned page answers that it is not pinned"),
  VIEW_CONFUSED(Claim.UNION_INTACT, "union bytes are read as something they are not"),
  VIEW_TORN(Claim.UNION_INTACT, "union bytes are read of which only some belong to the view"),
  PIN_OVERWRITTEN(Claim.UNION_INTACT, "a list store overwrites the flag or count of a live pin"),
  PIN_ERASED_IN_HAND(
      Claim.UNION_INTACT, "reclaim links a page that was pinned in its hands, over flag and count"),
  DISCRIMINATOR_SET(
      Claim.UNION_INTACT,
      "a pointer stored in the word sets a bit that the design takes for a flag"),
  LINK_OVERWRITTEN(Claim.LIST_INTACT, "pin fields are written over the links of a listed page"),
  LIST_INCONSISTENT(Claim.LIST_INTACT, "a list operation meets neighbours that do not fit"),
  LRU_MISMATCH(Claim.LIST_INTACT, "PG_lru and the membership of an LRU list differ"),
  WILD_POINTER(Claim.LIST_INTACT, "an access through a wild or misaligned pointer"),
  REF_LEAKED(Claim.REFS_BALANCE, "a reference is left that nobody will drop"),
  REF_MISMATCH(Claim.REFS_BALANCE, "_refcount is not the sum of the references taken"),
  FREED_REFERENCED(Claim.REFS_BALANCE, "the page is freed while somebody holds a reference"),
  WRONG_PAGE(
      Claim.NO_USE_AFTER_FREE, "get_user_pages returns a page that its address does not map"),
  FREED_PINNED(Claim.NO_USE_AFTER_FREE, "the page is freed under a live pin"),
  FREED_IN_PIN_STATE(Claim.NO_USE_AFTER_FREE, "the page is freed with its pin state set"),
  UNPIN_AFTER_FREE(Claim.NO_USE_AFTER_FREE, "an unpin acts on a page that was freed"),
  STRANDED(Claim.NEVER_STRANDED, "the page is on no LRU, in no pagevec and nobody's"),
  NOT_RECLAIMED(Claim.RECLAIM_PROGRESSES, "a clean page survives all scans"),
  NOT_MOVED(
      Claim.RECLAIM_PROGRESSES,
      "a page without pins cannot be moved: no room for large pages is made, none is given back"),
  ACCOUNTING(
      Claim.RECLAIM_PROGRESSES,
      "a page in use is in no LRU size, not in NR_ISOLATED and in no pagevec: reclaim judges by"
          + " the others"),
  LOST_WRITE(Claim.NO_LOST_WRITE, "a clean page in the cache differs from its block on the disk"),
  ORPHAN_MAPPED(
      Claim.NO_LOST_WRITE,
      "a page that its file has lost is still mapped: what is written to it is lost"),
  NO_BUFFERS(
      Claim.NO_LOST_WRITE,
      "->writepage meets a dirty page whose buffers are gone: BUG in ext4_writepage"),
  ACTIVE_LOST(Claim.AGING_KEPT, "PG_active is lost"),
  UNEVICTABLE_LOST(Claim.AGING_KEPT, "PG_unevictable is lost"),
  REFERENCED_LOST(Claim.AGING_KEPT, "PG_referenced is lost"),
  DEADLOCK(Claim.NO_DEADLOCK, "every CPU that is not done waits"),
  ENDLESS(Claim.NO_DEADLOCK, "an operation does not end within the step bound"),
  LOCK_LEFT_HELD(Claim.NO_DEADLOCK, "all operations are over and a lock is held"),
  LOCK_ORDER(Claim.NO_DEADLOCK, "locks are taken in an order that closes a cycle"),
  IRQ_UNSAFE(
      Claim.NO_DEADLOCK, "a lock that an interrupt handler needs is held with interrupts on"),
  IRQ_ENABLED(Claim.NO_DEADLOCK, "an interrupt handler enables interrupts before it returns"),
  ASSERTION(Claim.ASSERTIONS_HOLD, "an assertion fires"),
  BAD_PAGE(Claim.ASSERTIONS_HOLD, "bad_page: the page is freed in a state the allocator refuses"),
  CONTRACT(Claim.DESIGN_CONTRACT, "an operation broke the contract of operations"),
  LATE_TOUCH(
      Claim.NO_USE_AFTER_FREE, "a CPU touches a page that is free or somebody else's by now"),
  LATE_DMA(Claim.NO_USE_AFTER_FREE, "a device writes to a page on which it has no pin any more"),
  FREED_IN_USE(
      Claim.NO_USE_AFTER_FREE,
      "the page is freed while a pte maps it, a file has it or a device is to write it"),
  FREED_LINKED(Claim.NO_USE_AFTER_FREE, "the page is freed while it is on a list"),
  FREED_TWICE(Claim.LIST_INTACT, "a page that is free is freed again"),
  ENTRY_UNLOCKED(
      Claim.LIST_INTACT,
      "a pte or the slot of a file is changed by a CPU that does not hold its lock"),
  LIST_UNLOCKED(Claim.LIST_INTACT, "a list is changed by a CPU that does not hold its lock"),
  NOT_HELD(Claim.REFS_BALANCE, "a reference or a pin is given back by somebody who has none"),
  SLEEPS_ATOMIC(
      Claim.NO_DEADLOCK,
      "what may sleep runs in an interrupt, under a spin lock or with interrupts off"),
  PRIVATE_MISREAD(
      Claim.UNION_INTACT,
      "page->private is used by a design while it leads to the buffers of the page"),
  GRAB_LEFT(
      Claim.REFS_BALANCE, "a page is refused to get_user_pages, and not all of the attempt undone"),
  PIN_LEFT(Claim.REFS_BALANCE, "a pin is left that nobody gives back"),
  MISCOUNTED(
      Claim.RECLAIM_PROGRESSES,
      "a counter of pages differs from what it counts: reclaim goes by it"),
  CACHE_MISMATCH(
      Claim.NO_LOST_WRITE, "a page and the slot of its file disagree: flushers go by the slot"),
  WRITEBACK_MISMATCH(Claim.NO_LOST_WRITE, "PG_writeback and the queue of the device disagree"),
  TABLE_WALKED(Claim.NO_USE_AFTER_FREE, "a page table is walked that was given back"),
  PIN_DIVERGED(Claim.PIN_COHERENT, "the address of a pinned page maps another page"),
  PINNED_SHARED(Claim.EXCLUSIVE, "a pinned anonymous page is not its process's alone"),
  WRITABLE_SHARED(
      Claim.EXCLUSIVE, "a process may write to an anonymous page that is not its alone"),
  EXCLUSIVE_SHARED(Claim.EXCLUSIVE, "a page is PG_anon_exclusive, and mapped more than once"),
  FORCED_SHARED(
      Claim.EXCLUSIVE,
      "get_user_pages gives a page of a file for writing, of memory that is private"),
  LEAKED(
      Claim.NO_LEAK_ACROSS_FORK, "a process reads what another has written after they were parted"),
  RMAP_MISMATCH(
      Claim.RECLAIM_PROGRESSES,
      "a mapped page does not lead back to its pte: reclaim cannot unmap it"),
  WRITABLE_CLEAN(
      Claim.NO_LOST_WRITE,
      "a clean page of a file may be written by a process: the file does not hear of it"),
  NOT_SWAPBACKED(
      Claim.NO_LOST_WRITE,
      "an anonymous page is not PG_swapbacked: reclaim takes it for MADV_FREE memory and drops it");

  private final Claim claim;
  private final String sentence;

  Harm(Claim claim, String sentence) {
    this.claim = claim;
    this.sentence = sentence;
  }

  public Claim claim() {
    return claim;
  }

  public String sentence() {
    return sentence;
  }

  /** The name that a scenario has for it, and its own; its own if there is no other. */
  public String called(String name) {
    return name.isEmpty() ? id() : name + " (" + id() + ")";
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
