// SPDX-License-Identifier: Apache-2.0
/** The page cache, as far as reclaim and pinning meet it. */
@NullMarked
package org.gupstress.fs;

import org.jspecify.annotations.NullMarked;
