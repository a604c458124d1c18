// SPDX-License-Identifier: Apache-2.0
/**
 * How interleavings and tables are printed, in 80 columns or in a mail's 72.
 *
 * <p>Everything here makes text of data and reads no text back. {@link org.gupstress.text.Sheet}
 * folds lines and knows the width and the colours of its {@link org.gupstress.text.Format};
 * {@link org.gupstress.text.TraceText} prints a trace: {@code Lanes} puts each step below its CPU,
 * {@code PageStrip} says what changed of a page, {@code FunctionPath} which functions led to an
 * access.
 *
 * <h2>How to add</h2>
 *
 * <ul>
 *   <li>a field of pages: in {@code claim.PageFields} and in {@code PageStrip.Field}.
 *   <li>a method that is not worth a line in a trace: mark it
 *       {@link org.gupstress.memory.Accessor}.
 *   <li>the words of an access: in {@link org.gupstress.memory.Access}.
 * </ul>
 *
 * <h2>Limits</h2>
 *
 * <p>Names are those of the arena of the machine that made the trace; a trace is printed with no
 * other.
 */
@NullMarked
package org.gupstress.text;

import org.jspecify.annotations.NullMarked;
