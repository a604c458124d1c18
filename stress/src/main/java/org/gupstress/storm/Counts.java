// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * An amount for each constant of an enum.
 *
 * @param amounts those that are not zero
 */
public record Counts<E extends Enum<E>>(Map<E, Long> amounts) {
  public Counts {
    Map<E, Long> kept = new TreeMap<>(amounts);
    kept.values().removeIf(amount -> amount == 0);
    amounts = Collections.unmodifiableMap(kept);
  }

  public static <E extends Enum<E>> Counts<E> of(Class<E> type, ToLongFunction<E> amount) {
    Map<E, Long> amounts = new TreeMap<>();
    for (E each : type.getEnumConstants()) {
      amounts.put(each, amount.applyAsLong(each));
    }
    return new Counts<>(amounts);
  }

  public long get(E each) {
    return amounts.getOrDefault(each, 0L);
  }

  /** What is more in this than in an earlier one. */
  public Counts<E> less(Counts<E> before) {
    Map<E, Long> more = new TreeMap<>(amounts);
    before.amounts.forEach((each, amount) -> more.merge(each, -amount, Long::sum));
    return new Counts<>(more);
  }

  public long sum() {
    return amounts.values().stream().mapToLong(Long::longValue).sum();
  }
}
