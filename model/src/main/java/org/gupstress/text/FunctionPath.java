// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import java.util.List;
import java.util.stream.Collectors;
import org.gupstress.memory.Caller;
import org.jspecify.annotations.Nullable;

/** The kernel functions that led to an access, without those that only make it. */
public final class FunctionPath {
  private static final int SHOWN = 2;

  private FunctionPath() {}

  /** The innermost function that is more than an accessor, or null if there is none. */
  public static @Nullable Caller innermost(List<Caller> callers) {
    for (int i = callers.size() - 1; i >= 0; i--) {
      if (!callers.get(i).isAccessor()) {
        return callers.get(i);
      }
    }
    return null;
  }

  /** The innermost functions, outermost of them first; empty if there are none. */
  public static String of(List<Caller> callers) {
    int end = callers.size();
    while (end > 0 && callers.get(end - 1).isAccessor()) {
      end--;
    }
    return callers.subList(Math.max(0, end - SHOWN), end).stream()
        .map(Caller::function)
        .collect(Collectors.joining(" > "));
  }
}
