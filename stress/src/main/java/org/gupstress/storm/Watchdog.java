// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.gupstress.claim.Harm;
import org.jspecify.annotations.Nullable;

/**
 * Panics when a CPU stops making progress, and says who waits for which lock held by whom.
 *
 * <p>A deadlock is found from who waits and who keeps it waiting: CPUs that wait for each other in
 * a circle, or a CPU that waits while every other CPU waits in vain or stands still. What a CPU
 * waits for is a lock, the end of writeback, or a page's pins; who keeps it waiting is the holder
 * of the lock, the device, or whoever has to give back one of the pins. A deadlock cannot end, so
 * little patience is enough, however busy the host is. All else that takes long is given time.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>One thread at a time calls {@link #check}, again and again.
 *   <li>CPUs give what {@link CpuLocks} guarantees.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>CPUs are only looked at, they do nothing for it.
 *   <li>A CPU is taken for deadlocked only if it and those that it waits for have each been in one
 *       wait all the time that the patience lasts, and still wait in vain after it was read who
 *       keeps whom waiting: what was read is not out of date.
 * </ol>
 */
final class Watchdog {
  /** A CPU as others see it. Read by another thread than the one that is this CPU. */
  interface CpuView {
    int cpu();

    /** Changes whenever it gets somewhere; an operation that never ends must not count up. */
    long progress();

    /** What it is doing, or null if it has nothing to do. */
    @Nullable
    String operation();

    /** The lock that it waits for, or null. */
    @Nullable
    String waitsFor();

    /** Changes with every wait. */
    default long waits() {
      return progress();
    }

    /** The locks that it holds. */
    List<String> holds();

    /** Whether what it waits for has not come. */
    default boolean waitsInVain() {
      return waitsFor() != null;
    }

    /** Whether it has what the other waits for, so that the other waits for this one. */
    default boolean keepsWaiting(CpuView other) {
      return other.waitsFor() != null && holds().contains(other.waitsFor());
    }

    /** Whether it does nothing until it is told to go on. */
    default boolean standsStill() {
      return false;
    }

    /** CPU time that its thread has used. */
    default long cpuNanos() {
      return 0;
    }
  }

  /**
   * What was wrong.
   *
   * @param harm deadlock if all of them wait, as the explorer calls it; endless if one does not
   * @param stuck the CPUs that got nowhere, and those that they wait for
   */
  record Hang(Harm harm, String sentence, List<CpuOperation> stuck) {}

  private static final Duration SLOW = Duration.ofSeconds(3);

  /**
   * It looks far more often. What is longer was spent stopped, asleep or waiting for a processor.
   */
  private static final long GAP_NANOS = 200_000_000;

  private final List<? extends CpuView> cpus;
  private final Patience patience;
  private final LongSupplier nanoTime;
  private long lastNanos;
  private long lostNanos;
  private final Consumer<Hang> panic;
  private final long[] progress;
  private final long[] movedNanos;
  private final long[] spentNanos;
  private final long[] waits;
  private final long[] waitNanos;
  private boolean hasPanicked;

  Watchdog(
      List<? extends CpuView> cpus,
      Patience patience,
      LongSupplier nanoTime,
      Consumer<Hang> panic) {
    this.cpus = cpus;
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.panic = panic;
    this.progress = new long[cpus.size()];
    this.movedNanos = new long[cpus.size()];
    this.spentNanos = new long[cpus.size()];
    this.waits = new long[cpus.size()];
    this.waitNanos = new long[cpus.size()];
    long now = nanoTime.getAsLong();
    this.lastNanos = now;
    for (int i = 0; i < cpus.size(); i++) {
      progress[i] = cpus.get(i).progress();
      movedNanos[i] = now;
      waits[i] = cpus.get(i).waits();
      waitNanos[i] = now;
    }
  }

  /** Looks at all CPUs; panics at most once. */
  void check() {
    long now = now();
    for (int i = 0; i < cpus.size(); i++) {
      look(i, now);
    }
    List<CpuView> stuck = new ArrayList<>();
    long quiet = 0;
    for (int i = 0; i < cpus.size(); i++) {
      if (isStuck(i, now)) {
        stuck.add(cpus.get(i));
        quiet = Math.max(quiet, now - movedNanos[i]);
      }
    }
    if (!stuck.isEmpty() && !hasPanicked) {
      hasPanicked = true;
      panic.accept(hang(stuck, Duration.ofNanos(quiet)));
    }
  }

  /** Time on the clock, without what passed while nobody could look. */
  private long now() {
    long now = nanoTime.getAsLong();
    lostNanos += Math.max(0, now - lastNanos - GAP_NANOS);
    lastNanos = now;
    return now - lostNanos;
  }

