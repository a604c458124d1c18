// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The different {@link Marks} of a state graph, each with a number of 16 bits; number 0 is none.
 * Millions of states and steps have some hundred different ones.
 *
 * <p>Used by one thread at a time.
 */
final class MarkTable {
  private static final int NUMBERS = 1 << 16;

  private final Map<Marks, Character> numbers = new HashMap<>();
  private final List<Marks> marks = new ArrayList<>();

  MarkTable() {
    number(Marks.NONE);
  }

  /**
   * The number of these marks.
   *
   * @throws IllegalStateException if there are more different ones than numbers
   */
  char number(Marks wanted) {
    Character known = numbers.get(wanted);
    if (known != null) {
      return known;
    }
    if (marks.size() == NUMBERS) {
      throw new IllegalStateException(
          "states and steps differ in more than " + NUMBERS + " ways in what is wrong with them");
    }
    char number = (char) marks.size();
    numbers.put(wanted, number);
    marks.add(wanted);
    return number;
  }

  /** Replaces the marks of a number: what has it has these now. */
  void replace(int number, Marks others) {
    marks.set(number, others);
  }

  /** In the order of their numbers. */
  List<Marks> all() {
    return marks;
  }
}
