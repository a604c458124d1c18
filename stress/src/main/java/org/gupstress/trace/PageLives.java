// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gupstress.dossier.MachineCounter;
import org.jspecify.annotations.Nullable;

/**
 * Follows each page of a trace through the model's {@link LifeCycle}, in arrays of primitives.
 *
 * <p>After a hole in the trace (lost events, a line that cannot be read) nobody knows where pages
 * are: they begin anew.
 */
final class PageLives {
  /** Pages that are followed; events of further ones are counted. */
  static final int PAGES_MAX = 1 << 20;

  /** Places in files that are followed, to know a page that comes back. */
  static final int PLACES_MAX = 1 << 21;

  /** No page. */
  static final int NONE = -1;

  private static final int EXAMPLE_STEPS = 8;
  private static final int WIDE = 16;
  private static final int STRICT = (1 << WIDE) - 1;
  private static final int ANYWHERE = LifeState.ALL | (LifeState.ALL << WIDE);

  /** The page of this place has left the page cache. */
  private static final int GONE = Integer.MAX_VALUE;

  private static final int LARGE = 1;
  private static final int TMPFS = 2;
  private static final int REFAULTED = 4;
  private static final int MISSED = 8;

  /** A migration explains it. */
  private static final int MOVED = 16;

  /** It has a step of its life, and not only references. */
  private static final int LIVED = 32;

  /** What stays with a frame whatever page is in it. */
  private static final int JUDGED = MISSED | MOVED | LIVED;

  private static final int CACHED = LifeState.QUEUED.mask()
      | LifeState.INACTIVE.mask()
      | LifeState.ACTIVE.mask()
      | LifeState.UNEVICTABLE.mask()
      | LifeState.ISOLATED.mask();

  private static final byte[] PFN = Payload.key("pfn=");
  private static final byte[] DEV = Payload.key("dev ");
  private static final byte[] BDI = Payload.key("bdi ");
  private static final byte[] INO = Payload.key("ino ");
  private static final byte[] OFS = Payload.key("ofs=");
  private static final byte[] ORDER = Payload.key("order=");
  private static final byte[] INODE = Payload.key("ino=");
  private static final byte[] INDEX = Payload.key("index=");
  private static final byte[] LRU = Payload.key("lru=");
  private static final byte[] FLAGS = Payload.key("flags=");
  private static final byte[] WB_ANON = "RECLAIM_WB_ANON".getBytes(ISO_8859_1);
  private static final int LISTS = 5;
  private static final int PAGE_SHIFT = 12;
  private static final int ORDER_MAX = 10;

  private final LifeCycle cycle = new LifeCycle();
  private final MachineAccount account;
  private final LoadAccount load = new LoadAccount();
  private final EventLog log;
  private final LongTable pages;
  private final LongTable places = new LongTable(PLACES_MAX);

  private long[] pfn = new long[1 << 10];
  private long[] place = new long[pfn.length];
  private int[] states = new int[pfn.length];
  private int[] last = new int[pfn.length];
  private int[] events = new int[pfn.length];
  private int[] hole = new int[pfn.length];
  private byte[] flags = new byte[pfn.length];

  private final Map<MissRule, Miss> misses = new EnumMap<>(MissRule.class);
  private int holes;
  private long unfollowed;
  private long steps;

  /** What is known of all misses of a rule. */
  static final class Miss {
    long events;
    long pages;
    long pfn;
    long nanos;
    List<EventLog.Entry> example = List.of();
  }

  /**
   * Without pages yet.
   *
   * @param pagesMax that are followed
   */
  PageLives(MachineAccount account, EventLog log, int pagesMax) {
    this.account = account;
    this.log = log;
    this.pages = new LongTable(pagesMax);
  }

  /** Something is missing here. */
  void hole() {
    holes++;
  }

