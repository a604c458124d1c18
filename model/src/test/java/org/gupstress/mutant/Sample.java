// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The cases of a long list that one run of the tests performs: a few, drawn by a seed that is
 * printed, or all of them. {@code -Dgupstress.sample=all} performs all, and a number draws those of
 * that seed again.
 */
final class Sample {
  private static final String PROPERTY = "gupstress.sample";
  private static final String ALL = "all";

  private Sample() {}

  /**
   * The cases to perform, in the order of the list.
   *
   * @param what the cases in words, for the line that is printed
   * @param size how many, unless all are asked for
   * @throws IllegalArgumentException if the property is neither all nor a number
   */
  static <T> List<T> of(String what, List<T> all, int size) {
    String choice = System.getProperty(PROPERTY, Long.toString(System.nanoTime()));
    List<T> drawn = of(all, size, choice);
    System.out.printf(
        "%d of %d %s: -D%s=%s performs them again, -D%s=%s performs all%n",
        drawn.size(), all.size(), what, PROPERTY, choice, PROPERTY, ALL);
    return drawn;
  }

  static <T> List<T> of(List<T> all, int size, String choice) {
    if (choice.equals(ALL)) {
      return all;
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      places.add(i);
    }
    Collections.shuffle(places, new Random(seed(choice)));
    return places.stream().limit(size).sorted().map(all::get).toList();
  }

  private static long seed(String choice) {
    try {
      return Long.parseLong(choice);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "-D" + PROPERTY + " is all or a number, found \"" + choice + "\"", e);
    }
  }
}
