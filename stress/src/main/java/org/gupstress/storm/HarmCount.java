// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/**
 * How often a harm was done.
 *
 * @param harm its id
 * @param firstSeconds when first, since the storm began
 */
public record HarmCount(String harm, long times, double firstSeconds) {}
