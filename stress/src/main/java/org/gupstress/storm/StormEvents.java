// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * Events of Java Flight Recorder. While no recording wants an event its methods are empty, and the
 * compiler removes the event with them.
 */
public final class StormEvents {
  private StormEvents() {}

  public static void pin(int cpu, long page, boolean isPinned) {
    Pin event = new Pin();
    if (event.shouldCommit()) {
      event.cpu = cpu;
      event.page = page;
      event.isPinned = isPinned;
      event.commit();
    }
  }

  public static void unpin(int cpu, long page) {
    Unpin event = new Unpin();
    if (event.shouldCommit()) {
      event.cpu = cpu;
      event.page = page;
      event.commit();
    }
  }

  public static void isolate(int cpu, long page, boolean isIsolated) {
    Isolate event = new Isolate();
    if (event.shouldCommit()) {
      event.cpu = cpu;
      event.page = page;
      event.isIsolated = isIsolated;
      event.commit();
    }
  }

  public static void putback(int cpu, long page) {
    Putback event = new Putback();
    if (event.shouldCommit()) {
      event.cpu = cpu;
      event.page = page;
      event.commit();
    }
  }

  /** An LRU list was shrunk, once. */
  public static void reclaim(
      int cpu,
      String list,
      int priority,
      long scannedPages,
      long takenPages,
      long reclaimedPages,
      long activatedPages) {
    Reclaim event = new Reclaim();
    if (event.shouldCommit()) {
      event.cpu = cpu;
      event.list = list;
      event.priority = priority;
      event.scannedPages = scannedPages;
      event.takenPages = takenPages;
      event.reclaimedPages = reclaimedPages;
      event.activatedPages = activatedPages;
      event.commit();
    }
  }

  public static void lockWait(int cpu, String lock, long waitNanos) {
    LockWait event = new LockWait();
    if (event.shouldCommit()) {
      event.cpu = cpu;
      event.lock = lock;
      event.waitNanos = waitNanos;
      event.commit();
    }
  }

  @Category("gupstress")
  @StackTrace(false)
  abstract static class CpuEvent extends Event {
    @Label("CPU")
    int cpu;
  }

  abstract static class PageCpuEvent extends CpuEvent {
    @Label("Page")
    @Description("Number of the page")
    long page;
  }

  @Name("gupstress.Pin")
  @Label("Pin")
  static final class Pin extends PageCpuEvent {
    @Label("Pinned")
    boolean isPinned;
  }

  @Name("gupstress.Unpin")
  @Label("Unpin")
  static final class Unpin extends PageCpuEvent {}

  @Name("gupstress.Isolate")
  @Label("Isolate from the LRU")
  static final class Isolate extends PageCpuEvent {
    @Label("Isolated")
    boolean isIsolated;
  }

  @Name("gupstress.Putback")
  @Label("Put back on the LRU")
  static final class Putback extends PageCpuEvent {}

  @Name("gupstress.ReclaimPass")
  @Label("Reclaim Pass")
  static final class Reclaim extends CpuEvent {
    @Label("List")
    String list = "";

    @Label("Priority")
    int priority;

    @Label("Scanned Pages")
    long scannedPages;

    @Label("Taken Pages")
    long takenPages;

    @Label("Reclaimed Pages")
    long reclaimedPages;

    @Label("Activated Pages")
    long activatedPages;
  }

  @Name("gupstress.LockWait")
  @Label("Lock Wait")
  static final class LockWait extends CpuEvent {
    @Label("Lock")
    String lock = "";

    @Label("Wait")
    @Timespan(Timespan.NANOSECONDS)
    long waitNanos;
  }
}
