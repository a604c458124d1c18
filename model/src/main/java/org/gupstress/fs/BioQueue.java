// SPDX-License-Identifier: Apache-2.0
package org.gupstress.fs;

import java.util.function.LongConsumer;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.SpinLock;

/**
 * The queue of a block device: pages under writeback, in the order in which they were submitted. A
 * bio holds no reference to its page.
 */
public final class BioQueue {
  private final Memory memory;
  private final SpinLock lock;
  private final long words;
  private final int slots;

  BioQueue(Memory memory, Arena arena, int slots) {
    this.memory = memory;
    this.slots = slots;
    this.lock = new SpinLock(memory, arena, "queue_lock");
    this.words = arena.shared("queue", 16 + 8L * slots, 8);
    arena.define(words, "queue.head");
    arena.define(words + 8, "queue.tail");
    for (int i = 0; i < slots; i++) {
      arena.define(slot(i), "queue[" + i + "]");
    }
  }

  public SpinLock lock() {
    return lock;
  }

  private long slot(long position) {
    return words + 16 + 8 * (position % slots);
  }

  private long head() {
    return memory.read64(words);
  }

  private long tail() {
    return memory.read64(words + 8);
  }

  /** submit_bio: false if the queue is full. */
  boolean submit(Cpu cpu, long p) {
    long flags = lock.lockIrqsave(cpu);
    long tail = tail();
    boolean room = tail - head() < slots;
    if (room) {
      memory.write64(slot(tail), p);
      memory.write64(words + 8, tail + 1);
    }
    lock.unlockIrqrestore(cpu, flags);
    return room;
  }

  /** The next page to write, or 0. */
  long take(Cpu cpu) {
    long flags = lock.lockIrqsave(cpu);
    long head = head();
    long p = 0;
    if (head != tail()) {
      p = memory.read64(slot(head));
      memory.write64(words, head + 1);
    }
    lock.unlockIrqrestore(cpu, flags);
    return p;
  }

  /** Tells every page that waits; nobody runs. */
  public void forEach(LongConsumer each) {
    for (long position = head(); position < tail(); position++) {
      each.accept(memory.read64(slot(position)));
    }
  }

  /** Whether it is time to wait for the device, by a look without the lock. */
  public boolean isNearlyFull() {
    return length() > slots / 4 * 3;
  }

  /** How many pages wait, by a look without the lock. */
  public int length() {
    return (int) (memory.readOnce64(words + 8) - memory.readOnce64(words));
  }
}
