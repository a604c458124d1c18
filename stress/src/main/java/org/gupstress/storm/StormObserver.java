// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/**
 * Is told what happens while it happens. An observer has to take findings; the rest is optional.
 */
@FunctionalInterface
public interface StormObserver {
  /** Another second is over. */
  default void second(StormSecond second) {}

  /** How long things took in the second that is over; the histograms are the observer's own. */
  default void latencies(LatencyInterval interval) {}

  /** CPUs have got nowhere for some seconds; the sentence says what they wait for. */
  default void waiting(String sentence) {}

  /** A harm was seen for the first time. */
  void finding(StormFinding finding);
}
