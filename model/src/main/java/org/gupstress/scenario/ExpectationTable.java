// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;

/**
 * Which harms are expected of a design in a scenario and kernel, and the races that explain each.
 * It does not change once it is made.
 */
final class ExpectationTable {
  /** What a row is about. */
  private record Key(String design, String scenario, Kernel.Config config) {
    Key(String design, String scenario, Kernel kernel) {
      this(design, scenario, kernel.config());
    }
  }

  /** Says a part of what is expected. */
  @FunctionalInterface
  interface Part {
    void addTo(Builder expected);
  }

  /**
   * What is expected where a kernel has certain switches.
   *
   * @param where the kernels in which it is
   */
  private record Conditional(Predicate<Kernel> where, String cause, List<Harm> harms) {}

  private final Map<Key, Map<Harm, List<String>>> rows;
  private final Map<String, List<Conditional>> conditionals;

  private ExpectationTable(
      Map<Key, Map<Harm, List<String>>> rows, Map<String, List<Conditional>> conditionals) {
    this.rows = rows;
    this.conditionals = conditionals;
  }

  /** The parts together: where two speak of one harm, both their races explain it. */
  static ExpectationTable of(Part... parts) {
    Builder builder = new Builder();
    for (Part part : parts) {
      part.addTo(builder);
    }
    return builder.build();
  }

  /** The expected harms, each with its races, in the order of {@link Harm}. */
  Map<Harm, List<String>> causes(String design, String scenario, Kernel kernel) {
    List<Conditional> of = conditionals.getOrDefault(design + "/" + scenario, List.of());
    Map<Harm, List<String>> always = rows.getOrDefault(new Key(design, scenario, kernel), Map.of());
    if (of.isEmpty()) {
      return always;
    }
    Map<Harm, List<String>> all = new EnumMap<>(Harm.class);
    always.forEach((harm, causes) -> all.put(harm, new ArrayList<>(causes)));
    for (Conditional one : of) {
      if (one.where().test(kernel)) {
        one.harms()
            .forEach(harm -> all.computeIfAbsent(harm, h -> new ArrayList<>()).add(one.cause()));
      }
    }
    return all;
  }

  /** The races of any harm that the design has in the scenario. */
  Set<String> races(String design, String scenario, Kernel kernel) {
    return causes(design, scenario, kernel).values().stream()
        .flatMap(List::stream)
        .collect(Collectors.toSet());
  }

  /** The races that explain the harm of the design in any kernel of these scenarios. */
  Set<String> races(String design, Set<String> scenarios, Harm harm) {
    return rows.entrySet().stream()
        .filter(row -> row.getKey().design().equals(design))
        .filter(row -> scenarios.contains(row.getKey().scenario()))
        .flatMap(row -> row.getValue().getOrDefault(harm, List.of()).stream())
        .collect(Collectors.toSet());
  }

  /** A table that is being made. */
  static final class Builder {
    private final Map<Key, Map<Harm, List<String>>> rows = new HashMap<>();
    private final Map<String, List<Conditional>> conditionals = new HashMap<>();

    private Builder() {}

    /** What is expected of one design in one scenario. */
    Row row(String design, String scenario) {
      return new Row(this, design, scenario);
    }

    private void add(Key key, String cause, Harm... harms) {
      Map<Harm, List<String>> row = rows.computeIfAbsent(key, k -> new EnumMap<>(Harm.class));
      for (Harm harm : harms) {
        row.computeIfAbsent(harm, h -> new ArrayList<>()).add(cause);
      }
    }

    private ExpectationTable build() {
      Map<Key, Map<Harm, List<String>>> all = new HashMap<>();
      rows.forEach((key, row) -> {
        Map<Harm, List<String>> causes = new EnumMap<>(Harm.class);
        row.forEach((harm, races) -> causes.put(harm, List.copyOf(races)));
        all.put(key, Collections.unmodifiableMap(causes));
      });
      return new ExpectationTable(Map.copyOf(all), Map.copyOf(conditionals));
    }
  }

  /** Adds to what is expected of one design in one scenario. */
  record Row(Builder table, String design, String scenario) {
    Row both(String cause, Harm... harms) {
      return production(cause, harms).debug(cause, harms);
    }

    Row production(String cause, Harm... harms) {
      return add(Kernel.PRODUCTION, cause, harms);
    }

    Row debug(String cause, Harm... harms) {
      return add(Kernel.DEBUG, cause, harms);
    }

    /** In the kernels of which this is so, however they are configured. */
    Row where(Predicate<Kernel> kernels, String cause, Harm... harms) {
      table
          .conditionals
          .computeIfAbsent(design + "/" + scenario, key -> new ArrayList<>())
          .add(new Conditional(kernels, cause, List.of(harms)));
      return this;
    }

    private Row add(Kernel kernel, String cause, Harm... harms) {
      table.add(new Key(design, scenario, kernel), cause, harms);
      return this;
    }
  }
}
