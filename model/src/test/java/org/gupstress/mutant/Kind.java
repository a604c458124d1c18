// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A kind of survivors.
 *
 * @param name in a few words
 * @param sentence why nobody can see them, or what would make them visible
 * @param places which ones they are: found in {@code file#method operator: before -> after}
 */
record Kind(String name, String sentence, Pattern places) {
  /** What nobody has an explanation for. */
  static final Kind OPEN = of("open", "not worked off yet", "");

  /** The first that fits counts. */
  static final List<Kind> ALL = List.of(OPEN);

  private static Kind of(String name, String sentence, String places) {
    return new Kind(name, sentence, Pattern.compile(places));
  }

  static Kind of(Row row) {
    String place = row.place().toString();
    return ALL.stream()
        .filter(kind -> kind.places().matcher(place).find())
        .findFirst()
        .orElse(OPEN);
  }
}
