// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.Map;

/** A method of a benchmark, and a value for each of its parameters: what a fork measures. */
record Combination(String method, Map<String, String> params) {}
