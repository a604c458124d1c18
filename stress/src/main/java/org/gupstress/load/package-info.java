// SPDX-License-Identifier: Apache-2.0
/**
 * A load, as far as a trace shows it: how much memory there was, which files were read by which
 * tasks, in which order, how much at once, and which of them had direct I/O.
 *
 * <p>{@code trace} makes a {@link org.gupstress.load.LoadProfile} of a trace, and {@code storm}
 * runs one.
 */
@NullMarked
package org.gupstress.load;

import org.jspecify.annotations.NullMarked;
