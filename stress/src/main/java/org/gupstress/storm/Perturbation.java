// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/** What is done to the schedule so that rare orders come up more often. */
public enum Perturbation {
  /** The operating system schedules as it likes. */
  NONE,
  /** Now and then one CPU gets no time while the others go on. */
  STARVE,
  /** Every CPU pauses for a moment at random accesses. */
  TREMBLE
}
