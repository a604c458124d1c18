// SPDX-License-Identifier: Apache-2.0
/** Bytes, and the accesses a CPU can make to them. */
@NullMarked
package org.gupstress.memory;

import org.jspecify.annotations.NullMarked;
