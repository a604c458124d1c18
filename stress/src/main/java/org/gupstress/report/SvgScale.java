// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An axis: maps values to places.
 *
 * @param isLog whether the axis is logarithmic
 */
record SvgScale(double low, double high, boolean isLog, double from, double to) {
  private static final int TICKS = 5;

  /** From this factor between values on an axis is logarithmic. */
  private static final double WIDE = 30;

  /** From this factor on the ticks are powers of ten. */
  private static final double MANY = 1000;

  /** The axis ends at this factor beyond the values, so that a law does not push them together. */
  private static final double FAR_LINEAR = 1.5;

  private static final double FAR_LOG = 3;
  private static final double ROOM = 1.05;

  /**
   * An axis for all of the values, and for as much of the intervals as there is room for.
   *
   * @param values none negative
   * @param intervals pairs of a low end and a high one
   */
  static SvgScale of(
      Collection<Double> values, Collection<double[]> intervals, double from, double to) {
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double least = values.stream()
        .mapToDouble(Double::doubleValue)
        .filter(value -> value > 0)
        .min()
        .orElse(1);
    if (most <= 0) {
      return new SvgScale(0, 1, false, from, to);
    }
    boolean isLog = most / least > WIDE;
    double far = isLog ? FAR_LOG : FAR_LINEAR;
    double high = most;
    double low = least;
    for (double[] interval : intervals) {
      high = Math.max(high, Math.min(interval[1], most * far));
      low = Math.min(low, Math.max(interval[0], least / far));
    }
    return new SvgScale(isLog ? low / ROOM : 0, high * ROOM, isLog, from, to);
  }

  SvgScale moved(double by) {
    return new SvgScale(low, high, isLog, from + by, to + by);
  }

  boolean isBelow(double value) {
    return value < low;
  }

  boolean isAbove(double value) {
    return value > high;
  }

  boolean holds(double value) {
    return !isBelow(value) && !isAbove(value);
  }

  /** The place of a value; the end of the axis for one beyond it. */
  double at(double value) {
    double held = Math.max(low, Math.min(high, value));
    double share = isLog
        ? Math.log(held / low) / Math.log(high / low)
        : (held - low) / Math.max(high - low, Double.MIN_NORMAL);
    return from + share * (to - from);
  }

  /** Round numbers on the axis. */
  List<Double> ticks() {
    return isLog ? powers() : steps();
  }

  private List<Double> powers() {
    double[] multiples = high / low < MANY ? new double[] {1, 2, 5} : new double[] {1};
    List<Double> ticks = new ArrayList<>();
    for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= high; power *= 10) {
      for (double multiple : multiples) {
        double tick = multiple * power;
        if (holds(tick)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private List<Double> steps() {
    double rough = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = rough / power < 1.5 ? power : rough / power < 3.5 ? 2 * power : 5 * power;
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; low + i * step <= high; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }
}
