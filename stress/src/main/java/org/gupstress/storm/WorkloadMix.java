// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gupstress.load.LoadProfile;
import org.jspecify.annotations.Nullable;

/**
 * Workloads by weight: of all operations of a CPU, one in {@link #total} for each point of weight.
 *
 * @param weights at least one, each from 1 to {@value #WEIGHT_MAX}; none if a trace is replayed
 * @param replayed the load of a trace, or null
 */
public record WorkloadMix(
    Map<Workload, Integer> weights, @Nullable LoadProfile replayed) {
  public static final int WEIGHT_MAX = 1000;

  /** What comes before the name of a trace. */
  public static final String REPLAY = "replay:";

  private static final int STREAM_OVER_TRUNCATE = 8;

  /** All that a machine does at once; no futex, which leaks by its nature. */
  public static final WorkloadMix USUAL = new WorkloadMix(Map.of(
      Workload.DIO_MAPPED, 4,
      Workload.DIO_ANON, 2,
      Workload.RDMA, 1,
      Workload.READTWICE, 4,
      Workload.WRITEBACK, 2,
      Workload.MMAP_CHURN, 1,
      Workload.TRUNCATE, 1));

  public WorkloadMix {
    Map<Workload, Integer> sorted = new EnumMap<>(Workload.class);
    sorted.putAll(weights);
    weights = Collections.unmodifiableMap(sorted);
  }

  public WorkloadMix(Map<Workload, Integer> weights) {
    this(weights, null);
  }

  /** The load of a trace. */
  public static WorkloadMix replay(LoadProfile load) {
    return new WorkloadMix(Map.of(), load);
  }

  /**
   * Reads what {@link #toString} writes, like {@code dio-mapped:3,readtwice:1}; a weight of 1 need
   * not be written.
   *
   * <p>What begins with {@value #REPLAY} is a trace of which only the name is known.
   *
   * @param find the workload of an id; throws if there is none
   * @throws IllegalArgumentException with a sentence
   */
  public static WorkloadMix parse(String text, Function<String, Workload> find) {
    if (text.startsWith(REPLAY)) {
      return replay(LoadProfile.named(text.substring(REPLAY.length())));
    }
    Map<Workload, Integer> weights = new EnumMap<>(Workload.class);
    for (String part : text.split(",", -1)) {
      int colon = part.indexOf(':');
      Workload workload = find.apply(colon < 0 ? part : part.substring(0, colon));
      int weight = colon < 0 ? 1 : weight(part, part.substring(colon + 1));
      if (weights.put(workload, weight) != null) {
        throw new IllegalArgumentException("the workload " + workload.id() + " is named twice");
      }
    }
    return new WorkloadMix(weights);
  }

  private static int weight(String part, String digits) {
    int weight = digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : 0;
    if (weight < 1 || weight > WEIGHT_MAX) {
      throw new IllegalArgumentException("the weight of a workload is a number from 1 to "
          + WEIGHT_MAX + ", as in dio-mapped:3; found \"" + part + "\"");
    }
    return weight;
  }

  public int total() {
    return weights.values().stream().mapToInt(Integer::intValue).sum();
  }

  public boolean has(Workload workload) {
    return weights.containsKey(workload);
  }

  /** Of its operations, the part that is about anonymous memory, from 0 to 1. */
  double anonymousShare() {
    double share = 0;
    for (Map.Entry<Workload, Integer> entry : weights.entrySet()) {
      share += entry.getKey().anonymousShare() * entry.getValue();
    }
    return share / Math.max(1, total());
  }

  /**
   * The same, and a stream of reads if nothing in it fills the page cache: anonymous memory cannot
   * be reclaimed, as there is no swap, so that nothing could be. The stream is quicker than what
   * truncation takes away.
   */
  WorkloadMix pressing() {
    if (replayed != null || weights.keySet().stream().anyMatch(Workload::fillsCache)) {
      return this;
    }
    int taking =
        weights.getOrDefault(Workload.TRUNCATE, 0) + weights.getOrDefault(Workload.DROP_CACHES, 0);
    int weight = total() + (STREAM_OVER_TRUNCATE - 1) * taking;
    Map<Workload, Integer> more = new EnumMap<>(weights);
    more.put(Workload.STREAM, Math.min(weight, WEIGHT_MAX));
    return new WorkloadMix(more);
  }

  /** Whether anything in it pins pages. */
  public boolean pins() {
    return replayed == null ? weights.keySet().stream().anyMatch(Workload::pins) : replayed.pins();
  }

  @Override
  public String toString() {
    if (replayed != null) {
      return REPLAY + replayed.source();
    }
    return weights.entrySet().stream()
        .map(entry -> entry.getKey().id() + ":" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
