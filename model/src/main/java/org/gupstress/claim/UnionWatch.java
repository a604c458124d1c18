// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.memory.Access;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.Op;
import org.gupstress.memory.View;
import org.gupstress.page.PageLayout;

/**
 * Provenance of the union: which view wrote each of its 16 bytes last, four bits a byte, one ghost
 * word a page.
 *
 * <p>A typed read must find its own view in every byte. Tests of discriminator bits are legal on
 * any page, which is why every other view must leave those bits clear.
 */
final class UnionWatch {
  private static final long ONE_EACH = 0x1111111111111111L;

  private final ArenaMemory memory;
  private final long discriminators;
  private final int first;

  UnionWatch(ArenaMemory memory, int pages, long discriminators) {
    this.memory = memory;
    this.discriminators = discriminators | 1;
    this.first = memory.reserveGhost(pages);
  }

  /** Whether all bytes of the access belong to the view. */
  boolean owns(int page, View view, int offset, int width) {
    long lanes = lanes(offset, width);
    return (memory.ghost(first + page) & 15 * lanes) == view.ordinal() * lanes;
  }

  /** Whether any byte of the access belongs to the view. */
  boolean hasAny(int page, View view, int offset, int width) {
    for (int i = 0; i < width; i++) {
      if (owns(page, view, offset + i, 1)) {
        return true;
      }
    }
    return false;
  }

  private static long lanes(int offset, int width) {
    return (width == 16 ? ONE_EACH : ((1L << (4 * width)) - 1) & ONE_EACH)
        << (4 * (offset - PageLayout.UNION));
  }

  /**
   * Whether the access takes the bytes for a value of its view, beyond testing discriminator bits.
   */
  boolean isTypedRead(Access access) {
    return switch (access.op()) {
      case READ_BITS64, READ_IF64, SET_BITS64, CLEAR_BITS64, TEST_SET64, TEST_CLEAR64, WAIT64 ->
        (access.a() & ~discriminators) != 0;
      case WRITE64, WRITE32 -> false;
      default -> true;
    };
  }

  /** The discriminator bits that a store through another view than the design's would set. */
  long setsDiscriminators(Access access, int offset) {
    if (access.view() == View.PIN || offset >= PageLayout.LRU_PREV) {
      return 0;
    }
    int shift = Byte.SIZE * (offset - PageLayout.LRU_NEXT);
    long stored = switch (access.op()) {
      case WRITE64, SET_BITS64, TEST_SET64, LOCK_BITS64, ADD64, ADD_RETURN64 -> access.a();
      case CAS64, CMPXCHG64 -> access.b();
      case WRITE32, ADD32, ADD_UNLESS32 -> (access.a() & 0xffffffffL) << shift;
      case CAS32, CMPXCHG32 -> (access.b() & 0xffffffffL) << shift;
      default -> 0;
    };
    return stored & discriminators;
  }

  /**
   * The discriminator bits that the design tests here and that compound_head or pgmap has set:
   * these are written while the machine boots, before anything is watched.
   */
  long misreadDiscriminators(Access access, int page, int offset) {
    boolean isTest = access.view() == View.PIN
        && offset == PageLayout.LRU_NEXT
        && (access.op() == Op.READ_BITS64 || access.op() == Op.READ_IF64);
    boolean isOthers = isTest
        && (owns(page, View.COMPOUND, offset, Long.BYTES)
            || owns(page, View.PGMAP, offset, Long.BYTES));
    return isOthers ? memory.word(access.addr()) & access.a() & discriminators & ~1L : 0;
  }

  /** Remembers who wrote. */
  void wrote(int page, View view, int offset, int width) {
    long lanes = lanes(offset, width);
    memory.setGhost(
        first + page, (memory.ghost(first + page) & ~(15 * lanes)) | (view.ordinal() * lanes));
  }

  /** Through which view each of the 16 bytes was written last. */
  List<View> writers(int page) {
    List<View> writers = new ArrayList<>();
    for (int i = 0; i < PageLayout.UNION_BYTES; i++) {
      writers.add(View.values()[(int) (memory.ghost(first + page) >>> (4 * i) & 15)]);
    }
    return writers;
  }

  /** The same, one letter a byte. */
  String describe(int page) {
    return View.letters(writers(page));
  }
}
