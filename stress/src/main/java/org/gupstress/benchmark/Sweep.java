// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Methods of a benchmark for all configurations of some values of their parameters.
 *
 * @param methods that have the same parameters
 * @param params the values of each parameter by its name
 * @param threadGroups the threads; empty: the numbers of threads that the user wants, one curve for
 *     each configuration
 * @param isHeadline whether the question turns on it; then it gets more rounds
 */
record Sweep(
    List<String> methods,
    Map<String, List<String>> params,
    List<BenchThreads> threadGroups,
    boolean isHeadline) {
  static final String DESIGN = "design";

  /** For each number of threads that the user wants. */
  static Sweep curve(String methods, Map<String, List<String>> params) {
    return of(methods, params, List.of());
  }

  static Sweep by(BenchThreads threads, String methods, Map<String, List<String>> params) {
    return of(methods, params, List.of(threads));
  }

  static Sweep alone(String methods, Map<String, List<String>> params) {
    return by(BenchThreads.of(1), methods, params);
  }

  static Sweep of(
      String methods, Map<String, List<String>> params, List<BenchThreads> threadGroups) {
    return new Sweep(Arrays.asList(methods.split(",", -1)), params, threadGroups, false);
  }

  Sweep asHeadline() {
    return new Sweep(methods, params, threadGroups, true);
  }

  boolean isCurve() {
    return threadGroups.isEmpty();
  }

  List<BenchThreads> threadGroups(Collection<Integer> threads) {
    return isCurve() ? threads.stream().map(BenchThreads::of).toList() : threadGroups;
  }

  boolean isAboutDesigns() {
    return params.containsKey(DESIGN);
  }

  /**
   * The sweep with further designs, if it is about designs in general.
   *
   * @param usual the designs that such a sweep has at least
   */
  Sweep with(List<String> designs, List<String> usual) {
    if (!params.getOrDefault(DESIGN, List.of()).containsAll(usual)) {
      return this;
    }
    Map<String, List<String>> more = new LinkedHashMap<>(params);
    more.merge(DESIGN, designs, (shipped, own) -> {
      List<String> both = new ArrayList<>(shipped);
      both.addAll(own);
      return both;
    });
    return new Sweep(methods, more, threadGroups, isHeadline);
  }

  /** The sweep of these designs alone; of all designs if the list is empty. */
  Sweep of(List<String> designs) {
    if (designs.isEmpty() || !isAboutDesigns()) {
      return this;
    }
    Map<String, List<String>> fewer = new LinkedHashMap<>(params);
    fewer.computeIfPresent(
        DESIGN, (name, values) -> values.stream().filter(designs::contains).toList());
    return new Sweep(methods, fewer, threadGroups, isHeadline);
  }

  /** Sweeps of the configurations that are not among the measured ones. */
  List<Sweep> without(Set<Configuration> measured) {
    List<Configuration> left =
        configurations().stream().filter(one -> !measured.contains(one)).toList();
    Map<String, List<String>> fewer = new LinkedHashMap<>();
    params.forEach((name, values) -> fewer.put(
        name,
        values.stream()
            .filter(
                value -> left.stream().anyMatch(one -> value.equals(one.params().get(name))))
            .toList()));
    Sweep rest = new Sweep(
        methods.stream()
            .filter(method -> left.stream().anyMatch(one -> method.equals(one.method())))
            .toList(),
        fewer,
        threadGroups,
        isHeadline);
    if (left.isEmpty()) {
      return List.of();
    }
    return rest.configurations().size() == left.size()
        ? List.of(rest)
        : rest.parts().stream().flatMap(part -> part.without(measured).stream()).toList();
  }

  /** One for each method or, if there is one only, for each value of a parameter. */
  private List<Sweep> parts() {
    if (methods.size() > 1) {
      return methods.stream()
          .map(method -> new Sweep(List.of(method), params, threadGroups, isHeadline))
          .toList();
    }
    Map.Entry<String, List<String>> widest = params.entrySet().stream()
        .filter(param -> param.getValue().size() > 1)
        .findFirst()
        .orElseThrow();
    List<Sweep> parts = new ArrayList<>();
    for (String value : widest.getValue()) {
      Map<String, List<String>> one = new LinkedHashMap<>(params);
      one.put(widest.getKey(), List.of(value));
      parts.add(new Sweep(methods, one, threadGroups, isHeadline));
    }
    return parts;
  }

  /** All configurations. */
  List<Configuration> configurations() {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, List<String>> param : params.entrySet()) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> configuration : all) {
        for (String value : param.getValue()) {
          Map<String, String> longer = new LinkedHashMap<>(configuration);
          longer.put(param.getKey(), value);
          more.add(longer);
        }
      }
      all = more;
    }
    List<Configuration> configurations = new ArrayList<>();
    for (String method : methods) {
      all.forEach(values -> configurations.add(new Configuration(method, values)));
    }
    return configurations;
  }
}
