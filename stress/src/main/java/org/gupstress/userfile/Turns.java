// SPDX-License-Identifier: Apache-2.0
package org.gupstress.userfile;

import org.gupstress.explore.Allocated;

/**
 * What loaded code calls at each turn of a loop, and for each array and text that it makes: a
 * method that never ends is stopped from inside, because a thread cannot be stopped from outside.
 *
 * <p>The count is a local variable of the method that loops. So it needs no room that threads
 * share, and it is the same whenever the explorer runs the method again. Methods that call each
 * other stay below it one by one; what they make together is asked of {@link Allocated}.
 */
public final class Turns {
  private static final int MAX = 1 << 20;
  private static final int TURNS_BETWEEN_LOOKS = 1 << 12;

  private Turns() {}

  /** Ends a method that has been given up: whoever waits for its thread has interrupted it. */
  public static void begin() {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException(caller() + " is stopped");
    }
  }

  /** Counts a turn. */
  public static int turn(int before) {
    int after = count(1, before);
    if (after % TURNS_BETWEEN_LOOKS == 0) {
      checkAllocated();
    }
    return after;
  }

  /** Counts elements of an array, or letters of a text. */
  public static int room(int elements, int before) {
    checkAllocated();
    return count(elements, before);
  }

  private static int count(int elements, int before) {
    // a negative length is for the virtual machine to refuse
    long after = before + Math.max(0L, elements);
    if (after > MAX) {
      throw new IllegalStateException(String.format(
          "%s does not come to an end: more than %d turns of its loops, array elements and letters",
          caller(), MAX));
    }
    return (int) after;
  }

  private static void checkAllocated() {
    if (Allocated.isMuch()) {
      throw new IllegalStateException(String.format(
          "%s allocates without bound: more than %d MiB in one operation",
          caller(), Allocated.MUCH_BYTES >> 20));
    }
  }

  private static String caller() {
    return StackWalker.getInstance()
        .walk(frames -> frames
            .filter(frame -> !frame.getClassName().equals(Turns.class.getName()))
            .findFirst()
            .map(frame -> frame.getMethodName() + ", line " + frame.getLineNumber() + ",")
            .orElse("a method"));
  }
}
