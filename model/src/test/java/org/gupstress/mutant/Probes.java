// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.gupstress.mutant.Change.Seen;

/** The {@link Probe}s of one source file: one in front of a statement, one around a condition. */
final class Probes {
  private static final String PROBE = Probe.class.getName();

  private final Map<Seen, Integer> numbers = new LinkedHashMap<>();
  private int end;

  /** @param first number that no other file has */
  Probes(Collection<Change> changes, int first) {
    end = first;
    changes.stream()
        .map(Change::seen)
        .map(Probes::atFalse)
        .distinct()
        // the outer condition begins first where two begin together
        .sorted(Comparator.comparingInt(Seen::start)
            .thenComparing(seen -> !seen.isStatement())
            .thenComparing(Comparator.comparingInt(Seen::end).reversed()))
        .forEach(seen -> {
          numbers.put(seen, end);
          end += seen.isStatement() ? 1 : 2;
        });
  }

  private static Seen atFalse(Seen seen) {
    return new Seen(seen.start(), seen.end(), false);
  }

  /** A number that no probe of this file has, nor any before it. */
  int end() {
    return end;
  }

  int number(Seen seen) {
    return numbers.get(atFalse(seen)) + (seen.value() ? 1 : 0);
  }

  String in(String source) {
    TreeMap<Integer, String> begins = new TreeMap<>();
    TreeMap<Integer, String> ends = new TreeMap<>();
    numbers.forEach((seen, number) -> {
      if (seen.isStatement()) {
        begins.merge(seen.start(), PROBE + ".hit(" + number + "); ", String::concat);
      } else {
        begins.merge(seen.start(), PROBE + ".saw(" + number + ", ", String::concat);
        ends.merge(seen.end(), ")", String::concat);
      }
    });
    StringBuilder probed = new StringBuilder(source);
    for (int at = source.length(); at >= 0; at--) {
      probed.insert(at, ends.getOrDefault(at, "") + begins.getOrDefault(at, ""));
    }
    return probed.toString();
  }
}
