// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One run of JMH in a round: a sweep with one number of threads. */
record JmhRun(Question question, Sweep sweep, BenchThreads threads) {
  /** The configurations that it measures; JMH writes a result for each. */
  List<Configuration> configurations() {
    return sweep.configurations();
  }

  /** The name of a method as JMH has it. */
  String benchmark(String method) {
    return question.type() + "." + method;
  }

  /** The options of JMH that say what to run. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    options.add(sweep.methods().stream()
        .map(method -> "^" + Pattern.quote(benchmark(method)) + "$")
        .collect(Collectors.joining("|")));
    options.addAll(threads.options());
    sweep.params().forEach((name, values) -> {
      options.add("-p");
      options.add(name + "=" + String.join(",", values));
    });
    return options;
  }

  /** A text that no other configuration of the plan has. */
  String key(Configuration configuration) {
    StringJoiner label = new StringJoiner(" ");
    label.add(configuration.method());
    configuration.params().values().forEach(label::add);
    return question.id() + label + threads.count();
  }

  @Override
  public String toString() {
    List<String> methods = sweep.methods();
    String shown = methods.size() <= 2
        ? String.join(",", methods)
        : methods.get(0) + " to " + methods.get(methods.size() - 1);
    return question.id() + "." + shown
        + (threads.roles().isEmpty()
            ? ", threads " + threads.count()
            : ", roles " + threads.roles());
  }
}
