// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The kernel functions that led to an access, without the frames below and above them. */
final class FunctionPath {
  private static final int SHOWN = 2;

  /** Frames of the memory and of whoever asked for the replay. */
  private static final Set<String> MACHINERY = Set.of(
      "main", "run", "call", "of", "replay", "trace", "observe", "step", "access", "callers");

  /** Innermost functions whose name says no more than the access itself. */
  private static final Set<String> ACCESSORS = Set.of(
      "lock",
      "unlock",
      "lock_irq",
      "unlock_irq",
      "lock_irqsave",
      "unlock_irqrestore",
      "lock_bits",
      "test",
      "set",
      "clear",
      "flags",
      "next",
      "prev",
      "test_flag",
      "test_flags",
      "set_flag",
      "set_flags",
      "clear_flags",
      "set_count",
      "set_next",
      "set_next_once",
      "set_prev",
      "read_pte",
      "compound_head",
      "get_unless_zero",
      "put_testzero",
      "test_and_clear",
      "test_and_set",
      "add_size");

  private FunctionPath() {}

  /** The innermost functions, outermost of them first; empty if there are none. */
  static String of(String where) {
    List<String> path = new ArrayList<>();
    for (String function : where.split(" > ", -1)) {
      if (!function.isBlank() && !MACHINERY.contains(function)) {
        path.add(function);
      }
    }
    while (!path.isEmpty() && (isMemory(last(path)) || ACCESSORS.contains(last(path)))) {
      path.remove(path.size() - 1);
    }
    return String.join(" > ", path.subList(Math.max(0, path.size() - SHOWN), path.size()));
  }

  /** Methods of the memory are named after the width of what they access. */
  private static boolean isMemory(String function) {
    return function.endsWith("32") || function.endsWith("64");
  }

  private static String last(List<String> path) {
    return path.get(path.size() - 1);
  }
}
