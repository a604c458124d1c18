// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gupstress.memory.Note;
import org.gupstress.page.Ref;

/**
 * The last events of every page, 256 bytes a page. CPUs write without coordination: where two meet
 * at one page an event may be lost, and events of one moment may change places.
 */
final class EventRings {
  private static final int EVENTS = 32;
  private static final int BYTES = EVENTS * Long.BYTES;

  private static final Note[] NOTES = Note.values();
  private static final Ref[] REFS = Ref.values();

  // one event: microseconds 32, cpu 8, operation 5, note 6, reason 4, amount 2 (taken, dropped)
  private static final int CPU_SHIFT = 24;
  private static final int OPERATION_SHIFT = 19;
  private static final int NOTE_SHIFT = 13;
  private static final int REF_SHIFT = 9;

  private final ByteBuffer[] blocks;
  private final int pagesPerBlock = 1 << 20;
  private final byte[] next;

  EventRings(int pages) {
    this.blocks = new ByteBuffer[(pages + pagesPerBlock - 1) / pagesPerBlock];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] =
          ByteBuffer.allocateDirect(BYTES * Math.min(pagesPerBlock, pages - b * pagesPerBlock));
    }
    this.next = new byte[pages];
  }

  void add(
      int page, long nanos, int cpu, StormOperation operation, Note note, int reason, long amount) {
    long event = ((nanos / 1000) << 32)
        | ((cpu & 0xffL) << CPU_SHIFT)
        | ((long) operation.ordinal() << OPERATION_SHIFT)
        | ((long) note.ordinal() << NOTE_SHIFT)
        | ((long) reason << REF_SHIFT)
        | (amount > 0 ? 1 : amount < 0 ? 2 : 0);
    int at = next[page]++ & (EVENTS - 1);
    blocks[page / pagesPerBlock].putLong(page % pagesPerBlock * BYTES + at * Long.BYTES, event);
  }

  /** The last events of a page, oldest first. */
  List<PageEvent> of(int page) {
    List<PageEvent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      int at = (next[page] + i) & (EVENTS - 1);
      long event =
          blocks[page / pagesPerBlock].getLong(page % pagesPerBlock * BYTES + at * Long.BYTES);
      if (event != 0) {
        events.add(
            new PageEvent((event >>> 32) * 1000, (int) (event >>> CPU_SHIFT & 0xff), text(event)));
      }
    }
    return events;
  }

  private static String text(long event) {
    Note note = NOTES[(int) (event >>> NOTE_SHIFT & 0x3f)];
    String what = switch (note) {
      case REF ->
        ((event & 1) != 0 ? "takes a reference for " : "drops a reference for ")
            + REFS[(int) (event >>> REF_SHIFT & 0xf)].holder();
      case LIST_ADD -> "list_add";
      case LIST_DEL -> "list_del";
      case PIN_HELD -> "has pinned it";
      case PIN_RELEASE -> "unpins it";
      case ALLOCATED -> "allocates it";
      case FREED -> "frees it";
      case BAD_PAGE -> "leaks it";
      case IN_HAND -> "takes it off its private list";
      case DIRTIED -> "dirties it";
      case CLEANED -> "cleans it";
      default -> note.name().toLowerCase(Locale.ROOT);
    };
    return StormOperation.of((int) (event >>> OPERATION_SHIFT & 0x1f)).id() + ": " + what;
  }
}
