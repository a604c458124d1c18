// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Finds things by name, and the nearest names where there is no such thing. */
final class Names {
  private static final int NEAREST = 3;

  private Names() {}

  /**
   * The thing of this name.
   *
   * @throws UsageError that names the nearest ones
   */
  static <T> T find(String kind, String name, Collection<T> things, Function<T, String> id) {
    for (T thing : things) {
      if (id.apply(thing).equals(name)) {
        return thing;
      }
    }
    throw new UsageError(missing(kind, name, things.stream().map(id).toList()));
  }

  /** There is no such thing, but these are near. */
  static String missing(String kind, String name, Collection<String> known) {
    return "there is no " + kind + " \"" + cut(name) + "\"; nearest: "
        + String.join(", ", nearest(name, known));
  }

  static List<String> nearest(String name, Collection<String> known) {
    String wanted = cut(name).toLowerCase(Locale.ROOT);
    return known.stream()
        .sorted(Comparator.comparing((String other) -> distance(wanted, other))
            .thenComparing(Comparator.naturalOrder()))
        .limit(NEAREST)
        .toList();
  }

  private static String cut(String name) {
    return name.length() <= 60 ? name : name.substring(0, 60) + "...";
  }

  /** Levenshtein's distance: letters to insert, delete or replace. */
  static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
