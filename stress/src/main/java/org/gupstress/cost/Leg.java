// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One invocation of JMH: a sweep with one crew. */
record Leg(Question question, Sweep sweep, Crew crew) {
  private static final String PACKAGE = "org.gupstress.bench.";

  /** What is expected of it, a result for each. */
  List<Map<String, String>> combinations() {
    return sweep.combinations();
  }

  /** The name of the method as JMH has it. */
  String benchmark() {
    return PACKAGE + question.id() + "." + sweep.method();
  }

  /** The options of JMH that say what to run. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    options.add("^" + Pattern.quote(benchmark()) + "$");
    options.addAll(crew.options());
    sweep.params().forEach((name, values) -> {
      options.add("-p");
      options.add(name + "=" + String.join(",", values));
    });
    return options;
  }

  @Override
  public String toString() {
    return question.id() + "." + sweep.method()
        + (crew.roles().isEmpty() ? ", threads " + crew.threads() : ", roles " + crew.roles());
  }
}
