// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import org.gupstress.memory.NativeMemory;

/** The memory of a machine as one thread sees it, with another lru_lock than its spin lock. */
final class LruLockMemory extends NativeMemory {
  private final LruLock lruLock;
  private final int slot;
  private long addr;

  LruLockMemory(NativeMemory bytes, LruLock lruLock, int slot) {
    super(bytes);
    this.lruLock = lruLock;
    this.slot = slot;
  }

  /** Says where the machine has its lru_lock. */
  void replaces(long lockWord) {
    addr = lockWord;
  }

  @Override
  public void lock(long lockWord) {
    if (lockWord == addr) {
      lruLock.lock(slot);
    } else {
      super.lock(lockWord);
    }
  }

  @Override
  public void unlock(long lockWord) {
    if (lockWord == addr) {
      lruLock.unlock(slot);
    } else {
      super.unlock(lockWord);
    }
  }
}
