// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.gupstress.dossier.ReferenceRow;
import org.gupstress.page.Ref;

/**
 * Keeps the books of page references: what page_ref events add and drop, and for which reason,
 * which the stack behind them says.
 *
 * <p>The count in an event is read a moment after it was changed, so another CPU's change may be in
 * it already. A page is odd only if it is so in its last event, or where its life ends.
 */
final class CustodyAccount {
  /** The code of a reference event in the {@link EventLog}; those of {@link LifeStep} are lower. */
  static final int TAKEN = 32;

  static final int DROPPED = 33;
  static final int SET = 34;
  static final int FROZEN = 35;
  static final int UNFROZEN = 36;

  private static final int ODD_SHOWN = 10;
  private static final int UNKNOWN_SHOWN = 10;
  private static final int UNKNOWN_MAX = 1000;
  private static final int STACK_MAX = 64;
  private static final int REASONS = Ref.values().length;
  private static final byte[] PFN = Payload.key("pfn=");
  private static final byte[] COUNT = Payload.key("count=");
  private static final byte[] VAL = Payload.key("val=");
  private static final byte[] RET = Payload.key("ret=");

  private final Reasons reasons = Reasons.shipped();
  private final PageLives lives;
  private final EventLog log;

  /** Of each page: what its count should be, and what its last event said. */
  private int[] expected = new int[0];

  private int[] found = new int[0];

  /** What a page had when it was frozen, 0 if it is not. */
  private int[] frozen = new int[0];

  private byte[] isSeen = new byte[0];
  private short[] held = new short[0];

  /** Events whose stack is still to come, by CPU. */
  private Pending[] pending = new Pending[0];

  private final Map<Kind, long[]> rows = new LinkedHashMap<>();
  private final Map<String, Long> unknown = new TreeMap<>();
  private final List<Custody.OddPage> odd = new ArrayList<>();
  private long events;
  private long stacks;
  private long earlier;
  private long withoutStack;
  private long oddPages;
  private long momentary;
  private long misread;

  /** What a row is of. */
  private record Kind(Ref reason, int units, String site) {}

  /** An event that waits for its stack. */
  private static final class Pending {
    int page = PageLives.NONE;
    int amount;
    int number;
    boolean ends;
    final List<String> stack = new ArrayList<>();
  }

  CustodyAccount(PageLives lives, EventLog log) {
    this.lives = lives;
    this.log = log;
  }

  /** A hole in the trace: nobody knows the counts any more. */
  void hole() {
    settle();
    Arrays.fill(isSeen, (byte) 0);
    Arrays.fill(held, (short) 0);
    Arrays.fill(frozen, 0);
  }

  /** Takes an event; false if a field of it is missing. */
  boolean take(TraceEvent event, TraceLine line, Task task) {
    long number = line.number(PFN);
    long count = line.number(COUNT);
    long val = line.number(VAL);
    long ret = line.number(RET);
    boolean hasRet =
        event.compareTo(TraceEvent.REF_MOD_AND_TEST) >= 0 && event != TraceEvent.REF_UNFREEZE;
    if (number < 0 || !isCount(count) || !isCount(val) || (hasRet && ret == Payload.NONE)) {
      return false;
    }
    events++;
    Pending own = pending(line.cpu);
    resolve(own);
    boolean hasFailed =
        ret == 0 && (event == TraceEvent.REF_MOD_UNLESS || event == TraceEvent.REF_FREEZE);
    int page = lives.page(number);
    if (page == PageLives.NONE) {
      lives.leave();
    } else if (!hasFailed) {
      grow(page);
      apply(event, page, (int) count, (int) val, line, task, own);
    }
    return true;
  }

  private static boolean isCount(long number) {
    return number > Integer.MIN_VALUE && number <= Integer.MAX_VALUE;
  }