  private void look(int i, long now) {
    CpuView cpu = cpus.get(i);
    if (cpu.operation() == null || cpu.progress() != progress[i]) {
      progress[i] = cpu.progress();
      movedNanos[i] = now;
      spentNanos[i] = cpu.cpuNanos();
    }
    if (movedNanos[i] == now || cpu.waitsFor() == null || cpu.waits() != waits[i]) {
      waits[i] = cpu.waits();
      waitNanos[i] = now;
    }
  }

  private boolean isStuck(int i, long now) {
    CpuView cpu = cpus.get(i);
    long quiet = now - movedNanos[i];
    if (quiet >= patience.longest().toNanos()) {
      return true;
    }
    return cpu.waitsFor() == null
        ? quiet >= patience.looping().toNanos()
            && cpu.cpuNanos() - spentNanos[i] >= patience.looping().toNanos()
        : isInCircle(cpu, now) || nobodyRuns(now);
  }

  /** Whether it has waited for one thing as long as makes sure of a deadlock. */
  private boolean hasWaited(CpuView cpu, long now) {
    return cpu.waitsFor() != null
        && now - waitNanos[cpus.indexOf(cpu)] >= patience.deadlocked().toNanos();
  }

  /**
   * Whether it waits for a CPU that waits, and so on, for the first one. Where it waits for
   * several, each of them is enough: it goes on when all have done their part.
   */
  private boolean isInCircle(CpuView cpu, long now) {
    return hasWaited(cpu, now) && leadsTo(cpu, cpu, new HashSet<>(), now);
  }

  private boolean leadsTo(CpuView goal, CpuView from, Set<CpuView> been, long now) {
    for (CpuView next : keepers(from)) {
      if (hasWaited(next, now)
          && (next == goal || (been.add(next) && leadsTo(goal, next, been, now)))
          // what was read of it in between is not out of date
          && isInSameWait(next)
          && isInSameWait(from)) {
        return true;
      }
    }
    return false;
  }

  private boolean isInSameWait(CpuView cpu) {
    return cpu.waitsInVain() && cpu.waits() == waits[cpus.indexOf(cpu)];
  }

  /** Whether every CPU that does not stand still waits in vain, so that no wait can end. */
  private boolean nobodyRuns(long now) {
    return cpus.stream()
        .allMatch(cpu -> (hasWaited(cpu, now) && isInSameWait(cpu))
            || (cpu.operation() == null && cpu.standsStill()));
  }

  /** Says what the CPUs do that have got nowhere for some seconds, or null if all get on. */
  @Nullable
  String slow() {
    long now = now();
    List<String> clauses = new ArrayList<>();
    for (int i = 0; i < cpus.size(); i++) {
      CpuView cpu = cpus.get(i);
      if (cpu.operation() != null && now - movedNanos[i] >= SLOW.toNanos()) {
        clauses.add(clause(cpu));
      }
    }
    return clauses.isEmpty() ? null : String.join("; ", clauses);
  }

  private Hang hang(List<CpuView> stuck, Duration quiet) {
    List<String> clauses = new ArrayList<>();
    List<CpuOperation> actors = new ArrayList<>();
    Set<CpuView> involved = new LinkedHashSet<>();
    stuck.forEach(cpu -> addHolders(cpu, involved));
    for (CpuView cpu : involved) {
      clauses.add(clause(cpu));
      actors.add(new CpuOperation(cpu.cpu(), operation(cpu)));
    }
    return new Hang(
        involved.stream().allMatch(cpu -> cpu.waitsFor() != null) ? Harm.DEADLOCK : Harm.ENDLESS,
        "no progress for " + quiet.toSeconds() + " s: " + String.join("; ", clauses),
        actors);
  }

  private String clause(CpuView cpu) {
    String subject = "cpu" + cpu.cpu() + " in " + operation(cpu);
    String lock = cpu.waitsFor();
    if (lock == null) {
      return subject + " waits for nothing and does not end" + holding(cpu);
    }
    String holders = keepers(cpu).stream()
        .map(holder -> holder == cpu ? "itself" : "cpu" + holder.cpu())
        .collect(Collectors.joining(" and "));
    return subject + " waits for " + lock + ", held by " + (holders.isEmpty() ? "nobody" : holders)
        + holding(cpu);
  }

  private static String holding(CpuView cpu) {
    return cpu.holds().isEmpty() ? "" : ", holding " + String.join(" and ", cpu.holds());
  }

  private static String operation(CpuView cpu) {
    return Objects.requireNonNullElse(cpu.operation(), "nothing");
  }

  /** Those for which it waits. */
  private List<CpuView> keepers(CpuView waiter) {
    List<CpuView> keepers = new ArrayList<>();
    for (CpuView cpu : cpus) {
      if (cpu.keepsWaiting(waiter)) {
        keepers.add(cpu);
      }
    }
    return keepers;
  }

  /** Follows those that keep it waiting from one to the next, also round in a circle. */
  private void addHolders(CpuView first, Set<CpuView> involved) {
    if (involved.add(first)) {
      keepers(first).forEach(keeper -> addHolders(keeper, involved));
    }
  }
}
