// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.memory.Mix;

/**
 * The locks that a context has taken and not given back, and whether it has turned interrupts off:
 * held_locks and hardirqs_enabled of struct task_struct.
 *
 * <p>As there, only what the context itself does counts: an interrupt handler does not hold the
 * locks of what it interrupts, and a lock that somebody else gives back stays in the list. So the
 * list is known from the context's own accesses alone.
 */
public final class HeldLocks {
  /** No lock, interrupts on: what a context begins with. */
  public static final HeldLocks NONE = new HeldLocks(List.of(), false);

  /**
   * One lock.
   *
   * @param bits of the word, for a bit lock
   * @param name of its class
   */
  record Lock(long addr, long bits, String name) {
    private boolean isAmong(long where, long mask) {
      return addr == where && (bits & ~mask) == 0;
    }
  }

  private final List<Lock> locks;
  private final boolean irqsOff;

  private HeldLocks(List<Lock> locks, boolean irqsOff) {
    this.locks = locks;
    this.irqsOff = irqsOff;
  }

  /** How many locks. */
  public int count() {
    return locks.size();
  }

  HeldLocks with(Lock lock) {
    if (holds(lock)) {
      return this;
    }
    List<Lock> more = new ArrayList<>(locks);
    more.add(lock);
    return new HeldLocks(List.copyOf(more), irqsOff);
  }

  HeldLocks without(long addr, long bits) {
    List<Lock> fewer = new ArrayList<>(locks);
    return fewer.removeIf(lock -> lock.isAmong(addr, bits))
        ? new HeldLocks(List.copyOf(fewer), irqsOff)
        : this;
  }

  HeldLocks withIrqs(boolean off) {
    return off == irqsOff ? this : new HeldLocks(locks, off);
  }

  private boolean holds(Lock lock) {
    for (Lock held : locks) {
      if (held.isAmong(lock.addr, lock.bits)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the lock at this address is among them. */
  boolean holds(long addr) {
    for (int i = 0; i < locks.size(); i++) {
      if (locks.get(i).addr == addr) {
        return true;
      }
    }
    return false;
  }

  /** All of them. */
  List<Lock> locks() {
    return locks;
  }

  /** Their classes, in the order in which they were taken. */
  public List<String> inOrder() {
    return locks.stream().map(Lock::name).toList();
  }

  /** Whether interrupts were off. */
  public boolean areIrqsOff() {
    return irqsOff;
  }

  /** Whether who sleeps now stops others: a spin lock is held, or interrupts are off. */
  boolean isAtomic() {
    return irqsOff || locks.stream().anyMatch(lock -> lock.bits == 0);
  }

  String whyAtomic() {
    String spins =
        locks.stream().filter(lock -> lock.bits == 0).map(Lock::name).collect(joining(", "));
    return spins.isEmpty() ? "with interrupts off" : "with " + spins + " held";
  }

  /** Their classes. */
  List<String> names() {
    return locks.stream().map(Lock::name).distinct().sorted().toList();
  }

  /** Classes that are held with interrupts on now and were not before. */
  List<String> exposedSince(HeldLocks before) {
    if (irqsOff) {
      return List.of();
    }
    return locks.stream()
        .filter(lock -> before.irqsOff || !before.holds(lock))
        .map(Lock::name)
        .distinct()
        .sorted()
        .toList();
  }

  /** A fingerprint: 0 for {@link #NONE}, and the same in whichever order locks were taken. */
  public long mixed() {
    long mixed = irqsOff ? 1 : 0;
    for (Lock lock : locks) {
      mixed += Mix.then(lock.addr, lock.bits);
    }
    return mixed;
  }
}
