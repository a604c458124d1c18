// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import org.gupstress.memory.NativeMemory;

/** The memory of a machine for one thread. It counts the waits of the thread for spin locks. */
final class CountingMemory extends NativeMemory {
  private long locks;
  private long looks;

  CountingMemory(NativeMemory bytes) {
    super(bytes);
  }

  /** The number of locks taken. */
  long locks() {
    return locks;
  }

  /** The number of looks at a lock that another thread held. */
  long looks() {
    return looks;
  }

  @Override
  public void lock(long addr) {
    locks++;
    int waited = 0;
    while (!tryLock(addr)) {
      do {
        LruLock.relax(waited++);
      } while (readOnce32(addr) != 0);
    }
    looks += waited;
  }
}
