// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/** What watches the CPUs of a storm. */
public enum Instrument {
  /** Counts the references that are taken and dropped, by reason and call site. */
  LEDGER,
  /** Asks in every list operation whether the neighbours point back. */
  LINK_CHECKS,
  /** Looks twice at some of a design's accesses to its fields in the union. */
  WATCHPOINTS,
  /** Keeps the last events of every page. */
  EVENTS
}
