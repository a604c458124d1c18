// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

/**
 * What rows are about. A run that writes rows replaces those of earlier runs with the same engine
 * and key, and no others.
 *
 * @param engine that wrote the rows
 * @param key what the engine has run, in its own words; empty if a row does not say
 */
public record RowKey(String engine, String key) {}
