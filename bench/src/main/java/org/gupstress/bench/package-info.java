// SPDX-License-Identifier: Apache-2.0
/**
 * JMH benchmarks of the modelled kernel, one class for each question, and comparisons with other
 * programs. {@code gupstress bench} plans and runs the benchmarks; benchmarks.jar also takes JMH's
 * own options.
 *
 * <h2>What is measured</h2>
 *
 * <ul>
 *   <li>{@link org.gupstress.bench.PinUnpin}: the pin and unpin of a page that the caller holds.
 *   <li>{@link org.gupstress.bench.GupFast}: pages that are pinned by their address.
 *   <li>{@link org.gupstress.bench.FaultPinUnpin}: fresh pages that are faulted in and unmapped.
 *   <li>{@link org.gupstress.bench.LruLockContention}: isolation and putback by the kind of
 *       lru_lock.
 *   <li>{@link org.gupstress.bench.PinAgainstReclaim}: pinners, drainers and kswapd together.
 *   <li>{@link org.gupstress.bench.SpinsAndTails}: the longest waits.
 * </ul>
 *
 * <h2>How</h2>
 *
 * <p>A benchmark boots a {@link org.gupstress.bench.MeasuredMachine}: the model of one production
 * kernel in native memory. Nothing in it watches, so a figure has the cost of the modelled accesses
 * and of the bounds check of native memory alone. Each thread of a benchmark is a CPU of the
 * machine. Threads share pages only where the question is about shared pages.
 *
 * <h2>Assumptions</h2>
 *
 * <ol>
 *   <li>There is one machine in the process. Its address is then a constant of compiled code.
 *   <li>No CPU takes interrupts, so interrupt flags cost nothing.
 *   <li>A design may refuse a pin. {@link org.gupstress.bench.PinCounts} counts that, and the time
 *       is divided by the pins that were given.
 *   <li>A design may lose a page for good. A benchmark that needs it back on the LRU puts it there
 *       outside the timed part, or says that it is part of the operation.
 * </ol>
 *
 * <h2>Limits</h2>
 *
 * <p>Absolute numbers are those of Java on one machine.
 * {@link org.gupstress.bench.KernelComparison} sets one of them beside the kernel of the same
 * machine, and {@link org.gupstress.bench.SpinComparison} sets the explorer beside SPIN.
 *
 * <p>What is measured of gupstress itself is in package {@code org.gupstress.measure}.
 */
@NullMarked
package org.gupstress.bench;

import org.jspecify.annotations.NullMarked;
