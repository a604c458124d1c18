// SPDX-License-Identifier: Apache-2.0
/** How an interleaving is printed: lanes, page strips, and what it means in a kernel. */
@NullMarked
package org.gupstress.text;

import org.jspecify.annotations.NullMarked;
