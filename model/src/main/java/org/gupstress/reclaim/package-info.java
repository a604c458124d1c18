// SPDX-License-Identifier: Apache-2.0
/** Shrinking the LRU lists for kswapd and direct reclaim, and compaction. */
@NullMarked
package org.gupstress.reclaim;

import org.jspecify.annotations.NullMarked;
