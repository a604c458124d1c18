// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

/**
 * An event of a page.
 *
 * @param seconds since the first event of the trace; ticks where its clock counts something else
 * @param state where the model has the page after it; empty if the event does not say
 * @param isMiss whether the model has no such step
 */
public record PageStep(
    double seconds, int cpu, String task, String text, String state, boolean isMiss) {}
