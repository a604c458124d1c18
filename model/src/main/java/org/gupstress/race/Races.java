// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All races, by number. */
public final class Races {
  private static final List<Race> ALL = Stream.of(
          LruRaces.all(),
          OwnerRaces.all(),
          CallerRaces.all(),
          LockRaces.all(),
          PageKindRaces.all(),
          FileRaces.all())
      .flatMap(List::stream)
      .sorted(Comparator.comparing(Race::id, Race.BY_NUMBER))
      .toList();

  private Races() {}

  public static List<Race> all() {
    return ALL;
  }

  /** The race of this id, or the one that had it formerly; capitals do not matter. */
  public static Optional<Race> find(String id) {
    return ALL.stream()
        .filter(race -> race.id().equalsIgnoreCase(id)
            || race.formerly().stream().anyMatch(id::equalsIgnoreCase))
        .findFirst();
  }
}