  private void apply(
      TraceEvent event, int page, int count, int val, TraceLine line, Task task, Pending own) {
    switch (event) {
      case REF_SET -> {
        end(page);
        begin(page, 0);
        change(page, val, count, SET, line, task, own);
      }
      case REF_FREEZE -> {
        begin(page, val);
        frozen[page] = expected[page];
        lives.note(page, FROZEN, count, line, task);
      }
      case REF_UNFREEZE -> {
        lives.note(page, UNFROZEN, count, line, task);
        if (frozen[page] > val) {
          drop(page, frozen[page] - val, List.of(Ref.CACHE, Ref.ISO), "__remove_mapping");
        }
        begin(page, val);
        frozen[page] = 0;
        expected[page] = val;
        found[page] = val;
      }
      default -> {
        begin(page, count - val);
        change(page, val, count, val < 0 ? DROPPED : TAKEN, line, task, own);
      }
    }
  }

  private void begin(int page, int count) {
    if (isSeen[page] == 0) {
      isSeen[page] = 1;
      expected[page] = count;
      found[page] = count;
    }
  }

  private void change(
      int page, int val, int count, int code, TraceLine line, Task task, Pending own) {
    momentary += expected[page] != found[page] ? 1 : 0;
    expected[page] += val;
    found[page] = count;
    own.page = page;
    own.amount = val;
    own.ends = val < 0 && expected[page] == 0 && count == 0;
    own.number = lives.note(page, code, count, line, task);
  }

  /** The allocator has the page: whoever froze its count has dropped what was left. */
  void freed(TraceLine line) {
    long number = line.number(PFN);
    int page = number < 0 ? PageLives.NONE : lives.find(number);
    if (page != PageLives.NONE && page < isSeen.length) {
      end(page);
    }
  }

  // ---- stacks

  private Pending pending(int cpu) {
    if (cpu >= pending.length) {
      int before = pending.length;
      pending = Arrays.copyOf(pending, Math.max(cpu + 1, 2 * before));
      for (int i = before; i < pending.length; i++) {
        pending[i] = new Pending();
      }
    }
    return pending[cpu];
  }

  /** The functions of the stack of a CPU's last event follow, or the event had none. */
  void frame(int cpu, String function) {
    Pending own = pending(cpu);
    if (own.page != PageLives.NONE && own.stack.size() < STACK_MAX) {
      own.stack.add(function);
    }
  }

  /** The trace is over. */
  void settle() {
    for (Pending each : pending) {
      resolve(each);
    }
  }

  /** Whatever comes on this CPU is no longer of its last event. */
  void settle(int cpu) {
    if (cpu < pending.length) {
      resolve(pending[cpu]);
    }
  }

  private void resolve(Pending own) {
    if (own.page == PageLives.NONE) {
      return;
    }
    int page = own.page;
    own.page = PageLives.NONE;
    boolean isTaken = own.amount > 0;
    Reasons.Meaning meaning = reasons.of(own.stack, isTaken);
    stacks += own.stack.isEmpty() ? 0 : 1;
    if (own.stack.isEmpty()) {
      withoutStack++;
    } else if (meaning == null) {
      String function = nearest(own.stack);
      if (unknown.size() < UNKNOWN_MAX || unknown.containsKey(function)) {
        unknown.merge(function, 1L, Long::sum);
      }
    } else if (isTaken) {
      Ref reason = Objects.requireNonNull(meaning.taken());
      add(page, reason, own.amount);
      row(reason, units(reason, own.amount), meaning.function())[0] +=
          references(reason, own.amount);
      log.explain(own.number, reason.ordinal() + 1);
    } else {
      Ref reason = drop(page, -own.amount, meaning.dropped(), meaning.function());
      log.explain(own.number, reason.ordinal() + 1);
    }
    own.stack.clear();
    if (own.ends) {
      end(page);
    }
  }

  /** The first function of a stack that says something. */
  private static String nearest(List<String> stack) {
    for (String function : stack) {
      if (!function.startsWith("trace_event_raw_event")
          && !function.startsWith("__page_ref_")
          && !function.startsWith("__traceiter_")) {
        return function;
      }
    }
    return stack.get(0);
  }

  /** What each of the references is that somebody took or dropped at once. */
  private static int units(Ref reason, long amount) {
    return reason == Ref.GUP && amount % ReferenceRow.PIN == 0 ? ReferenceRow.PIN : 1;
  }

  private static long references(Ref reason, long amount) {
    return amount / units(reason, amount);
  }

