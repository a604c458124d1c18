// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A method of a benchmark for all combinations of some values of its parameters.
 *
 * @param params the values of each parameter by its name
 * @param crews empty: as many threads as the user wants, one curve for each combination
 */
record Sweep(String method, Map<String, List<String>> params, List<Crew> crews) {
  static final String DESIGN = "design";

  /** For each number of threads that the user wants. */
  static Sweep curve(String method, Map<String, List<String>> params) {
    return new Sweep(method, params, List.of());
  }

  static Sweep by(Crew crew, String method, Map<String, List<String>> params) {
    return new Sweep(method, params, List.of(crew));
  }

  static Sweep alone(String method, Map<String, List<String>> params) {
    return by(Crew.of(1), method, params);
  }

  boolean isCurve() {
    return crews.isEmpty();
  }

  List<Crew> crews(Collection<Integer> threads) {
    return isCurve() ? threads.stream().map(Crew::of).toList() : crews;
  }

  boolean isAboutDesigns() {
    return params.containsKey(DESIGN);
  }

  /** With these designs alone; all, if there are none. */
  Sweep of(List<String> designs) {
    if (designs.isEmpty() || !isAboutDesigns()) {
      return this;
    }
    Map<String, List<String>> fewer = new LinkedHashMap<>(params);
    fewer.computeIfPresent(
        DESIGN, (name, values) -> values.stream().filter(designs::contains).toList());
    return new Sweep(method, fewer, crews);
  }

  /** All combinations. */
  List<Map<String, String>> combinations() {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, List<String>> param : params.entrySet()) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> combination : all) {
        for (String value : param.getValue()) {
          Map<String, String> longer = new LinkedHashMap<>(combination);
          longer.put(param.getKey(), value);
          more.add(longer);
        }
      }
      all = more;
    }
    return all;
  }
}
