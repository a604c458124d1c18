// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import org.gupstress.memory.Arena;

/**
 * The 64 bytes of struct page, Linux 4.19, 64-bit, little-endian, CONFIG_MEMCG.
 *
 * <pre>
 *         +------------------+-------------+------------+-------------------+
 *  offset | page cache, anon | compound    | free page  | RFC 2018          |
 *         |                  | tail        |            |                   |
 *     0   |                         flags (8 bytes)                         |
 *         +------------------+-------------+------------+-------------------+
 *     8   | lru.next         | compound_   | lru.next   | dma_pinned_flags  |
 *         |   (ZONE_DEVICE:  |   head | 1  | (free list)|                   |
 *         |    pgmap)        |             |            |                   |
 *         +------------------+-------------+------------+-------------------+
 *    16   | lru.prev         | dtor, order | lru.prev   | dma_pinned_count  |
 *         |   (ZONE_DEVICE:  |             |            |  (4 bytes: the    |
 *         |    hmm_data)     |             |            |  low half)        |
 *    20   |                  | c_mapcount  |            |                   |
 *         +------------------+-------------+------------+-------------------+
 *    24   | mapping          |             |            | mapping           |
 *    32   | index            |             |            | index             |
 *    40   | private          |             | order      | private           |
 *         +------------------+-------------+------------+-------------------+
 *    48   | _mapcount (4 bytes, starts at -1)                               |
 *    52   | _refcount (4 bytes)                                             |
 *    56   | mem_cgroup                                                      |
 *         +-----------------------------------------------------------------+
 * </pre>
 *
 * <p>In {@code private} Linux keeps the buffer heads, and through them the content, of a page cache
 * page; here its low half is the content itself, a version. Its high half is free for a design, as
 * all of it is in Linux while PG_private is clear ({@link #PRIVATE_PIN}).
 *
 * <p>Without CONFIG_MEMCG the word at 56 is padding, because struct page is aligned to 16 bytes.
 *
 * <p>Source: include/linux/mm_types.h. Only bit 0 of the word at 8 has a meaning on every page
 * (PageTail); bits 1 and 2 are zero in every pointer to an 8-aligned object.
 */
public final class PageLayout {
  public static final int SIZE = 64;

  public static final int FLAGS = 0;
  public static final int LRU = 8;
  public static final int LRU_NEXT = 8;
  public static final int LRU_PREV = 16;
  public static final int COMPOUND_HEAD = 8;
  public static final int PGMAP = 8;
  public static final int HMM_DATA = 16;
  public static final int COMPOUND_DTOR = 16;
  public static final int COMPOUND_MAPCOUNT = 20;
  public static final int DMA_PINNED_FLAGS = 8;
  public static final int DMA_PINNED_COUNT = 16;
  public static final int MAPPING = 24;
  public static final int INDEX = 32;
  public static final int PRIVATE = 40;

  /**
   * Four bytes of {@code private} that are a design's own while PG_private is clear, and a part of
   * the pointer to the buffers while it is set.
   */
  public static final int PRIVATE_PIN = 44;

  /**
   * Four bytes in the first tail of a large page, of its {@code mapping}, which tails have not:
   * _pincount, as 6.12 and 6.18 place it.
   */
  public static final int PINCOUNT = 28;

  public static final int MAPCOUNT = 48;
  public static final int REFCOUNT = 52;
  public static final int MEM_CGROUP = 56;

  /** Eight bytes that are nobody's in kernels without CONFIG_MEMCG: there struct page is padded. */
  public static final int HOLE = 56;

  /** Set in {@code mapping} of an anonymous page. */
  public static final long PAGE_MAPPING_ANON = 1;

  /** In {@code mapping} of a tail page. */
  public static final long TAIL_MAPPING = 0xdead000000000400L;

  /** The bit of the zone number in {@code flags} that only ZONE_DEVICE has: 4 from bit 51 on. */
  private static final int ZONE_DEVICE_BIT = 53;

  public static final long ZONE_DEVICE = 1L << ZONE_DEVICE_BIT;

  /** First byte of the union and the number of its bytes that change owner. */
  public static final int UNION = 8;

  public static final int UNION_BYTES = 16;

  private PageLayout() {}

  /** Gives the fields of one page their names. */
  static void define(Arena arena, Kernel kernel, long page, String name) {
    arena.define(page + FLAGS, name + ".flags");
    arena.define(page + LRU_NEXT, name + ".lru.next");
    arena.define(page + LRU_PREV, name + ".lru.prev");
    arena.define(page + MAPPING, name + ".mapping");
    if (kernel.has(Switch.LARGE_PINCOUNT)) {
      arena.define(page + PINCOUNT, name + "._pincount");
    }
    arena.define(page + INDEX, name + ".index");
    arena.define(page + PRIVATE, name + ".private");
    arena.define(page + MAPCOUNT, name + "._mapcount");
    arena.define(page + REFCOUNT, name + "._refcount");
    arena.define(page + MEM_CGROUP, name + ".mem_cgroup");
    for (PageFlag flag : PageFlag.values()) {
      if (flag.isOf(kernel)) {
        arena.defineBit(flag.bit(), flag.id());
      }
    }
    arena.defineBit(ZONE_DEVICE_BIT, "ZONE_DEVICE");
  }
}
