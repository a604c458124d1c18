// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/** What is done to the schedule so that rare orders come up more often. */
public enum Perturbation {
  /** The operating system schedules as it likes. */
  NONE,
  /** Now and then one CPU gets no time between two accesses, with whatever locks it holds. */
  STARVE,
  /** Every CPU often pauses for a moment between two accesses. */
  TREMBLE
}
