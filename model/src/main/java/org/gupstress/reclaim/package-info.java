// SPDX-License-Identifier: Apache-2.0
/** Shrinking the inactive list: isolation, the page in hand, unmapping, freeing, putback. */
@NullMarked
package org.gupstress.reclaim;

import org.jspecify.annotations.NullMarked;
