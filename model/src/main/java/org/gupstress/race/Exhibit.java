// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;

/**
 * One harm of one run that shows a race.
 *
 * @param design its id
 * @param scenario its id
 */
public record Exhibit(String design, String scenario, Kernel kernel, Harm harm) {}
