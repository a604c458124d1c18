// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.gupstress.memory.Note;
import org.gupstress.page.Ref;

/**
 * The last events of every page, 256 bytes a page. CPUs write without coordination: where two meet
 * at one page an event may be lost, and events of one moment may change places.
 *
 * <p>A page has two rings: one of its moves, which say where it is, and one of all else, which is
 * far more. So many pins and references do not push out how the page came to where it is. Of pins
 * between two moves the first and the last event are kept.
 */
final class EventRings {
  private static final int MOVES = 12;
  private static final int OTHERS = 20;
  private static final int BYTES = (MOVES + OTHERS) * Long.BYTES;

  private static final int PVADD = Ref.PVADD.ordinal();
  private static final int ISO = Ref.ISO.ordinal();
  private static final int PIN_HELD = Note.PIN_HELD.ordinal();
  private static final int PIN_RELEASE = Note.PIN_RELEASE.ordinal();

  private static final Note[] NOTES = Note.values();
  private static final Ref[] REFS = Ref.values();

  // one event: microseconds 32, cpu 14, operation 6, note 6, reason 4, amount 2 (taken, dropped)
  private static final int CPU_SHIFT = 18;
  private static final int OPERATION_SHIFT = 12;
  private static final int NOTE_SHIFT = 6;
  private static final int REF_SHIFT = 2;
  private static final int CPU_MASK = (1 << (Integer.SIZE - CPU_SHIFT)) - 1;
  private static final int OPERATION_MASK = (1 << (CPU_SHIFT - OPERATION_SHIFT)) - 1;
  private static final int NOTE_MASK = (1 << (OPERATION_SHIFT - NOTE_SHIFT)) - 1;
  private static final int REF_MASK = (1 << (NOTE_SHIFT - REF_SHIFT)) - 1;

  /**
   * An event of a page.
   *
   * @param nanos since the storm began
   * @param ref of a {@link Note#REF}
   * @param isTaken whether that reference was taken, not dropped
   */
  record Event(long nanos, int cpu, StormOperation operation, Note note, Ref ref, boolean isTaken) {
    boolean takes(Ref reason) {
      return note == Note.REF && ref == reason && isTaken;
    }

    boolean drops(Ref reason) {
      return note == Note.REF && ref == reason && !isTaken;
    }

    PageEvent told() {
      return new PageEvent(nanos, cpu, operation.id() + ": " + text());
    }

    private String text() {
      return switch (note) {
        case REF -> (isTaken ? "takes a reference for " : "drops a reference for ") + ref.holder();
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
    }
  }

  private final ByteBuffer[] blocks;
  private final int pagesPerBlock = 1 << 20;
  private final byte[] nextMove;
  private final byte[] nextOther;

  EventRings(int pages) {
    this.blocks = new ByteBuffer[(pages + pagesPerBlock - 1) / pagesPerBlock];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] =
          ByteBuffer.allocateDirect(BYTES * Math.min(pagesPerBlock, pages - b * pagesPerBlock));
    }
    this.nextMove = new byte[pages];
    this.nextOther = new byte[pages];
  }

  void add(
      int page, long nanos, int cpu, StormOperation operation, Note note, int reason, long amount) {
    long event = ((nanos / 1000) << 32)
        | ((long) (cpu & CPU_MASK) << CPU_SHIFT)
        | ((long) operation.ordinal() << OPERATION_SHIFT)
        | ((long) note.ordinal() << NOTE_SHIFT)
        | ((long) reason << REF_SHIFT)
        | (amount > 0 ? 1 : amount < 0 ? 2 : 0);
    boolean isPin = note == Note.PIN_HELD || note == Note.PIN_RELEASE;
    if (!isPin && !isMove(note, reason)) {
      int at = nextOther[page];
      put(page, MOVES + at, event);
      nextOther[page] = (byte) (at + 1 == OTHERS ? 0 : at + 1);
      return;
    }
    int at = nextMove[page];
    int before = at == 0 ? MOVES - 1 : at - 1;
    if (isPin && isPin(page, before) && isPin(page, before == 0 ? MOVES - 1 : before - 1)) {
      put(page, before, event);
    } else {
      put(page, at, event);
      nextMove[page] = (byte) (at + 1 == MOVES ? 0 : at + 1);
    }
  }

  private static boolean isMove(Note note, int reason) {
    return switch (note) {
      case LIST_ADD, LIST_DEL, ALLOCATED, FREED, BAD_PAGE -> true;
      case REF -> reason == PVADD || reason == ISO;
      default -> false;
    };
  }

  private boolean isPin(int page, int at) {
    int note = (int) (get(page, at) >>> NOTE_SHIFT) & NOTE_MASK;
    return note == PIN_HELD || note == PIN_RELEASE;
  }

  private void put(int page, int at, long event) {
    blocks[page / pagesPerBlock].putLong(page % pagesPerBlock * BYTES + at * Long.BYTES, event);
  }

  private long get(int page, int at) {
    return blocks[page / pagesPerBlock].getLong(page % pagesPerBlock * BYTES + at * Long.BYTES);
  }

  /** The last moves of a page and what pinned it between them, oldest first. */
  List<Event> moves(int page) {
    return events(page, 0, MOVES, nextMove[page]);
  }

  /** The last events of a page, oldest first. */
  List<Event> of(int page) {
    List<Event> events = moves(page);
    events.addAll(events(page, MOVES, OTHERS, nextOther[page]));
    events.sort(Comparator.comparingLong(Event::nanos));
    return events;
  }

  private List<Event> events(int page, int first, int ring, int next) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < ring; i++) {
      long event = get(page, first + (next + i) % ring);
      if (event != 0) {
        events.add(event(event));
      }
    }
    return events;
  }

  private static Event event(long packed) {
    return new Event(
        (packed >>> 32) * 1000,
        (int) (packed >>> CPU_SHIFT) & CPU_MASK,
        StormOperation.of((int) (packed >>> OPERATION_SHIFT) & OPERATION_MASK),
        NOTES[(int) (packed >>> NOTE_SHIFT) & NOTE_MASK],
        REFS[(int) (packed >>> REF_SHIFT) & REF_MASK],
        (packed & 1) != 0);
  }

  /** The same, as findings tell it. */
  List<PageEvent> told(int page) {
    return of(page).stream().map(Event::told).toList();
  }
}
