// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The threads of a benchmark.
 *
 * @param threads all of them
 * @param roles how many of each role, by the order of their names; empty if all do the same
 */
record Crew(int threads, List<Integer> roles) {
  static Crew of(int threads) {
    return new Crew(threads, List.of());
  }

  static Crew of(Integer... roles) {
    return new Crew(Arrays.stream(roles).mapToInt(Integer::intValue).sum(), List.of(roles));
  }

  /** The options of JMH. */
  List<String> options() {
    return roles.isEmpty()
        ? List.of("-t", Integer.toString(threads))
        : List.of("-tg", String.join(",", roles.stream().map(String::valueOf).toList()));
  }

  /** What a figure says of its roles. */
  Map<String, String> params() {
    return roles.isEmpty()
        ? Map.of()
        : Map.of("roles", String.join("/", roles.stream().map(String::valueOf).toList()));
  }
}
