// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Algorithms for lru_lock. Each thread has a slot.
 *
 * <p>All spin locks yield after a while: the next waiter may have no processor, and in a fair lock
 * no other thread could go on.
 */
abstract class LruLock {
  private static final int SPINS_BEFORE_YIELD = 200;

  abstract void lock(int slot);

  abstract void unlock(int slot);

  /** A lock by the name of its algorithm. */
  static LruLock of(String algorithm, int slots) {
    return switch (algorithm) {
      case "ttas" -> new TestAndTestAndSet();
      case "ticket" -> new Ticket();
      case "mcs" -> new Mcs(slots);
      case "qspinlock" -> new QueuedSpinLock(slots);
      case "reentrant" -> new Reentrant();
      case "synchronized" -> new Nothing();
      default -> throw new IllegalArgumentException("no lock is called " + algorithm);
    };
  }

  static void relax(int spins) {
    if (spins < SPINS_BEFORE_YIELD) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  /** The words of locks, on cache lines of their own. */
  private static final class Words {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(int[].class);

    /** Ints of two cache lines: the processor fetches the neighbour as well. */
    private static final int LINES = 32;

    private final int[] words;
    private final int stride;

    private Words(int count, int stride) {
      this.words = new int[count * stride + 2 * LINES];
      this.stride = stride;
    }

    /** Side by side. */
    static Words together(int count) {
      return new Words(count, 1);
    }

    /** Each on lines of its own. */
    static Words apart(int count) {
      return new Words(count, LINES);
    }

    private int at(int word) {
      return LINES + word * stride;
    }

    int get(int word) {
      return (int) WORD.getOpaque(words, at(word));
    }

    int getAcquire(int word) {
      return (int) WORD.getAcquire(words, at(word));
    }

    void setRelease(int word, int value) {
      WORD.setRelease(words, at(word), value);
    }

    boolean compareAndSet(int word, int expected, int value) {
      return WORD.compareAndSet(words, at(word), expected, value);
    }

    int getAndSet(int word, int value) {
      return (int) WORD.getAndSet(words, at(word), value);
    }

    int getAndAdd(int word, int delta) {
      return (int) WORD.getAndAdd(words, at(word), delta);
    }

    int getAndOr(int word, int mask) {
      return (int) WORD.getAndBitwiseOr(words, at(word), mask);
    }

    void and(int word, int mask) {
      int unused = (int) WORD.getAndBitwiseAnd(words, at(word), mask);
    }
  }

  /** Reads until the word is 0, then tries to set it. */
  private static final class TestAndTestAndSet extends LruLock {
    private final Words words = Words.together(1);

    @Override
    void lock(int slot) {
      int spins = 0;
      while (!words.compareAndSet(0, 0, 1)) {
        do {
          relax(spins++);
        } while (words.get(0) != 0);
      }
    }

    @Override
    void unlock(int slot) {
      words.setRelease(0, 0);
    }
  }

  /** Linux until 4.1 on x86: each waiter draws a number and waits for its turn. */
  private static final class Ticket extends LruLock {
    private static final int NEXT = 0;
    private static final int SERVED = 1;

    private final Words words = Words.together(2);

    @Override
    void lock(int slot) {
      int mine = words.getAndAdd(NEXT, 1);
      for (int spins = 0; words.getAcquire(SERVED) != mine; spins++) {
        relax(spins);
      }
    }

    @Override
    void unlock(int slot) {
      words.setRelease(SERVED, words.get(SERVED) + 1);
    }
  }

  /** Mellor-Crummey and Scott: each waits on a word of its own. */
  private static final class Mcs extends LruLock {
    private final Words tail = Words.together(1);
    private final Queue queue;

    Mcs(int slots) {
      queue = new Queue(slots);
    }

    @Override
    void lock(int slot) {
      queue.enter(slot);
      int before = tail.getAndSet(0, slot + 1);
      if (before != 0) {
        queue.waitBehind(before - 1, slot);
      }
    }

    @Override
    void unlock(int slot) {
      if (!queue.hasNext(slot) && tail.compareAndSet(0, slot + 1, 0)) {
        return;
      }
      queue.wakeNext(slot);
    }
  }

  /** The queue of waiting threads, a node for each. */
  private static final class Queue {
    private final Words next;
    private final Words waits;

    Queue(int slots) {
      next = Words.apart(slots);
      waits = Words.apart(slots);
    }

    void enter(int slot) {
      next.setRelease(slot, 0);
      waits.setRelease(slot, 1);
    }

    void waitBehind(int before, int slot) {
      next.setRelease(before, slot + 1);
      for (int spins = 0; waits.getAcquire(slot) != 0; spins++) {
        relax(spins);
      }
    }

    boolean hasNext(int slot) {
      return next.getAcquire(slot) != 0;
    }

    /** Wakes the next waiter, which may not have linked its node yet. */
    void wakeNext(int slot) {
      for (int spins = 0; !hasNext(slot); spins++) {
        relax(spins);
      }
      waits.setRelease(next.getAcquire(slot) - 1, 0);
    }
  }

  /**
   * kernel/locking/qspinlock.c, Linux 4.19: one bit for the owner, one for a single waiter that
   * spins on the word itself, and behind these an MCS queue whose head spins on the word.
   *
   * <p>The owner's bit is cleared with an atomic and: Java has no store of one byte of an int that
   * others compare and swap.
   */
  private static final class QueuedSpinLock extends LruLock {
    private static final int LOCKED = 1;
    private static final int PENDING = 1 << 8;
    private static final int TAIL_SHIFT = 16;
    private static final int BEFORE_TAIL = (1 << TAIL_SHIFT) - 1;

    private final Words words = Words.together(1);
    private final Queue queue;

    QueuedSpinLock(int slots) {
      queue = new Queue(slots);
    }

    @Override
    void lock(int slot) {
      if (!words.compareAndSet(0, 0, LOCKED) && !lockAsPending()) {
        lockInQueue(slot);
      }
    }

    private boolean lockAsPending() {
      if ((words.get(0) & ~LOCKED) != 0) {
        return false;
      }
      int seen = words.getAndOr(0, PENDING);
      if ((seen & ~LOCKED) != 0) {
        if ((seen & PENDING) == 0) {
          words.and(0, ~PENDING);
        }
        return false;
      }
      for (int spins = 0; (words.getAcquire(0) & LOCKED) != 0; spins++) {
        relax(spins);
      }
      words.getAndAdd(0, LOCKED - PENDING);
      return true;
    }

    private void lockInQueue(int slot) {
      queue.enter(slot);
      int before = exchangeTail(slot + 1);
      if (before != 0) {
        queue.waitBehind(before - 1, slot);
      }
      int seen = words.getAcquire(0);
      for (int spins = 0; (seen & BEFORE_TAIL) != 0; spins++) {
        relax(spins);
        seen = words.getAcquire(0);
      }
      boolean isLast = seen >>> TAIL_SHIFT == slot + 1;
      if (!isLast || !words.compareAndSet(0, seen, LOCKED)) {
        words.getAndOr(0, LOCKED);
        queue.wakeNext(slot);
      }
    }

    private int exchangeTail(int tail) {
      int seen = words.get(0);
      while (!words.compareAndSet(0, seen, (seen & BEFORE_TAIL) | tail << TAIL_SHIFT)) {
        seen = words.get(0);
      }
      return seen >>> TAIL_SHIFT;
    }

    @Override
    void unlock(int slot) {
      words.and(0, ~LOCKED);
    }
  }

  /** java.util.concurrent: waiters sleep, and a newcomer may overtake them. */
  private static final class Reentrant extends LruLock {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    void lock(int slot) {
      lock.lock();
    }

    @Override
    void unlock(int slot) {
      lock.unlock();
    }
  }

  /** No lock: a monitor of the caller keeps the others out. */
  private static final class Nothing extends LruLock {
    @Override
    void lock(int slot) {}

    @Override
    void unlock(int slot) {}
  }
}