  /** Takes an event of a page; false if a field of it is missing. */
  boolean take(TraceEvent event, TraceLine line, Task task) {
    cycle.show(event);
    if (event == TraceEvent.DIRTY) {
      return dirtied(line, task);
    }
    long number = line.number(PFN);
    if (number < 0) {
      // an allocation that failed has no page
      return event == TraceEvent.ALLOC;
    }
    switch (event) {
      case ADD, DELETE -> {
        return cache(event, number, line, task);
      }
      case INSERT -> {
        return insert(number, line, task);
      }
      case ALLOC -> {
        return allocated(number, line, task);
      }
      case FREE -> step(LifeStep.FREE, number, null, 0, line, task);
      case ACTIVATE -> {
        account.add(MachineCounter.ACTIVATED, 1);
        step(LifeStep.ACTIVATE, number, null, 0, line, task);
      }
      case WRITE -> {
        account.add(MachineCounter.WRITTEN_BY_RECLAIM, 1);
        boolean isAnon = Payload.find(line.text, line.fields, line.end(), WB_ANON) >= 0;
        step(LifeStep.WRITE, number, isAnon ? MissRule.SWAP : null, 0, line, task);
      }
      default -> throw new IllegalArgumentException(event + " is of no page");
    }
    return true;
  }

  // ---- the events

  private boolean cache(TraceEvent event, long number, TraceLine line, Task task) {
    long inode = hexAt(line, line.value(INO));
    long device = deviceAt(line, line.value(DEV));
    long offset = line.number(OFS);
    if (inode < 0 || device < 0 || offset < 0) {
      return false;
    }
    long where = place(device, inode, offset >>> PAGE_SHIFT);
    long order = Math.max(0, line.number(ORDER));
    int page = page(number);
    if (page != NONE && order > 0) {
      flags[page] = (byte) (flags[page] | LARGE);
      forgetTails(number, order);
    }
    long size = 1L << Math.min(order, ORDER_MAX);
    if (event == TraceEvent.ADD) {
      account.add(MachineCounter.CACHED, size);
      load.added(device, inode, offset >>> PAGE_SHIFT, size, task);
      added(page, where, size, line, task);
    } else {
      account.add(MachineCounter.UNCACHED, size);
      account.add(MachineCounter.UNCACHED_BY_RECLAIM, task.context() == 0 ? 0 : size);
      boolean wasThereBefore = places.get(where) == LongTable.NONE;
      load.deleted(device, inode, offset >>> PAGE_SHIFT, size, wasThereBefore, task);
      places.put(where, GONE);
      step(LifeStep.DELETE, page, rule(page), (int) (offset >>> PAGE_SHIFT), line, task);
    }
    return true;
  }

  private void added(int page, long where, long size, TraceLine line, Task task) {
    int before = places.get(where);
    boolean isRefault = before == GONE;
    account.add(MachineCounter.REFAULTS, isRefault ? size : 0);
    if (page == NONE) {
      places.put(where, GONE);
      leave();
      return;
    }
    boolean isTaken = before >= 0 && before != GONE && before != page && isCached(before, where);
    places.put(where, page);
    place[page] = where;
    int kept = flags[page] & (LARGE | JUDGED);
    flags[page] = (byte) (isRefault ? kept | REFAULTED : kept);
    step(LifeStep.ADD, page, rule(page), 0, line, task);
    if (isTaken) {
      miss(MissRule.SLOT_TAKEN, page, line.nanos);
    }
  }

  /** Whether the model has the page of a place still there. */
  private boolean isCached(int page, long where) {
    return hole[page] == holes
        && place[page] == where
        && (states[page] & STRICT & ~CACHED) == 0
        && (flags[page] & LARGE) == 0;
  }

  private boolean insert(long number, TraceLine line, Task task) {
    long list = line.number(LRU);
    if (list < 0 || list >= LISTS) {
      return false;
    }
    account.add(
        MachineCounter.values()[MachineCounter.INSERTED_INACTIVE_ANON.ordinal() + (int) list], 1);
    boolean isAnon = hasFlag(line, 'a');
    boolean isOnFileList = list == 2 || list == 3;
    int page = page(number);
    MissRule rule = null;
    if (isAnon) {
      rule = isOnFileList ? MissRule.LAZY_FREE : hasFlag(line, 's') ? MissRule.SWAP : null;
    } else if (!isOnFileList && hasFlag(line, 'b')) {
      rule = MissRule.TMPFS;
      if (page != NONE) {
        flags[page] = (byte) (flags[page] | TMPFS);
      }
    }
    if (page != NONE && (flags[page] & REFAULTED) != 0) {
      account.add(MachineCounter.WORKINGSET_ACTIVATIONS, list == 3 ? 1 : 0);
      flags[page] = (byte) (flags[page] & ~REFAULTED);
    }
    step(
        LifeStep.insert((int) list),
        page,
        rule == null ? rule(page) : rule,
        (int) list,
        line,
        task);
    return true;
  }

