// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import org.gupstress.process.Conclusion;

/** What a script is told. */
final class ExitStatus {
  /** All is as it should be. */
  static final int AS_EXPECTED = 0;

  /** A claim is violated that must not be, a known race was not found, a token does nothing. */
  static final int SURPRISED = 1;

  /** What was asked for makes no sense. */
  static final int USAGE = 2;

  /** There was nothing to run, or what ran has shown nothing: a storm that reclaimed nothing. */
  static final int NOTHING_RAN = 3;

  /** A limit was reached before everything had run. */
  static final int BUDGET_SPENT = 4;

  /** A mistake of the tool. */
  static final int INTERNAL = 5;

  private ExitStatus() {}

  /** What a run in other JVMs has come to. */
  static int of(Conclusion conclusion) {
    return switch (conclusion) {
      case AS_EXPECTED -> AS_EXPECTED;
      case SURPRISED -> SURPRISED;
      case MISUSED -> USAGE;
      case NOTHING_RAN -> NOTHING_RAN;
      case BUDGET_SPENT -> BUDGET_SPENT;
      case BROKEN -> INTERNAL;
    };
  }
}
