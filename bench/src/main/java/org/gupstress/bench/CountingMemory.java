// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import org.gupstress.memory.NativeMemory;

/** The memory of a machine as one thread sees it; counts its waits for spin locks. */
final class CountingMemory extends NativeMemory {
  private long locks;
  private long looks;

  CountingMemory(NativeMemory bytes) {
    super(bytes);
  }

  /** How often it has taken a lock. */
  long locks() {
    return locks;
  }

  /** How often it has looked at a lock that somebody else held. */
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
