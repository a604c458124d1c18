// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What one invocation of JMH measures in a round: a sweep with one crew. */
record Leg(Question question, Sweep sweep, Crew crew) {
  private static final String PACKAGE = "org.gupstress.bench.";

  /** What is expected of it, a result for each. */
  List<Combination> combinations() {
    return sweep.combinations();
  }

  /** The name of a method as JMH has it. */
  String benchmark(String method) {
    return PACKAGE + question.id() + "." + method;
  }

  /** The options of JMH that say what to run. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    options.add(sweep.methods().stream()
        .map(method -> "^" + Pattern.quote(benchmark(method)) + "$")
        .collect(Collectors.joining("|")));
    options.addAll(crew.options());
    sweep.params().forEach((name, values) -> {
      options.add("-p");
      options.add(name + "=" + String.join(",", values));
    });
    return options;
  }

  /** What tells the figures of a combination from all others. */
  String key(Combination combination) {
    StringJoiner label = new StringJoiner(" ");
    label.add(combination.method());
    combination.params().values().forEach(label::add);
    return question.id() + label + crew.threads();
  }

  @Override
  public String toString() {
    List<String> methods = sweep.methods();
    String shown = methods.size() <= 2
        ? String.join(",", methods)
        : methods.get(0) + " to " + methods.get(methods.size() - 1);
    return question.id() + "." + shown
        + (crew.roles().isEmpty() ? ", threads " + crew.threads() : ", roles " + crew.roles());
  }
}
