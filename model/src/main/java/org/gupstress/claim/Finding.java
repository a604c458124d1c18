// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

/**
 * One violation, with what was expected and what was found.
 *
 * @param text one sentence
 */
public record Finding(Harm harm, String text) {}
