// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gupstress.page.Ref;
import org.jspecify.annotations.Nullable;

/**
 * Why functions of the kernel take and drop page references: the table custody.txt beside this
 * class, which says how it is read.
 */
final class Reasons {
  /**
   * What a function means.
   *
   * @param rank its line in the table: the lowest of a stack decides
   * @param taken the reason for which it takes a reference, or null
   * @param dropped the reasons for which it may drop one
   */
  record Meaning(int rank, String function, @Nullable Ref taken, List<Ref> dropped) {}

  private final Map<String, Meaning> meanings = new HashMap<>();

  private Reasons() {}

  /** The table that is shipped. */
  static Reasons shipped() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(
        Objects.requireNonNull(Reasons.class.getResourceAsStream("custody.txt")), UTF_8))) {
      return of(lines.lines().toList());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A table. */
  static Reasons of(List<String> lines) {
    Reasons reasons = new Reasons();
    int rank = 0;
    for (String line : lines) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        reasons.add(rank++, text.split(" +", -1));
      }
    }
    return reasons;
  }

  private void add(int rank, String... words) {
    if (words.length < 3) {
      throw new IllegalArgumentException(
          "expected functions, taken and dropped, found " + String.join(" ", words));
    }
    List<Ref> taken = refs(words[words.length - 2]);
    List<Ref> dropped = refs(words[words.length - 1]);
    for (String function : Arrays.asList(words).subList(0, words.length - 2)) {
      Meaning meaning = new Meaning(rank, function, taken.isEmpty() ? null : taken.get(0), dropped);
      if (meanings.put(function, meaning) != null) {
        throw new IllegalArgumentException(function + " is in the table twice");
      }
    }
  }

  private static List<Ref> refs(String words) {
    List<Ref> refs = new ArrayList<>();
    if (!words.equals("-")) {
      for (String word : words.split("\\|", -1)) {
        refs.add(Ref.valueOf(word));
      }
    }
    return refs;
  }

  /**
   * What a stack means for a reference that is taken, or dropped; null if nothing in it is known.
   */
  @Nullable
  Meaning of(List<String> stack, boolean isTaken) {
    Meaning found = null;
    for (String function : stack) {
      Meaning meaning = meanings.get(function);
      if (meaning != null
          && (isTaken ? meaning.taken() != null : !meaning.dropped().isEmpty())
          && (found == null || meaning.rank() < found.rank())) {
        found = meaning;
      }
    }
    return found;
  }
}
