// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes CPUs stand still between two operations, as stop_machine() does, and lets them go on.
 *
 * <p>CPUs are asked in groups: those of a later group may be what an operation of an earlier one
 * waits for, so they run until the earlier group stands still.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>What a CPU did before it stood still is seen by whoever saw {@link #isStopped}.
 *   <li>What is done while it stands still is seen by the CPU when it goes on.
 *   <li>A CPU that nobody asks pays one volatile read between two operations.
 * </ol>
 */
final class StopMachine {
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

  /** Asks CPUs to stand still; those that were not asked before. */
  Set<StormCpu> ask(Collection<? extends StormCpu> cpus) {
    lock.lock();
    try {
      Set<StormCpu> running = new HashSet<>(cpus);
      running.removeAll(asked);
      asked.addAll(cpus);
      anyAsked = true;
      return running;
    } finally {
      lock.unlock();
    }
  }

  /** Waits at most so long until all that were asked stand still; whether they do. */
  boolean isStopped(long nanos) throws InterruptedException {
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

  /** Whether the CPU was asked to stand still, and does. */
  boolean stands(StormCpu cpu) {
    lock.lock();
    try {
      return asked.contains(cpu) && standing.contains(cpu);
    } finally {
      lock.unlock();
    }
  }

  /** Lets some CPUs go on. */
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

  /** Ends all CPUs after the operations that they are in. */
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
