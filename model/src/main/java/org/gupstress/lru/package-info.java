// SPDX-License-Identifier: Apache-2.0
/** list_head, LRU lists and their lock, pagevecs, isolation and putback, freeing and allocation. */
@NullMarked
package org.gupstress.lru;

import org.jspecify.annotations.NullMarked;