  /** Letters like {@code Mf dB} behind flags=, with blanks between them. */
  private static boolean hasFlag(TraceLine line, char letter) {
    int at = line.value(FLAGS);
    for (int i = Math.max(at, 0); at >= 0 && i < line.end() && i < at + 6; i++) {
      if (line.text[i] == letter) {
        return true;
      }
    }
    return false;
  }

  private boolean allocated(long number, TraceLine line, Task task) {
    long order = line.number(ORDER);
    if (order < 0 || number == 0) {
      return order >= 0;
    }
    int page = page(number);
    if (page != NONE) {
      flags[page] = (byte) (flags[page] & JUDGED);
    }
    forgetTails(number, order);
    step(LifeStep.ALLOC, page, null, (int) order, line, task);
    return true;
  }

  /** Nobody says what becomes of the further pages of a folio. */
  private void forgetTails(long number, long order) {
    for (long tail = 1; tail < 1L << Math.min(order, ORDER_MAX); tail++) {
      int page = pages.get(number + tail);
      if (page != LongTable.NONE) {
        states[page] = ANYWHERE;
      }
    }
  }

  /** This event names the place in the file, not the page. */
  private boolean dirtied(TraceLine line, Task task) {
    long inode = line.number(INODE);
    long index = line.number(INDEX);
    if (inode < 0 || index < 0) {
      return false;
    }
    account.add(MachineCounter.DIRTIED, 1);
    long device = deviceAt(line, line.value(BDI));
    load.dirtied(device, inode, index, task);
    int page = device < 0 ? LongTable.NONE : places.get(place(device, inode, index));
    if (page != LongTable.NONE && page != GONE) {
      step(LifeStep.DIRTY, page, rule(page), 0, line, task);
    }
    return true;
  }

  private static long hexAt(TraceLine line, int at) {
    if (at < 0) {
      return Payload.NONE;
    }
    boolean hasPrefix = at + 1 < line.end() && line.text[at] == '0' && line.text[at + 1] == 'x';
    return Payload.hex(line.text, hasPrefix ? at + 2 : at, line.end());
  }

  /** 8:1 as one number. */
  private static long deviceAt(TraceLine line, int at) {
    if (at < 0) {
      return Payload.NONE;
    }
    long major = Payload.decimal(line.text, at, line.end());
    int colon = at;
    while (colon < line.end() && line.text[colon] != ':') {
      colon++;
    }
    long minor = Payload.decimal(line.text, Math.min(colon + 1, line.end()), line.end());
    return major < 0 || minor < 0 ? Payload.NONE : (major << 20) | minor;
  }

  private static long place(long device, long inode, long index) {
    return LongTable.mix(LongTable.mix(LongTable.mix(device) + inode) + index) & Long.MAX_VALUE;
  }

  // ---- the pages

  /** The page of a frame, new if it was not seen before; NONE if there are too many. */
  int page(long number) {
    int known = pages.get(number);
    if (known != LongTable.NONE) {
      return known;
    }
    int page = pages.size();
    if (!pages.put(number, page)) {
      return NONE;
    }
    if (page == pfn.length) {
      int length = 2 * page;
      pfn = Arrays.copyOf(pfn, length);
      place = Arrays.copyOf(place, length);
      states = Arrays.copyOf(states, length);
      last = Arrays.copyOf(last, length);
      events = Arrays.copyOf(events, length);
      hole = Arrays.copyOf(hole, length);
      flags = Arrays.copyOf(flags, length);
    }
    pfn[page] = number;
    states[page] = ANYWHERE;
    last[page] = EventLog.NONE;
    hole[page] = holes;
    return page;
  }

