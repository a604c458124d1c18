// SPDX-License-Identifier: Apache-2.0
/** The jcstress tests: real threads, and what their outcomes mean. */
@NullMarked
package org.gupstress.outcome;

import org.jspecify.annotations.NullMarked;
