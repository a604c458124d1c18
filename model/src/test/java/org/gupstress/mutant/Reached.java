// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.BitSet;

/**
 * What a cell takes and where it comes.
 *
 * @param states of its search
 * @param transitions of its search
 * @param statements the probes that were met
 */
public record Reached(int states, long transitions, double seconds, BitSet statements) {}
