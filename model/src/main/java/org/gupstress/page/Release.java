// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A release of Linux, as far as the model tells releases apart: by the {@link Switch}es that are on
 * in it.
 */
public enum Release {
  V4_19,
  V5_7,
  V5_15,
  V6_0,
  V6_8,
  V6_12,
  V6_18;

  /** The release that everything here began with, and that is meant where no other is named. */
  public static final Release FIRST = V4_19;

  /** As it is written: 6.18. */
  public String id() {
    return name().substring(1).toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** What this release does and 4.19 did not. */
  public Set<Switch> switches() {
    Set<Switch> on = EnumSet.noneOf(Switch.class);
    for (Switch one : Switch.values()) {
      if (one.isIn(this)) {
        on.add(one);
      }
    }
    return on;
  }

  /** The release that is written so. */
  public static Optional<Release> find(String id) {
    return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
  }

  /**
   * The releases that are written so, for a design or a scenario that says to which it belongs.
   *
   * @param ids like 6.18
   * @throws IllegalArgumentException if the model has none of that name
   */
  public static List<Release> linux(String... ids) {
    return Arrays.stream(ids)
        .map(id -> find(id)
            .orElseThrow(() -> new IllegalArgumentException(
                "linux(): expected one of " + all() + ", found " + id)))
        .toList();
  }

  private static String all() {
    return Arrays.stream(values()).map(Release::id).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return id();
  }
}
