// SPDX-License-Identifier: Apache-2.0
/**
 * Litmus tests: small programs over two words and their halves, whose final states are known for
 * every memory model. They hold the explorer to a table that others have computed.
 *
 * <p>A {@link org.gupstress.litmus.Litmus} is such a program;
 * {@link org.gupstress.litmus.LitmusRun} explores it as it explores the kernel: its CPUs make their
 * accesses through {@link org.gupstress.memory.Memory}, in a scenario on a machine.
 *
 * <h2>How to add an operation</h2>
 *
 * <p>A constant of {@link org.gupstress.litmus.LitmusOp.Verb} and its line in {@code LitmusOp}.
 *
 * <h2>Limits</h2>
 *
 * <p>Two words, at most {@value org.gupstress.litmus.Litmus#CPUS_MAX} CPUs, and on each at most
 * {@value org.gupstress.litmus.Litmus#RESULTS_MAX} operations that return a value.
 */
@NullMarked
package org.gupstress.litmus;

import org.jspecify.annotations.NullMarked;
