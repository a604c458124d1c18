// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What became of the pins of an iteration: time that is divided by pins is not by refused ones. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Tally {
  /** Pins and refused ones. */
  public long attempts;

  /** Pins that the design refused. */
  public long refused;
}
