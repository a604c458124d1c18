// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;

/**
 * How a bug of the kernel is shown: the run that does the harm, and the run with the fix, which
 * keeps the harm's claim. What they do is found by running them; nothing here says it.
 *
 * @param before the kernel that has the bug
 * @param after the kernel that has the fix
 * @param harm what the first does
 */
public record Trial(Run before, Run after, Harm harm) {
  /**
   * A run, at the size of the audit.
   *
   * @param design its id
   * @param scenario its id
   */
  public record Run(String design, String scenario, Kernel kernel) {}
}
