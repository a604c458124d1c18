// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.Collection;
import java.util.function.Function;
import org.gupstress.process.Refused;

/** Finds things by name, and the nearest names where there is no such thing. */
final class Names {
  private Names() {}

  /**
   * The thing of this name.
   *
   * @throws Refused that names the nearest ones
   */
  static <T> T find(String kind, String name, Collection<T> things, Function<T, String> id) {
    for (T thing : things) {
      if (id.apply(thing).equals(name)) {
        return thing;
      }
    }
    throw Refused.misused(missing(kind, name, things.stream().map(id).toList()));
  }

  /** There is no such thing, but these are near. */
  static String missing(String kind, String name, Collection<String> known) {
    return Refused.missing(kind, name, known);
  }

  /** The beginning of what users wrote, short enough for a message. */
  static String cut(String name) {
    return name.length() <= 60 ? name : name.substring(0, 60) + "...";
  }
}
