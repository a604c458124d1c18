// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.ListPass;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.dossier.MachineTime;
import org.gupstress.dossier.TimeSpread;
import org.gupstress.reclaim.Reclaim;

/** Counts what a machine does: the dossier, event by event. */
final class MachineAccount {
  private static final byte[] NR_SCANNED = Payload.key("nr_scanned=");
  private static final byte[] NR_TAKEN = Payload.key("nr_taken=");
  private static final byte[] NR_RECLAIMED = Payload.key("nr_reclaimed=");
  private static final byte[] NR_ACTIVATE = Payload.key("nr_activate=");
  private static final byte[] NR_ACTIVATE_ANON = Payload.key("nr_activate_anon=");
  private static final byte[] NR_ACTIVATE_FILE = Payload.key("nr_activate_file=");
  private static final byte[] NR_REF_KEEP = Payload.key("nr_ref_keep=");
  private static final byte[] NR_ACTIVE = Payload.key("nr_active=");
  private static final byte[] NR_DEACTIVATED = Payload.key("nr_deactivated=");
  private static final byte[] NR_REFERENCED = Payload.key("nr_referenced=");
  private static final byte[] PRIORITY = Payload.key("priority=");
  private static final byte[] LRU = Payload.key("lru=");
  private static final byte[] WB_FILE = "RECLAIM_WB_FILE".getBytes(ISO_8859_1);
  private static final byte[] WB_ANON = "RECLAIM_WB_ANON".getBytes(ISO_8859_1);
  private static final byte[] USEC_DELAYED = Payload.key("usec_delayed=");
  private static final byte[] USECT_DELAYED = Payload.key("usect_delayed=");
  private static final byte[] NR_SUCCEEDED = Payload.key("nr_succeeded=");
  private static final byte[] NR_FAILED = Payload.key("nr_failed=");

  private static final List<String> LISTS =
      List.of("inactive_anon", "active_anon", "inactive_file", "active_file", "unevictable");
  private static final int INACTIVE_FILE = 2;

  private static final int PRIORITIES = Reclaim.DEF_PRIORITY + 2;
  private static final long LONGEST_NANOS = 3_600_000_000_000L;

  /** What is counted of a list and a priority. */
  private enum Amount {
    PASSES,
    SCANNED,
    TAKEN,
    RECLAIMED,
    ACTIVATED,
    DEACTIVATED,
    REFERENCED
  }

  private final long[] counts = new long[MachineCounter.values().length];
  private final long[][][] passes = new long[LISTS.size()][PRIORITIES][Amount.values().length];
  private final Map<MachineTime, Histogram> times = new EnumMap<>(MachineTime.class);
  private final Map<MachineTime, Long> totals = new EnumMap<>(MachineTime.class);
  private boolean hasIsolations;

  void add(MachineCounter counter, long amount) {
    counts[counter.ordinal()] += amount;
  }

  /** Takes an event that is of no page in particular; false if a field of it is missing. */
  boolean take(TraceEvent event, TraceLine line, Task task) {
    switch (event) {
      case ISOLATE -> {
        return isolate(line, task);
      }
      case SHRINK_INACTIVE -> {
        return shrinkInactive(line, task);
      }
      case SHRINK_ACTIVE -> {
        return shrinkActive(line, task);
      }
      case RECLAIM_BEGIN -> begin(line, task);
      case RECLAIM_END -> {
        return end(line, task);
      }
      case THROTTLED -> {
        return throttled(line);
      }
      case KSWAPD_WAKE -> add(MachineCounter.KSWAPD_WAKES, 1);
      case KSWAPD_SLEEP -> add(MachineCounter.KSWAPD_SLEEPS, 1);
      case WAKEUP_KSWAPD -> add(MachineCounter.KSWAPD_CALLS, 1);
      case WRITTEN -> add(MachineCounter.WRITTEN_BACK, Math.max(0, firstNumber(line)));
      case MIGRATE -> {
        return migrated(line);
      }
      case LOCK_BEGIN -> contended(line, task);
      case LOCK_END -> acquired(line, task);
      default -> throw new IllegalArgumentException(event + " is of a page");
    }
    return true;
  }

  private boolean isolate(TraceLine line, Task task) {
    long scanned = line.number(NR_SCANNED);
    long taken = line.number(NR_TAKEN);
    int list = list(line);
    if (scanned < 0 || taken < 0 || list < 0) {
      return false;
    }
    hasIsolations = true;
    forget(task);
    task.isolatedList = list;
    task.isolatedScanned = scanned;
    task.isolatedTaken = taken;
    return true;
  }

