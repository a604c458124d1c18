// SPDX-License-Identifier: Apache-2.0
/** Virtual memory: areas, page tables, faults, and the way back from a page to its ptes. */
@NullMarked
package org.gupstress.vm;

import org.jspecify.annotations.NullMarked;
