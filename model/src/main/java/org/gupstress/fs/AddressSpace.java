// SPDX-License-Identifier: Apache-2.0
package org.gupstress.fs;

import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;
import org.gupstress.memory.OutOfRange;
import org.gupstress.memory.SpinLock;
import org.gupstress.page.Page;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;

/**
 * struct address_space: the page cache slots of one file under the i_pages lock, Linux 4.19, and
 * the blocks of the file on the disk.
 *
 * <p>A slot holds a page with its tags in the low bits, or a shadow entry, or 0. What a block holds
 * is a version, as with pages. Leaves out: the tree above the slots, RCU.
 */
public final class AddressSpace {
  /** Tags of a slot. */
  static final long DIRTY = 1;

  static final long WRITEBACK = 1 << 1;

  /** Set in a shadow entry, which remembers when reclaim dropped the page. */
  private static final long SHADOW = 1 << 2;

  private static final int SHADOW_SHIFT = 3;
  private static final long LOW_BITS = PageLayout.SIZE - 1;

  private final Memory memory;
  private final Page page;
  private final SpinLock pagesLock;
  private final SpinLock privateLock;
  private final long mapping;
  private final long slots;
  private final long disk;
  private final int count;

  AddressSpace(Memory memory, Arena arena, Page page, String name, int count) {
    this.memory = memory;
    this.page = page;
    this.count = count;
    this.pagesLock = new SpinLock(memory, arena, name + "i_pages");
    this.privateLock = new SpinLock(memory, arena, name + "private_lock");
    this.mapping = arena.shared(name + "mapping", 8, 8);
    this.slots = arena.shared(name + "slot", 8L * count, 8);
    this.disk = arena.shared(name + "disk", 4L * count, 8);
    for (int i = 0; i < count && arena.isNaming(); i++) {
      arena.define(slots + 8L * i, name + "slot" + i);
      arena.define(disk + 4L * i, name + "disk" + i);
    }
  }

  /** The lock of the slots (xa_lock of i_pages). */
  public SpinLock pagesLock() {
    return pagesLock;
  }

  /** The lock under which buffer heads are dirtied and dropped. */
  public SpinLock privateLock() {
    return privateLock;
  }

  /** What {@code page->mapping} holds for pages of this file. */
  public long mapping() {
    return mapping;
  }

  /** How many blocks the file has. */
  public int blocks() {
    return count;
  }

  /** The address of the version of a block on the disk. */
  public long disk(long block) {
    return disk + 4 * block;
  }

  /** Whether the address is that of a slot. */
  public boolean isSlot(long addr) {
    return addr >= slots && addr < slot(count);
  }

  /** The address of the slot of a block. */
  public long slotAddress(long block) {
    return slot(block);
  }

  private long slot(long index) {
    return slots + 8 * index;
  }

  // ---- slots

  /** Whether the page belongs to this file. */
  boolean owns(long p) {
    return memory.read64(p + PageLayout.MAPPING) == mapping;
  }

  /** One look at a slot without the lock: its page, or 0. */
  public long pageAt(long index) {
    OutOfRange.check("block", index, count);
    long entry = memory.readOnce64(slot(index));
    return (entry & SHADOW) == 0 ? entry & ~LOW_BITS : 0;
  }

  /** Whether the page at this index has the tag. */
  boolean hasTag(long index, long tag) {
    return memory.readBits64(slot(index), SHADOW | tag) == tag;
  }

  /** Whether the flusher would find the page at this index. */
  public boolean isTaggedDirty(long index) {
    return hasTag(index, DIRTY);
  }

  /** Whether the page at this index is on its way to the disk, as its file sees it. */
  public boolean isTaggedWriteback(long index) {
    return hasTag(index, WRITEBACK);
  }

  /** radix_tree_tag_set; the lock is held. */
  void setTag(long p, long tag) {
    memory.setBits64(slot(memory.read64(p + PageLayout.INDEX)), tag);
  }

  /** radix_tree_tag_clear; the lock is held. */
  void clearTag(long p, long tag) {
    memory.clearBits64(slot(memory.read64(p + PageLayout.INDEX)), tag);
  }

  /** Puts a page into the cache before the machine runs, with the reference of the cache. */
  public void bootAdd(int index, long p) {
    OutOfRange.check("block", index, count);
    claim(index, p);
    insert(index, p);
    page.bootRef(p, Ref.CACHE);
  }

  /** Where a slot held a shadow entry, the age that it remembers; else -1. */
  long shadowAge(long index) {
    long entry = memory.readOnce64(slot(index));
    return (entry & SHADOW) != 0 ? entry >>> SHADOW_SHIFT : -1;
  }

  /** The page says where it belongs, before anybody can find it there. */
  void claim(long index, long p) {
    memory.write64(p + PageLayout.MAPPING, mapping);
    memory.write64(p + PageLayout.INDEX, index);
  }

  /** Somebody else was first: the page belongs nowhere. Its index stays, for truncation. */
  void disclaim(long p) {
    memory.write64(p + PageLayout.MAPPING, 0);
  }

  /** page_cache_tree_insert: the lock is held, or the machine does not run yet. */
  void insert(long index, long p) {
    memory.write64(slot(index), p);
  }

  /** radix_tree_replace_slot: the new page takes place and tags of the old one; lock held. */
  void replace(long p, long to) {
    long index = memory.read64(p + PageLayout.INDEX);
    long tags = memory.readBits64(slot(index), LOW_BITS);
    memory.write64(to + PageLayout.INDEX, index);
    memory.write64(to + PageLayout.MAPPING, mapping);
    memory.write64(slot(index), to | tags);
  }

  /** __delete_from_page_cache: the lock is held, the page is frozen or locked. */
  public void delete(long p) {
    delete(p, 0);
  }

  /** __delete_from_page_cache with the shadow entry of workingset_eviction. */
  public void deleteWithShadow(long p, long age) {
    delete(p, age << SHADOW_SHIFT | SHADOW);
  }

  private void delete(long p, long entry) {
    long index = memory.read64(p + PageLayout.INDEX);
    memory.write64(slot(index), entry);
    memory.write64(p + PageLayout.MAPPING, 0);
  }

  /** How many slots hold the page. */
  public int holders(long p) {
    int found = 0;
    for (int i = 0; i < count; i++) {
      found += pageAt(i) == p ? 1 : 0;
    }
    return found;
  }
}
