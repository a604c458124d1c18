// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import org.gupstress.memory.Accessor;
import org.gupstress.memory.Memory;
import org.gupstress.memory.Note;
import org.gupstress.memory.Values;
import org.gupstress.memory.View;
import org.gupstress.page.Kernel;

/**
 * struct list_head with the write order of include/linux/list.h, Linux 4.19, and the checks of
 * lib/list_debug.c in a debug kernel. An entry is the address of its {@code next}; {@code prev}
 * follows 8 bytes behind.
 *
 * <p>DEBUG_LIST reports and refuses, so a debug kernel goes on with another list than a production
 * one.
 */
public final class ListHead {
  private static final int PREV = 8;

  private final Memory memory;
  private final Kernel kernel;

  public ListHead(Memory memory, Kernel kernel) {
    this.memory = memory;
    this.kernel = kernel;
  }

  @Accessor
  public long next(long entry) {
    return memory.through(View.LIST).read64(entry);
  }

  @Accessor
  public long prev(long entry) {
    return memory.through(View.LIST).read64(entry + PREV);
  }

  @Accessor
  private void setNext(long entry, long value) {
    memory.through(View.LIST).write64(entry, value);
  }

  @Accessor
  private void setNextOnce(long entry, long value) {
    memory.through(View.LIST).writeOnce64(entry, value);
  }

  @Accessor
  private void setPrev(long entry, long value) {
    memory.through(View.LIST).write64(entry + PREV, value);
  }

  /** INIT_LIST_HEAD. */
  public void init(long head) {
    setNextOnce(head, head);
    setPrev(head, head);
  }

  public boolean isEmpty(long head) {
    return next(head) == head;
  }

  /** list_add: behind the head. */
  public void add(long entry, long head) {
    insert(entry, head, next(head), head);
  }

  /** list_add_tail: before the head. */
  public void addTail(long entry, long head) {
    insert(entry, prev(head), head, head);
  }

  /** list_add_tail to an entry of the list instead of its head. */
  void addBefore(long entry, long neighbour, long head) {
    insert(entry, prev(neighbour), neighbour, head);
  }

  private void insert(long entry, long prev, long next, long head) {
    memory.note(Note.LIST_ADD, entry, next, prev);
    if (kernel.debugList() && !addIsValid(entry, prev, next)) {
      memory.note(Note.LIST_REFUSED, entry);
      return;
    }
    setPrev(next, entry);
    setNext(entry, next);
    setPrev(entry, prev);
    // ordering: WRITE_ONCE and last; a lockless list_empty() sees the entry only when it is linked.
    setNextOnce(prev, entry);
    memory.note(Note.LINKED, entry, head);
  }

  /** list_del: leaves poison. */
  public void del(long entry) {
    unlink(entry);
    poison(entry);
  }

  /** What list_del and the allocator leave behind. */
  void poison(long entry) {
    setNext(entry, Values.LIST_POISON1);
    setPrev(entry, Values.LIST_POISON2);
  }

  /** list_move: to behind the head. */
  public void move(long entry, long head) {
    unlink(entry);
    add(entry, head);
  }

  /** list_move_tail: to before the head. */
  void moveTail(long entry, long head) {
    unlink(entry);
    addTail(entry, head);
  }

  /** list_splice: all entries of one list to behind the head of another. */
  public void splice(long list, long head) {
    if (isEmpty(list)) {
      return;
    }
    long first = next(list);
    long last = prev(list);
    long behind = next(head);
    setPrev(first, head);
    setNext(head, first);
    setNext(last, behind);
    setPrev(behind, last);
  }

  private void unlink(long entry) {
    long next = next(entry);
    long prev = prev(entry);
    memory.note(Note.LIST_DEL, entry, next, prev);
    if (kernel.debugList() && !delIsValid(entry, prev, next)) {
      memory.note(Note.LIST_REFUSED, entry);
      return;
    }
    setPrev(next, prev);
    setNextOnce(prev, next);
  }

  private boolean addIsValid(long entry, long prev, long next) {
    return prev(next) == prev && next(prev) == next && entry != prev && entry != next;
  }

  private boolean delIsValid(long entry, long prev, long next) {
    return next != Values.LIST_POISON1
        && prev != Values.LIST_POISON2
        && next(prev) == entry
        && prev(next) == entry;
  }
}