  private void add(int page, Ref reason, int amount) {
    int at = page * REASONS + reason.ordinal();
    held[at] = (short) Math.min(Short.MAX_VALUE, held[at] + references(reason, amount));
  }

  /**
   * Drops references for the first of the reasons that the page is held for, or says for which it
   * would be.
   */
  private Ref drop(int page, int amount, List<Ref> candidates, String site) {
    for (Ref reason : candidates) {
      int at = page * REASONS + reason.ordinal();
      long references = references(reason, amount);
      if (held[at] >= references) {
        held[at] = (short) (held[at] - references);
        row(reason, units(reason, amount), site)[1] += references;
        return reason;
      }
    }
    earlier += references(candidates.get(0), amount);
    return candidates.get(0);
  }

  private long[] row(Ref reason, int units, String site) {
    return rows.computeIfAbsent(new Kind(reason, units, site), unseen -> new long[2]);
  }

  // ---- the end of a page's life

  /** The page is free: nothing may be left of it. */
  private void end(int page) {
    if (isSeen[page] == 0) {
      return;
    }
    if (frozen[page] != 0) {
      // frozen, and freed that way: the page cache and reclaim have dropped theirs together
      dropAll(page, Ref.CACHE);
      dropAll(page, Ref.ISO);
      expected[page] = 0;
      found[page] = 0;
      frozen[page] = 0;
    } else if (expected[page] == found[page] && expected[page] != 0) {
      // whoever sets the count of a page anew takes all references from their holders
      expected[page] = 0;
    }
    judge(page);
    boolean isHeld = false;
    for (int at = page * REASONS; at < (page + 1) * REASONS; at++) {
      isHeld |= held[at] > 0;
      held[at] = 0;
    }
    misread += isHeld ? 1 : 0;
    isSeen[page] = 0;
  }

  private void dropAll(int page, Ref reason) {
    int at = page * REASONS + reason.ordinal();
    if (held[at] > 0) {
      row(reason, 1, "__remove_mapping")[1] += held[at];
      held[at] = 0;
    }
  }

  private void judge(int page) {
    if (expected[page] != found[page]) {
      oddPages++;
      if (odd.size() < ODD_SHOWN) {
        odd.add(new Custody.OddPage(lives.pfn(page), expected[page], found[page]));
      }
    }
  }

  private void grow(int page) {
    if (page >= isSeen.length) {
      int length = Math.max(1 << 10, Integer.highestOneBit(page) * 2);
      expected = Arrays.copyOf(expected, length);
      found = Arrays.copyOf(found, length);
      frozen = Arrays.copyOf(frozen, length);
      isSeen = Arrays.copyOf(isSeen, length);
      held = Arrays.copyOf(held, length * REASONS);
    }
  }

  // ---- what came of it

  /** The books as they are now. */
  Custody custody() {
    Map<String, Long> holders = new LinkedHashMap<>();
    for (int page = 0; page < isSeen.length; page++) {
      if (isSeen[page] != 0) {
        if (frozen[page] == 0) {
          judge(page);
        }
        for (Ref reason : Ref.values()) {
          long references = held[page * REASONS + reason.ordinal()];
          if (references > 0) {
            holders.merge(reason.name(), references, Long::sum);
          }
        }
      }
    }
    return new Custody(
        events,
        stacks,
        sorted(),
        holders,
        earlier,
        withoutStack,
        most(unknown),
        List.copyOf(odd),
        oddPages,
        momentary,
        misread);
  }

  private List<ReferenceRow> sorted() {
    List<ReferenceRow> all = new ArrayList<>();
    rows.forEach((kind, amounts) -> all.add(
        new ReferenceRow(kind.reason(), kind.site(), kind.units(), amounts[0], amounts[1])));
    all.sort(Comparator.comparing(ReferenceRow::reason)
        .thenComparing(ReferenceRow::site)
        .thenComparing(ReferenceRow::units));
    return all;
  }

  /** Those with the most events. */
  private static Map<String, Long> most(Map<String, Long> counts) {
    Map<String, Long> most = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(UNKNOWN_SHOWN)
        .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
    return most;
  }
}
