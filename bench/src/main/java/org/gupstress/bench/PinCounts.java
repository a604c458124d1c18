// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts the pins of an iteration and the refused ones, so that the time is that of one pin. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class PinCounts {
  /** Pins that were tried, with the refused ones. */
  public long attempts;

  /** Pins that the design refused. */
  public long refused;
}
