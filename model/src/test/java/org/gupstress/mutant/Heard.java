// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.Optional;

/**
 * What an inquest came to.
 *
 * @param unfinished searches that ended before they were complete
 * @param different searches that took other steps than without the change
 * @param isStuck whether a thread was given up that may still run
 */
public record Heard(Optional<Caught> caught, int unfinished, int different, boolean isStuck) {}
