// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/**
 * Something that happened to a page.
 *
 * @param nanos since the storm began
 * @param text what the CPU did
 */
public record PageEvent(long nanos, int cpu, String text) {}
