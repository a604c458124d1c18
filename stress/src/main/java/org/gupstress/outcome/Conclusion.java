// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

/** What a run comes to. */
public enum Conclusion {
  AS_EXPECTED,
  /** A forbidden outcome, or a known defect that was never seen. */
  SURPRISED,
  /** What was asked for cannot be done. */
  MISUSED,
  /** Nothing ran, or less than was planned for a reason other than the budget. */
  NOTHING_RAN,
  BUDGET_SPENT,
  /** This machine cannot run it. */
  BROKEN
}
