// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.gupstress.claim.Harm;
import org.jspecify.annotations.Nullable;

/**
 * Panics when a CPU stops making progress, and says who waits for which lock held by whom.
 *
 * <p>One thread calls {@link #check} again and again; CPUs are only looked at. What it reads of a
 * CPU may be a moment old: a CPU is taken for stuck only when nothing has changed for as long as
 * the patience lasts, and then it is not out of date.
 */
public final class Watchdog {
  /** A CPU as others see it. Read by another thread than the one that is this CPU. */
  public interface CpuView {
    int cpu();

    /** Changes whenever it gets somewhere; an operation that never ends must not count up. */
    long progress();

    /** What it is doing, or null if it has nothing to do. */
    @Nullable
    String operation();

    /** The lock that it waits for, or null. */
    @Nullable
    String waitsFor();

    /** The locks that it holds. */
    List<String> holds();

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
  public record Hang(Harm harm, String sentence, List<Actor> stuck) {}

  private final List<? extends CpuView> cpus;
  private final Duration patience;
  private final Duration certain;
  private final LongSupplier nanoTime;
  private final Consumer<Hang> panic;
  private final long[] progress;
  private final long[] movedNanos;
  private final long[] spentNanos;
  private boolean hasPanicked;

  public Watchdog(
      List<? extends CpuView> cpus,
      Duration patience,
      LongSupplier nanoTime,
      Consumer<Hang> panic) {
    this(cpus, patience, patience, nanoTime, panic);
  }

  /**
   * With less patience for what a busy machine does not explain.
   *
   * @param certain how long CPUs may wait for each other in a circle, and how much CPU time an
   *     operation may take that waits for nothing
   */
  Watchdog(
      List<? extends CpuView> cpus,
      Duration patience,
      Duration certain,
      LongSupplier nanoTime,
      Consumer<Hang> panic) {
    this.cpus = cpus;
    this.patience = patience;
    this.certain = certain;
    this.nanoTime = nanoTime;
    this.panic = panic;
    this.progress = new long[cpus.size()];
    this.movedNanos = new long[cpus.size()];
    this.spentNanos = new long[cpus.size()];
    for (int i = 0; i < cpus.size(); i++) {
      progress[i] = cpus.get(i).progress();
      movedNanos[i] = nanoTime.getAsLong();
    }
  }

  /** Looks at all CPUs; panics at most once. */
  public void check() {
    long now = nanoTime.getAsLong();
    List<CpuView> stuck = new ArrayList<>();
    long quiet = 0;
    for (int i = 0; i < cpus.size(); i++) {
      CpuView cpu = cpus.get(i);
      if (cpu.operation() == null || cpu.progress() != progress[i]) {
        progress[i] = cpu.progress();
        movedNanos[i] = now;
        spentNanos[i] = cpu.cpuNanos();
      } else if (isStuck(i, now - movedNanos[i])) {
        stuck.add(cpu);
        quiet = Math.max(quiet, now - movedNanos[i]);
      }
    }
    if (!stuck.isEmpty() && !hasPanicked) {
      hasPanicked = true;
      panic.accept(hang(stuck, Duration.ofNanos(quiet)));
    }
  }

  private boolean isStuck(int i, long quiet) {
    CpuView cpu = cpus.get(i);
    if (quiet < certain.toNanos()) {
      return false;
    }
    return quiet >= patience.toNanos()
        || (cpu.waitsFor() == null
            ? cpu.cpuNanos() - spentNanos[i] >= certain.toNanos()
            : isInCircle(cpu));
  }

  /** Whether it waits for somebody who waits, and so on, for itself. */
  private boolean isInCircle(CpuView cpu) {
    String lock = cpu.waitsFor();
    CpuView holder = lock == null ? null : holder(lock);
    for (int i = 0; i < cpus.size() && holder != null && holder != cpu; i++) {
      lock = holder.waitsFor();
      holder = lock == null ? null : holder(lock);
    }
    return holder == cpu;
  }

  private Hang hang(List<CpuView> stuck, Duration quiet) {
    List<String> clauses = new ArrayList<>();
    List<Actor> actors = new ArrayList<>();
    Set<CpuView> involved = new LinkedHashSet<>();
    stuck.forEach(cpu -> addHolders(cpu, involved));
    for (CpuView cpu : involved) {
      clauses.add(clause(cpu));
      actors.add(new Actor(cpu.cpu(), operation(cpu)));
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
    CpuView holder = holder(lock);
    return subject + " waits for " + lock + ", held by "
        + (holder == null ? "nobody" : holder == cpu ? "itself" : "cpu" + holder.cpu())
        + holding(cpu);
  }

  private static String holding(CpuView cpu) {
    return cpu.holds().isEmpty() ? "" : ", holding " + String.join(" and ", cpu.holds());
  }

  private static String operation(CpuView cpu) {
    return Objects.requireNonNullElse(cpu.operation(), "nothing");
  }

  private @Nullable CpuView holder(String lock) {
    return cpus.stream().filter(cpu -> cpu.holds().contains(lock)).findFirst().orElse(null);
  }

  /** Follows the holders of the locks from one to the next, also round in a circle. */
  private void addHolders(CpuView first, Set<CpuView> involved) {
    CpuView at = first;
    while (at != null && involved.add(at)) {
      String lock = at.waitsFor();
      at = lock == null ? null : holder(lock);
    }
  }
}
