// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The threads of a benchmark: the number, or JMH's thread group with a number for each role.
 *
 * @param count the number of all threads
 * @param roles the number of threads of each role, in the order of the names of the methods; empty
 *     if all threads do the same
 */
record BenchThreads(int count, List<Integer> roles) {
  static BenchThreads of(int threads) {
    return new BenchThreads(threads, List.of());
  }

  static BenchThreads of(Integer... roles) {
    return new BenchThreads(Arrays.stream(roles).mapToInt(Integer::intValue).sum(), List.of(roles));
  }

  /** The options of JMH. */
  List<String> options() {
    return roles.isEmpty()
        ? List.of("-t", Integer.toString(count))
        : List.of("-tg", String.join(",", roles.stream().map(String::valueOf).toList()));
  }

  /** The parameter of a figure that tells its roles. */
  Map<String, String> params() {
    return roles.isEmpty()
        ? Map.of()
        : Map.of("roles", String.join("/", roles.stream().map(String::valueOf).toList()));
  }
}
