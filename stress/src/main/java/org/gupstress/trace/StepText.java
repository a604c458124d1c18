// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import org.gupstress.page.Ref;

/** Says in words what a logged event of a page is. */
final class StepText {
  private final Tasks tasks;
  private final long began;
  private final boolean isInTicks;

  /**
   * For a trace.
   *
   * @param began the time of its first event
   */
  StepText(Tasks tasks, long began, boolean isInTicks) {
    this.tasks = tasks;
    this.began = began;
    this.isInTicks = isInTicks;
  }

  PageStep step(EventLog.Entry entry) {
    return new PageStep(
        seconds(entry.nanos()),
        entry.cpu(),
        tasks.label(entry.task()),
        text(entry),
        entry.states() == 0 ? "" : LifeState.words(entry.states()),
        entry.isMiss());
  }

  double seconds(long nanos) {
    return isInTicks ? nanos - began : (nanos - began) / 1e9;
  }

  private static String text(EventLog.Entry entry) {
    int code = entry.code();
    if (code < CustodyAccount.TAKEN) {
      LifeStep step = LifeStep.values()[code];
      boolean isReclaimed = step == LifeStep.DELETE && entry.context() != 0;
      return isReclaimed ? "reclaimed from the cache" : step.words();
    }
    return switch (code) {
      case CustodyAccount.TAKEN -> reference(entry, "reference taken");
      case CustodyAccount.DROPPED -> reference(entry, "reference dropped");
      case CustodyAccount.SET -> reference(entry, "count set");
      case CustodyAccount.FROZEN -> "count frozen";
      default -> "count unfrozen: " + entry.value();
    };
  }

  private static String reference(EventLog.Entry entry, String what) {
    return what
        + (entry.reason() == 0 ? "" : " for " + Ref.values()[entry.reason() - 1].holder())
        + ": "
        + entry.value();
  }
}
