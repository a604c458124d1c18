// SPDX-License-Identifier: Apache-2.0
package org.gupstress.own;

/**
 * What loaded code calls at each turn of a loop, and for each array and text that it makes: a
 * method that never ends is stopped from inside, because a thread cannot be stopped from outside.
 *
 * <p>The count is a local variable of the method that loops. So it needs no room that threads
 * share, and it is the same whenever the explorer runs the method again.
 */
public final class Turns {
  private static final int MAX = 1 << 20;

  private Turns() {}

  /** Ends a method that has been given up: whoever waits for its thread has interrupted it. */
  public static void begin() {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException(caller() + " is stopped");
    }
  }

  /** Counts a turn. */
  public static int turn(int before) {
    return room(1, before);
  }

  /** Counts elements of an array, or letters of a text. */
  public static int room(int elements, int before) {
    // a negative length is for the virtual machine to refuse
    long after = before + Math.max(0L, elements);
    if (after > MAX) {
      throw new IllegalStateException(String.format(
          "%s does not come to an end: more than %d turns of its loops, array elements and letters",
          caller(), MAX));
    }
    return (int) after;
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
