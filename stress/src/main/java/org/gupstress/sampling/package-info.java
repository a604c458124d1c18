// SPDX-License-Identifier: Apache-2.0
/**
 * The runner of the outcome tests: plans them, lets jcstress run them, and reads what it leaves.
 */
@NullMarked
package org.gupstress.sampling;

import org.jspecify.annotations.NullMarked;