  /** What is not modelled of the page, whatever happens to it. */
  private @Nullable MissRule rule(int page) {
    if (page == NONE) {
      return null;
    }
    return (flags[page] & LARGE) != 0
        ? MissRule.LARGE_FOLIO
        : (flags[page] & TMPFS) != 0 ? MissRule.TMPFS : null;
  }

  private void step(
      LifeStep step, long number, @Nullable MissRule excuse, int value, TraceLine line, Task task) {
    int page = page(number);
    step(step, page, excuse == null ? rule(page) : excuse, value, line, task);
  }

  private void step(
      LifeStep step, int page, @Nullable MissRule excuse, int value, TraceLine line, Task task) {
    if (page == NONE) {
      leave();
      return;
    }
    steps++;
    flags[page] = (byte) (flags[page] | LIVED);
    int number = note(page, step.ordinal(), value, line, task);
    if (hole[page] != holes) {
      hole[page] = holes;
      states[page] = ANYWHERE;
    }
    int strict = cycle.after(step, states[page] & STRICT);
    int wide = cycle.afterWithMigration(step, states[page] >>> WIDE);
    boolean isMiss = strict == 0;
    if (isMiss) {
      strict = wide != 0 ? wide : cycle.afterAnything(step);
    }
    log.judge(number, strict, isMiss);
    if (isMiss) {
      MissRule rule =
          excuse != null ? excuse : wide != 0 ? MissRule.MOVED_UNSEEN : MissRule.of(step);
      miss(rule, page, line.nanos);
      wide = strict;
    }
    states[page] = strict | (wide << WIDE);
  }

  /** An event is of a page beyond those that are followed. */
  void leave() {
    unfollowed++;
  }

  /** Remembers an event of a page, and returns its number. */
  int note(int page, int code, int value, TraceLine line, Task task) {
    events[page]++;
    last[page] =
        log.add(line.nanos, code, line.cpu, task.number, task.context(), value, last[page]);
    return last[page];
  }

  private void miss(MissRule rule, int page, long nanos) {
    Miss miss = misses.computeIfAbsent(rule, unseen -> new Miss());
    if (miss.events++ == 0) {
      miss.pfn = pfn[page];
      miss.nanos = nanos;
      miss.example = log.upTo(last[page], EXAMPLE_STEPS);
    }
    int mark = rule == MissRule.MOVED_UNSEEN ? MOVED : MISSED;
    if ((flags[page] & mark) == 0) {
      flags[page] = (byte) (flags[page] | mark);
      miss.pages++;
    }
  }

  // ---- what came of it

  /**
   * Histories that are no path.
   *
   * @param hasMigrations whether those that a migration explains are
   */
  long missed(boolean hasMigrations) {
    long missed = 0;
    for (int page = 0; page < pages.size(); page++) {
      missed += (flags[page] & (hasMigrations ? MISSED : MISSED | MOVED)) != 0 ? 1 : 0;
    }
    return missed;
  }

  LoadAccount load() {
    return load;
  }

  Map<MissRule, Miss> misses() {
    return misses;
  }

  long steps() {
    return steps;
  }

  long unfollowed() {
    return unfollowed;
  }

  int holes() {
    return holes;
  }

  /** Pages that have a history. */
  long lived() {
    long lived = 0;
    for (int page = 0; page < pages.size(); page++) {
      lived += (flags[page] & LIVED) != 0 ? 1 : 0;
    }
    return lived;
  }

  int find(long number) {
    return pages.get(number);
  }

  long pfn(int page) {
    return pfn[page];
  }

  int events(int page) {
    return events[page];
  }

  int last(int page) {
    return last[page];
  }

  /** The page with the most events, the first seen of them; NONE if there is no page. */
  int hottest() {
    int hottest = NONE;
    for (int page = 0; page < pages.size(); page++) {
      if (hottest == NONE || events[page] > events[hottest]) {
        hottest = page;
      }
    }
    return hottest;
  }
}
