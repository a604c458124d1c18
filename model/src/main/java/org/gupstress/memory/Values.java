// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Words as a kernel reader writes them: pointers by name, poison by name, low bits apart. */
public final class Values {
  /** LIST_POISON1 on x86-64, Linux 4.19: what list_del leaves in next. */
  public static final long LIST_POISON1 = 0xdead000000000100L;

  /** LIST_POISON2 on x86-64, Linux 4.19: what list_del leaves in prev. */
  public static final long LIST_POISON2 = 0xdead000000000200L;

  private Values() {}

  /** A 64-bit word. */
  public static String word(Arena arena, long value) {
    String exact = pointer(arena, value);
    if (exact != null) {
      return exact;
    }
    for (long bits = 1; bits < 64; bits++) {
      if ((value & bits) == bits) {
        String base = pointer(arena, value & ~bits);
        if (base != null) {
          return base + String.format("|0x%x", bits);
        }
      }
    }
    String near = near(value, v -> pointer(arena, v));
    return near != null ? near : Long.compareUnsigned(value, 10) < 0 ? "" + value : hex(value);
  }

  /** The low half of a word that may hold a pointer or a counter. */
  public static String low32(Arena arena, int value) {
    if (value >= 0 && value < 64) {
      return Integer.toString(value);
    }
    long asPointer = Arena.BASE | Integer.toUnsignedLong(value);
    String exact = arena.isNamed(asPointer) ? "&" + entry(arena, asPointer) : null;
    if (exact != null) {
      return exact;
    }
    String near = near(asPointer, v -> arena.isNamed(v) ? "&" + entry(arena, v) : null);
    return near != null ? near : value < 0 ? Integer.toString(value) : hex(value);
  }

  /** The bits of a mask in the word at this address, by flag name where the arena knows them. */
  public static String bits(Arena arena, long addr, long mask) {
    return arena.name(addr).endsWith(".flags") ? arena.bitNames(mask) : String.format("0x%x", mask);
  }

  private static @Nullable String near(long value, LongFunction<@Nullable String> name) {
    for (int off = 1; off <= 4; off++) {
      String up = name.apply(value + off);
      if (up != null) {
        return up + "-" + off;
      }
    }
    return null;
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

  /** A pointer to {@code x.lru.next} is, to a reader, a pointer to {@code x.lru}. */
  private static String entry(Arena arena, long addr) {
    String name = arena.name(addr);
    return name.endsWith(".next") ? name.substring(0, name.length() - 5) : name;
  }

  private static String hex(long value) {
    return String.format("0x%x", value);
  }
}
