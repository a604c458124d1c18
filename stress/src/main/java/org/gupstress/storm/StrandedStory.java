// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.memory.Note;
import org.gupstress.page.Ref;

/**
 * How a page was stranded, told from its last events.
 *
 * <p>A page comes to a list when a pagevec that has it is drained, or when its isolation ends:
 * where the reference of the one or the other is dropped and nothing was put on a list, it was
 * passed over. What follows is that its pins are given back and nobody makes up for it.
 *
 * @param steps as few as tell it, oldest first
 */
record StrandedStory(StrandedWay way, List<PageEvent> steps) {

  static StrandedStory of(List<EventRings.Event> ring) {
    List<EventRings.Event> events = ring.subList(life(ring), ring.size());
    int leak = last(events, Note.BAD_PAGE, 0);
    if (leak >= 0) {
      return new StrandedStory(
          StrandedWay.REFUSED,
          List.of(step(events.get(leak), "frees it, and the allocator leaks it")));
    }
    int missed = missed(events);
    if (missed < 0) {
      boolean hasLinks = last(events, Note.LIST_ADD, 0) >= 0;
      StrandedWay way = hasLinks ? StrandedWay.OTHER : StrandedWay.UNKNOWN;
      return new StrandedStory(way, List.of());
    }
    StrandedWay way = way(events, missed);
    List<PageEvent> steps = new ArrayList<>();
    int pin = pin(events, missed, way);
    boolean isPinFirst = pin >= 0 && pin < missed;
    if (isPinFirst) {
      steps.add(step(events.get(pin), "pins it"));
    }
    steps.add(step(
        events.get(missed),
        switch (way) {
          case PIN -> "takes it off its LRU and pins it";
          case DRAIN -> "drains the pagevec and passes it over";
          default -> "ends its isolation and passes it over";
        }));
    int unpin = first(events, Note.PIN_RELEASE, missed);
    if (unpin >= 0) {
      steps.add(step(events.get(unpin), "unpins it and puts it on no list"));
    }
    return new StrandedStory(way, steps);
  }

  /** The same, with what freed it in the end. */
  List<PageEvent> freedBy(long nanos, CpuOperation by, Fate fate) {
    List<PageEvent> all = new ArrayList<>(steps);
    all.add(new PageEvent(nanos, by.cpu(), by.operation() + ": frees it, " + fate.sentence()));
    return all;
  }

  private static PageEvent step(EventRings.Event event, String text) {
    return new PageEvent(event.nanos(), event.cpu(), event.operation().id() + ": " + text);
  }

  /** Where the life begins that it has now. */
  private static int life(List<EventRings.Event> ring) {
    return Math.max(0, last(ring, Note.ALLOCATED, 0));
  }

  /** The last event of this kind from there on, or -1. */
  private static int last(List<EventRings.Event> events, Note note, int from) {
    for (int i = events.size() - 1; i >= from; i--) {
      if (events.get(i).note() == note) {
        return i;
      }
    }
    return -1;
  }

  private static int first(List<EventRings.Event> events, Note note, int from) {
    for (int i = from; i < events.size(); i++) {
      if (events.get(i).note() == note) {
        return i;
      }
    }
    return -1;
  }

  /** Where it ought to have come to a list for the last time and did not, or -1. */
  private static int missed(List<EventRings.Event> events) {
    for (int i = events.size() - 1; i >= 0; i--) {
      EventRings.Event event = events.get(i);
      if (event.note() == Note.LIST_ADD) {
        return -1;
      }
      if (event.drops(Ref.PVADD) || (event.drops(Ref.ISO) && !isQueuedBefore(events, i))) {
        return wasAdded(events, i) ? -1 : i;
      }
    }
    return -1;
  }

  /** putback_lru_page ends an isolation with the page in a pagevec. */
  private static boolean isQueuedBefore(List<EventRings.Event> events, int end) {
    return end > 0 && events.get(end - 1).takes(Ref.PVADD);
  }

  /** Whether whoever drops this reference had put the page on a list just before. */
  private static boolean wasAdded(List<EventRings.Event> events, int drop) {
    for (int i = drop - 1; i >= 0; i--) {
      EventRings.Event event = events.get(i);
      if (event.cpu() == events.get(drop).cpu()) {
        return event.note() == Note.LIST_ADD;
      }
    }
    return false;
  }

  private static StrandedWay way(List<EventRings.Event> events, int missed) {
    EventRings.Event event = events.get(missed);
    if (event.drops(Ref.PVADD)) {
      return StrandedWay.DRAIN;
    }
    for (int i = missed + 1; i < events.size(); i++) {
      EventRings.Event next = events.get(i);
      if (next.cpu() == event.cpu()) {
        return next.note() == Note.PIN_HELD ? StrandedWay.PIN : StrandedWay.PUTBACK;
      }
    }
    return StrandedWay.PUTBACK;
  }

  /** The pin for which it was passed over, or -1. */
  private static int pin(List<EventRings.Event> events, int missed, StrandedWay way) {
    return way == StrandedWay.PIN ? -1 : last(events.subList(0, missed), Note.PIN_HELD, 0);
  }
}
