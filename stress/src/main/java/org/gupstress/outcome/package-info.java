// SPDX-License-Identifier: Apache-2.0
/**
 * The outcome tests: questions put to designs, for real threads, and how their outcomes are graded.
 */
@NullMarked
package org.gupstress.outcome;

import org.jspecify.annotations.NullMarked;
