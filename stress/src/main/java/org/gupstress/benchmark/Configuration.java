// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.Map;

/** What a fork measures: a method of a benchmark, with a value for each of its parameters. */
record Configuration(String method, Map<String, String> params) {}
