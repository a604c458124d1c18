// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.List;
import org.gupstress.process.Refused;
import org.gupstress.scenario.Scenario;
import picocli.CommandLine.Option;

/** Whose calls are explored: the same option for all commands that explore scenarios. */
final class CallersOption {
  private static final String CONVERTED = "converted";

  @Option(
      names = "--callers",
      paramLabel = "C",
      description = "converted leaves out the drivers that misuse their pins; all. Default: all.")
  private String callers = "all";

  /**
   * Whether drivers that misuse their pins are left out.
   *
   * @throws Refused if it is neither that nor all
   */
  boolean isConverted() {
    if (!List.of(CONVERTED, "all").contains(callers)) {
      throw Refused.misused("--callers: expected converted or all, found " + callers);
    }
    return CONVERTED.equals(callers);
  }

  /** Whether the scenario is left out. */
  boolean leavesOut(Scenario scenario) {
    return isConverted() && !scenario.misbehaving().isEmpty();
  }
}
