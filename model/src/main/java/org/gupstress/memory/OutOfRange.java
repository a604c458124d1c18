// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/** Somebody asks by number for something that the machine does not have. */
public final class OutOfRange extends IndexOutOfBoundsException {
  private static final long serialVersionUID = 1L;

  /** @param text what was asked for and what there is */
  public OutOfRange(String text) {
    super(text);
  }

  private static String has(String what, long count) {
    return count == 0
        ? "is none"
        : count == 1 ? "is 1, " + what + " 0" : "are " + count + ", from 0 to " + (count - 1);
  }

  /**
   * Checks a number.
   *
   * @param what a page, a register
   * @param count how many there are, numbered from 0
   * @throws OutOfRange if there is none with this number; says what was asked for and what there is
   */
  public static void check(String what, long number, long count) {
    if (number < 0 || number >= count) {
      throw new OutOfRange("there is no " + what + " " + number + ": there " + has(what, count));
    }
  }
}
