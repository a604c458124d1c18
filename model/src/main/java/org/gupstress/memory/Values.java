// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import org.jspecify.annotations.Nullable;

/** Words as a kernel reader writes them: pointers by name, poison by name, low bits apart. */
public final class Values {
  /** LIST_POISON1 on x86-64, Linux 4.19: what list_del leaves in next. */
  public static final long LIST_POISON1 = 0xdead000000000100L;

  /** LIST_POISON2 on x86-64, Linux 4.19: what list_del leaves in prev. */
  public static final long LIST_POISON2 = 0xdead000000000200L;

  /** What a pte holds beside flags is a multiple of this: the size of struct page. */
  private static final int PTE_ALIGN = 64;

  private Values() {}

  /** A 64-bit word. */
  public static String word(Arena arena, long value) {
    String name = pointer(arena, value);
    name = name != null ? name : flagged(arena, value);
    name = name != null ? name : shortOf(arena, value);
    return name != null ? name : value >= 0 && value < 64 ? "" + value : hex(value);
  }

  /** The 64-bit word at this address. In a pte all bits below the page's address are flags. */
  public static String word(Arena arena, long addr, long value) {
    long page = value & -PTE_ALIGN;
    return arena.name(addr).startsWith("pte") && isPage(arena, page)
        ? pointer(arena, page) + String.format("|0x%x", value - page)
        : word(arena, value);
  }

  /** The low half of a word that may hold a pointer or a counter. */
  public static String low32(Arena arena, int value) {
    if (value >= 0 && value < 64) {
      return Integer.toString(value);
    }
    long full = Arena.BASE | Integer.toUnsignedLong(value);
    String name = arena.isNamed(full) ? pointer(arena, full) : shortOf(arena, full);
    return name != null ? name : value < 0 ? Integer.toString(value) : hex(value);
  }

  /** The bits of a mask in the word at this address, by flag name where the arena knows them. */
  public static String bits(Arena arena, long addr, long mask) {
    return arena.name(addr).endsWith(".flags") ? arena.bitNames(mask) : String.format("0x%x", mask);
  }

  /** A pointer to a list entry, or poison, with low bits set; or the head's address in a tail. */
  private static @Nullable String flagged(Arena arena, long value) {
    for (long bits = 1; bits < 32; bits++) {
      long base = value & ~bits;
      boolean tail = bits == 1 && isPage(arena, base);
      if ((value & bits) == bits && (tail || isPoison(base) || isEntry(arena, base))) {
        return pointer(arena, base) + String.format("|0x%x", bits);
      }
    }
    return null;
  }

  /** A pointer to a list entry that was decremented as a counter. */
  private static @Nullable String shortOf(Arena arena, long value) {
    for (int by = 1; by < 16; by++) {
      if (isEntry(arena, value + by)) {
        return pointer(arena, value + by) + "-" + by;
      }
    }
    return null;
  }

  private static boolean isPoison(long value) {
    return value == LIST_POISON1 || value == LIST_POISON2;
  }

  private static boolean isPage(Arena arena, long value) {
    return arena.isNamed(value) && arena.name(value).endsWith(".flags");
  }

  /** What pointers in the first words of the union lead to: list entries, a dev_pagemap. */
  private static boolean isEntry(Arena arena, long value) {
    return arena.isNamed(value)
        && (arena.name(value).endsWith(".next") || arena.name(value).equals("pgmap"));
  }

  private static @Nullable String pointer(Arena arena, long value) {
    if (value == LIST_POISON1) {
      return "LIST_POISON1";
    }
    if (value == LIST_POISON2) {
      return "LIST_POISON2";
    }
    return arena.isNamed(value) ? "&" + entry(arena, value) : null;
  }

  /** A pointer to {@code x.lru.next} is a pointer to {@code x.lru}, one to {@code x.flags} to x. */
  private static String entry(Arena arena, long addr) {
    String name = arena.name(addr);
    boolean first = name.endsWith(".next") || name.endsWith(".flags");
    return first ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  private static String hex(long value) {
    return String.format("0x%x", value);
  }
}
