// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets a watchdog see whether a worker still makes steps, and in which operation it was last, so
 * that code which loops without touching memory is found: it cannot be stopped from inside.
 */
final class Heartbeat {
  private final AtomicLong beats = new AtomicLong();
  private volatile String operation = "";

  /** What the scenario is asked for by this thread, outside of operations; empty if nothing. */
  private String asking = "";

  void asks(String what) {
    asking = what;
  }

  /** What the scenario was asked for last. */
  String asking() {
    return asking;
  }

  void entering(String name) {
    operation = name;
    Allocated.begin();
    beat();
  }

  void leaving() {
    Allocated.end();
    operation = "";
    beat();
  }

  void beat() {
    beats.lazySet(beats.getPlain() + 1);
  }

  long beats() {
    return beats.get();
  }

  /** The operation whose code is running, or nothing. */
  String operation() {
    return operation;
  }
}
