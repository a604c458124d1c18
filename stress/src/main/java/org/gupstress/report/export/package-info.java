// SPDX-License-Identifier: Apache-2.0
/**
 * Counterexamples as files that other tools open.
 *
 * <p>{@link org.gupstress.report.export.ItfTrace} writes the exchange format of Apalache and Quint:
 * a state after each step. {@link org.gupstress.report.export.PerfettoTrace} writes the protobuf
 * that ui.perfetto.dev and trace_processor read: functions as slices on a track for each CPU,
 * references and pins of each page as counters. A step takes a microsecond there.
 *
 * <h2>Limits</h2>
 *
 * <p>Interleavings in whose light a counterexample is seen (locks in two orders) are left out.
 */
@NullMarked
package org.gupstress.report.export;

import org.jspecify.annotations.NullMarked;
