// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/**
 * How often a harm was done.
 *
 * @param harm its id
 * @param firstSeconds when it was first done, since the storm began
 */
public record HarmCount(String harm, long times, double firstSeconds) {
  HarmCount plusOne() {
    return new HarmCount(harm, times + 1, firstSeconds);
  }
}
