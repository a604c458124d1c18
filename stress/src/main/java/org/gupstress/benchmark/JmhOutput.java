// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What JMH printed: the only place where it says why a benchmark has no result. JMH's JSON leaves
 * out every benchmark that failed in a fork.
 */
final class JmhOutput {
  private static final String BENCHMARK = "# Benchmark: ";
  private static final String PARAMETERS = "# Parameters: (";

  private final Map<Configuration, String> failures = new HashMap<>();
  private final String complaint;

  private JmhOutput(List<String> lines) {
    Configuration running = new Configuration("", Map.of());
    boolean failed = false;
    for (String line : lines) {
      if (line.startsWith(BENCHMARK)) {
        running = new Configuration(line.substring(line.lastIndexOf('.') + 1).strip(), Map.of());
      } else if (line.startsWith(PARAMETERS)) {
        running = new Configuration(running.method(), params(line));
      } else if (line.startsWith("<") && line.contains("fail")) {
        failed = true;
        failures.putIfAbsent(running, line.substring(1).replace(">", ""));
      } else if (failed && !line.isBlank()) {
        failures.merge(
            running,
            line.strip(),
            (general, reason) -> general.equals("failure") ? reason : general);
        failed = false;
      }
    }
    complaint = lines.stream()
        .filter(line -> line.contains("ERROR") || line.contains("Exception"))
        .findFirst()
        .orElseGet(() -> lines.stream()
            .filter(line -> !line.isBlank())
            .reduce("nothing", (before, line) -> line));
  }

  static JmhOutput of(Path file) throws IOException {
    try {
      return new JmhOutput(Files.readAllLines(file));
    } catch (MalformedInputException e) {
      return new JmhOutput(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    }
  }

  private static Map<String, String> params(String line) {
    Map<String, String> params = new TreeMap<>();
    String list = line.substring(PARAMETERS.length(), line.lastIndexOf(')'));
    for (String param : list.split(", ", -1)) {
      int equals = param.indexOf(" = ");
      if (equals > 0) {
        params.put(param.substring(0, equals), param.substring(equals + 3));
      }
    }
    return params;
  }

  /** The reason why JMH has no result of a configuration. */
  String whyNot(Configuration configuration) {
    String failure = failures.get(configuration);
    return failure != null ? failure : "JMH has no result and says: " + complaint.strip();
  }
}
