// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stops all CPUs between two operations, and lets them go on.
 *
 * <p>CPUs are asked in groups: those of a later group may be what an operation of an earlier one
 * waits for, so they run until the earlier group stands still.
 */
final class World {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<StormCpu> standing = new HashSet<>();
  private final Set<StormCpu> asked = new HashSet<>();
  private volatile boolean anyAsked;
  private volatile boolean over;

  /** Called by a CPU between two operations: false if it is to end. */
  boolean goesOn(StormCpu cpu) {
    if (anyAsked) {
      stand(cpu);
    }
    return !over;
  }

  private void stand(StormCpu cpu) {
    lock.lock();
    try {
      while (asked.contains(cpu) && !over) {
        if (standing.add(cpu)) {
          changed.signalAll();
        }
        changed.awaitUninterruptibly();
      }
      standing.remove(cpu);
    } finally {
      lock.unlock();
    }
  }

  /** Asks CPUs to stand still. */
  void ask(Collection<? extends StormCpu> cpus) {
    lock.lock();
    try {
      asked.addAll(cpus);
      anyAsked = true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until those that were asked stand still, for so long; whether they do. */
  boolean stands(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!standing.containsAll(asked) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return standing.containsAll(asked);
    } finally {
      lock.unlock();
    }
  }

  /** Lets some of them go on. */
  void goOn(Collection<? extends StormCpu> cpus) {
    lock.lock();
    try {
      asked.removeAll(Set.copyOf(cpus));
      anyAsked = !asked.isEmpty();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** All CPUs end after the operation that they are in. */
  void end() {
    over = true;
    lock.lock();
    try {
      asked.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
