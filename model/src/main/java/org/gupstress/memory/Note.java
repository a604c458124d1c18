// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/** What model code tells the checker beside its accesses. Notes take no step and change no byte. */
public enum Note {
  /** The code asked which CPU it runs on. */
  CPU_NUMBER,
  /** A reference was taken or dropped: page, reason, signed amount. */
  REF,
  /** Which function has the next references of a reason: 0, reason, site. */
  SITE,
  /** get_user_pages has made sure of a page: page, pte index, 1 if it is to be written. */
  GUP_GOT,
  /** get_user_pages asks the design for what a pin takes: page. */
  GRAB,
  /** The design refused the page, or gave back all that it took: page. */
  REFUSED,
  /** get_user_pages returned this page to its caller: page, register that holds it, pte plus 1. */
  PIN_HELD,
  /** Pins that were taken before the machine runs stay with a device: page, how many. */
  PINS_LENT,
  /** The caller begins to give its pin back: page, register that held it. */
  PIN_RELEASE,
  /** An operation of the pin design acts on a page it has no reference to any more: page. */
  LATE_UNPIN,
  /** list_add or list_del is about to rewrite these neighbours: entry, next, prev. */
  LIST_ADD,
  LIST_DEL,
  /** DEBUG_LIST found the neighbours inconsistent and refused the operation: entry. */
  LIST_REFUSED,
  /** The entry is on a list now: entry, list head. */
  LINKED,
  /** The page was given to a new owner by the allocator: page. */
  ALLOCATED,
  /** The page went back to the allocator: page. */
  FREED,
  /** bad_page complains of the page, and the allocator leaks it: page. */
  BAD_PAGE,
  /** Reclaim has taken the page off its private list and works on it: page. */
  IN_HAND,
  /** mark_page_accessed ran on the page: page. */
  ACCESSED,
  /** Reclaim decided the aging bits of the page anew: page. */
  AGED,
  /** A page that reclaim had dropped is read again: page. */
  REFAULT,
  /** Reclaim begins a pass over the lists: priority. */
  SCAN_PRIORITY,
  /** Pages that reclaim looked at on a list, and took off it: list, scanned, taken. */
  SCANNED,
  /** What shrink_page_list decided about a page: page, verdict. */
  SHRUNK,
  /** shrink_active_list moved the page to the inactive list: page. */
  DEACTIVATED,
  /** Direct reclaim waits because too many pages are isolated. */
  THROTTLED,
  /** PG_dirty was set, or was clear_page_dirty_for_io or a truncation clearing it: page. */
  DIRTIED,
  CLEANED,
  /** Nobody else holds the page, so the cache gives it up as if it were clean: page. */
  DROPPED,
  /** ->writepage finds a dirty page without the buffers it had when it was last written: page. */
  NO_BUFFERS,
  /** The design's unpin begins, whoever calls it: page. */
  UNPIN,
  /** A device has just written to the page: page, register through which it was told, or -1. */
  DMA,
  /** Somebody begins to ask the design whether the page is pinned: page. */
  ASKS,
  /** The design has answered: page, 1 for yes. */
  ANSWERED,
  /** lru_add_drain_all begins. */
  DRAINS_ALL,
  /** fork is over, and the child may run: 0, number of the parent, number of the child. */
  FORKED,
  /** A process has given up what it had at an address: 0, number of the pte. */
  UNMAPPED,
  /** A page table was given back, and may be anything by now: 0, number of its first pte. */
  TABLE_FREED,
  /** A process, or a device for it, has written to the page: page, number of the process. */
  STORED,
  /** A process has read the page, through its memory or a reference: page, process. */
  LOADED,
  /** What a page holds was copied to another: that one, address of the page it came from. */
  COPIED,
  /** might_sleep: what comes next may give the processor to somebody else. */
  MIGHT_SLEEP,
  /** A refault was near enough, and the page is activated at once: page. */
  WORKINGSET_ACTIVATE,
  /** An allocation that found no page begins to reclaim, and has reclaimed: 0, pages. */
  DIRECT_RECLAIM_BEGIN,
  DIRECT_RECLAIM_END
}
