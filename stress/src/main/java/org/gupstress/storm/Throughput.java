// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How fast a storm went once it was warm.
 *
 * <p>At first memory is empty and nothing is compiled. What is cut off as warm-up ends at the
 * earliest when the first page is reclaimed, if one ever is; where exactly, the MSER rule of
 * simulation output says: where the mean of what is left has the smallest error, its sum of squares
 * over the square of its number. At least half of the seconds stay.
 */
public final class Throughput {
  /** Of fewer seconds nobody can tell which are warm. */
  private static final int SECONDS_MIN = 3;

  private final List<StormSecond> seconds;
  private final int warmup;

  private Throughput(List<StormSecond> seconds) {
    this.seconds = seconds;
    this.warmup = warmup(seconds);
  }

  /** Of a storm that has had these seconds. */
  public static Throughput of(List<StormSecond> seconds) {
    return new Throughput(seconds);
  }

  private static int warmup(List<StormSecond> seconds) {
    int filled = 0;
    while (filled < seconds.size() && seconds.get(filled).reclaimedPages() == 0) {
      filled++;
    }
    int first = filled == seconds.size() ? 0 : filled;
    long[] work = seconds.stream().skip(first).mapToLong(Throughput::work).toArray();
    int most = Math.min(seconds.size() / 2 - first, work.length - SECONDS_MIN);
    int best = 0;
    for (int cut = 1; cut <= most; cut++) {
      if (error(work, cut) < error(work, best)) {
        best = cut;
      }
    }
    return first + best;
  }

  /** What a storm is about: pins, and in a mix without them what reclaim did. */
  private static long work(StormSecond second) {
    long pins = second.counts().get(StormCounter.PINS);
    return pins > 0 ? pins : second.reclaimedPages();
  }

  private static double error(long[] work, int from) {
    double mean = Arrays.stream(work, from, work.length).average().orElse(0);
    double squares = Arrays.stream(work, from, work.length)
        .mapToDouble(each -> (each - mean) * (each - mean))
        .sum();
    double left = work.length - from;
    return squares / (left * left);
  }

  /** How long the warm-up was; 0 if there was none. */
  public double warmupSeconds() {
    return length(seconds.subList(0, warmup));
  }

  /** How long what is counted was. */
  public double warmSeconds() {
    return length(warm());
  }

  private static double length(List<StormSecond> some) {
    return some.stream().mapToDouble(second -> second.dossier().seconds()).sum();
  }

  /** What is looked at once a second, after the warm-up. */
  public List<StormSecond> warm() {
    return seconds.subList(warmup, seconds.size());
  }

  /** So much of it a second, after warm-up; NaN if there is no such second. */
  public double rate(ToLongFunction<StormSecond> amount) {
    return mean(warm(), amount);
  }

  /** So much of it a second, in the warm-up; NaN if there was none. */
  public double coldRate(ToLongFunction<StormSecond> amount) {
    return mean(seconds.subList(0, warmup), amount);
  }

  /** The least of it in any second after warm-up; 0 if there is no such second. */
  public long least(ToLongFunction<StormSecond> amount) {
    return warm().stream().mapToLong(amount).min().orElse(0);
  }

  private static double mean(List<StormSecond> some, ToLongFunction<StormSecond> amount) {
    double took = length(some);
    return took > 0 ? some.stream().mapToLong(amount).sum() / took : Double.NaN;
  }
}