  /** What was taken off a list, and nothing said of what became of it. */
  private void forget(Task task) {
    if (task.isolatedList >= 0) {
      long[] amounts = passes[task.isolatedList][PRIORITIES - 1];
      count(amounts, Amount.PASSES, 1);
      isolated(amounts, task);
    }
  }

  private static void isolated(long[] amounts, Task task) {
    count(amounts, Amount.SCANNED, task.isolatedScanned);
    count(amounts, Amount.TAKEN, task.isolatedTaken);
    task.isolatedList = (int) Task.NONE;
  }

  private static void count(long[] amounts, Amount what, long amount) {
    amounts[what.ordinal()] += Math.max(0, amount);
  }

  /** lru=inactive_file, or its number where the symbol was not printed. */
  private static int list(TraceLine line) {
    int at = line.value(LRU);
    if (at < 0) {
      return -1;
    }
    for (int list = 0; list < LISTS.size(); list++) {
      String name = LISTS.get(list);
      if (Payload.find(line.text, at, Math.min(line.end(), at + name.length()), bytes(name))
          == at) {
        return list;
      }
    }
    long number = Payload.number(line.text, at, line.end());
    return number >= 0 && number < LISTS.size() ? (int) number : -1;
  }

  private static byte[] bytes(String name) {
    return name.getBytes(ISO_8859_1);
  }

  /** The amounts of the list that the event names and of its priority; null if it has none. */
  private long[] pass(TraceLine line, int offset) {
    boolean isFile = Payload.find(line.text, line.fields, line.end(), WB_FILE) >= 0;
    boolean isAnon = Payload.find(line.text, line.fields, line.end(), WB_ANON) >= 0;
    long priority = line.number(PRIORITY);
    if (isFile == isAnon || priority < 0 || priority > Reclaim.DEF_PRIORITY) {
      return new long[0];
    }
    return passes[(isFile ? INACTIVE_FILE : 0) + offset][(int) priority];
  }

  private boolean shrinkInactive(TraceLine line, Task task) {
    long[] amounts = pass(line, 0);
    long scanned = line.number(NR_SCANNED);
    long reclaimed = line.number(NR_RECLAIMED);
    if (amounts.length == 0 || scanned < 0 || reclaimed < 0) {
      return false;
    }
    count(amounts, Amount.PASSES, 1);
    if (task.isolatedList >= 0 && task.isolatedScanned == scanned) {
      isolated(amounts, task);
    } else {
      forget(task);
      count(amounts, Amount.SCANNED, scanned);
    }
    count(amounts, Amount.RECLAIMED, reclaimed);
    count(amounts, Amount.ACTIVATED, line.number(NR_ACTIVATE));
    count(amounts, Amount.ACTIVATED, line.number(NR_ACTIVATE_ANON));
    count(amounts, Amount.ACTIVATED, line.number(NR_ACTIVATE_FILE));
    count(amounts, Amount.REFERENCED, line.number(NR_REF_KEEP));
    return true;
  }

  private boolean shrinkActive(TraceLine line, Task task) {
    long[] amounts = pass(line, 1);
    long taken = line.number(NR_TAKEN);
    if (amounts.length == 0 || taken < 0) {
      return false;
    }
    count(amounts, Amount.PASSES, 1);
    if (task.isolatedList >= 0 && task.isolatedTaken == taken) {
      isolated(amounts, task);
    } else {
      forget(task);
      count(amounts, Amount.TAKEN, taken);
    }
    count(amounts, Amount.ACTIVATED, line.number(NR_ACTIVE));
    count(amounts, Amount.DEACTIVATED, line.number(NR_DEACTIVATED));
    count(amounts, Amount.REFERENCED, line.number(NR_REFERENCED));
    return true;
  }

  // ---- stalls

  private void begin(TraceLine line, Task task) {
    if (task.reclaims++ == 0) {
      task.reclaimBegan = line.nanos;
      add(MachineCounter.ALLOCATION_STALLS, task.isKswapd ? 0 : 1);
    }
  }

  /** The outermost end counts; one that began before the trace is left out. */
  private boolean end(TraceLine line, Task task) {
    long reclaimed = line.number(NR_RECLAIMED);
    if (reclaimed < 0) {
      return false;
    }
    if (task.reclaims > 0 && --task.reclaims == 0 && !task.isKswapd) {
      add(MachineCounter.DIRECT_RECLAIMED, reclaimed);
      time(MachineTime.DIRECT_RECLAIM, line, line.nanos - task.reclaimBegan);
    }
    return true;
  }

