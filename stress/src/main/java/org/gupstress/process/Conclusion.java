// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

/** What a run comes to. */
public enum Conclusion {
  AS_EXPECTED,
  /** Something that must not be was seen, or something known was not. */
  SURPRISED,
  /** What was asked for cannot be done. */
  MISUSED,
  /** Nothing ran, or less than was planned for a reason other than the budget. */
  NOTHING_RAN,
  BUDGET_SPENT,
  /** This machine cannot run it. */
  BROKEN
}