  private boolean throttled(TraceLine line) {
    long micros = Math.max(line.number(USEC_DELAYED), line.number(USECT_DELAYED));
    if (micros < 0) {
      return false;
    }
    add(MachineCounter.THROTTLED, 1);
    record(MachineTime.THROTTLED, micros * 1000);
    return true;
  }

  private void contended(TraceLine line, Task task) {
    add(MachineCounter.LOCK_CONTENTIONS, 1);
    task.lock = address(line);
    task.lockBegan = line.nanos;
  }

  private void acquired(TraceLine line, Task task) {
    if (task.lock != Task.NONE && task.lock == address(line)) {
      time(MachineTime.LOCK_WAIT, line, line.nanos - task.lockBegan);
    }
    task.lock = Task.NONE;
  }

  private static int firstAt(TraceLine line) {
    int at = line.fields;
    while (at < line.end() && line.text[at] == ' ') {
      at++;
    }
    return at;
  }

  private static long firstNumber(TraceLine line) {
    return Payload.decimal(line.text, firstAt(line), line.end());
  }

  private static long address(TraceLine line) {
    int at = firstAt(line);
    int from = at + 1 < line.end() && line.text[at + 1] == 'x' ? at + 2 : at;
    long hash = 7;
    for (int i = from; i < line.end() && line.text[i] != ' '; i++) {
      hash = 31 * hash + line.text[i];
    }
    return hash & Long.MAX_VALUE;
  }

  private boolean migrated(TraceLine line) {
    long succeeded = line.number(NR_SUCCEEDED);
    if (succeeded < 0) {
      return false;
    }
    add(MachineCounter.MIGRATED, succeeded);
    add(MachineCounter.MIGRATION_FAILURES, Math.max(0, line.number(NR_FAILED)));
    return true;
  }

  private void time(MachineTime what, TraceLine line, long nanos) {
    if (!line.isInTicks) {
      record(what, nanos);
    }
  }

  private void record(MachineTime what, long nanos) {
    long kept = Math.max(0, Math.min(LONGEST_NANOS, nanos));
    times.computeIfAbsent(what, unseen -> new Histogram(LONGEST_NANOS, 3)).recordValue(kept);
    totals.merge(what, kept, Long::sum);
  }

  // ---- what came of it

  Dossier dossier(double seconds, int cpus, Tasks tasks) {
    tasks.all().forEach(this::forget);
    Map<MachineCounter, Long> counted = new EnumMap<>(MachineCounter.class);
    for (MachineCounter counter : MachineCounter.values()) {
      if (counts[counter.ordinal()] != 0) {
        counted.put(counter, counts[counter.ordinal()]);
      }
    }
    return new Dossier(seconds, cpus, tasks.size(), counted, passes(), spreads());
  }

  private List<ListPass> passes() {
    List<ListPass> all = new ArrayList<>();
    for (int list = 0; list < LISTS.size(); list++) {
      for (int priority = Reclaim.DEF_PRIORITY; priority >= ListPass.NO_PRIORITY; priority--) {
        long[] n = passes[list][priority < 0 ? PRIORITIES - 1 : priority];
        if (n[Amount.PASSES.ordinal()] > 0) {
          all.add(pass(LISTS.get(list), priority, n));
        }
      }
    }
    return all;
  }

  private ListPass pass(String list, int priority, long[] n) {
    boolean knowsTaken = hasIsolations || list.startsWith("active");
    return new ListPass(
        list,
        priority,
        n[Amount.PASSES.ordinal()],
        n[Amount.SCANNED.ordinal()],
        knowsTaken ? n[Amount.TAKEN.ordinal()] : ListPass.UNKNOWN,
        n[Amount.RECLAIMED.ordinal()],
        n[Amount.ACTIVATED.ordinal()],
        n[Amount.DEACTIVATED.ordinal()],
        n[Amount.REFERENCED.ordinal()]);
  }

  private Map<MachineTime, TimeSpread> spreads() {
    Map<MachineTime, TimeSpread> spreads = new EnumMap<>(MachineTime.class);
    times.forEach(
        (what, spread) -> spreads.put(what, TimeSpread.of(spread, totals.getOrDefault(what, 0L))));
    return spreads;
  }
}
