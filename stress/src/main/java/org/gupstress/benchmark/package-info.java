// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the benchmarks: plans them for a budget, starts JMH, and makes figures of what it measured.
 *
 * <h2>From a question to its rows</h2>
 *
 * <ul>
 *   <li>A {@link org.gupstress.benchmark.Question} is a class of benchmarks.jar. Its
 *       {@link org.gupstress.benchmark.Sweep sweeps} say which methods are measured for which
 *       values of their parameters, and with how many threads.
 *   <li>A {@link org.gupstress.benchmark.JmhRun} is one run of JMH: a sweep with one number of
 *       threads. It measures {@link org.gupstress.benchmark.Configuration configurations}, one fork
 *       of each.
 *   <li>{@link org.gupstress.benchmark.BenchPlan} has the runs that the budget has room for.
 *       {@link org.gupstress.benchmark.BenchRun} goes through them round by round.
 *   <li>{@link org.gupstress.benchmark.JmhResult} reads JMH's JSON, and
 *       {@link org.gupstress.benchmark.JmhOutput} what it prints: only there it says why a
 *       benchmark failed. A {@link org.gupstress.benchmark.Measurement} is one quantity of a
 *       result. {@link org.gupstress.benchmark.Rounds} collects the forks of all rounds.
 *   <li>{@link org.gupstress.benchmark.Estimate} makes a mean and an interval of the forks.
 *       {@link org.gupstress.benchmark.Comparisons} compares figures of the same rounds,
 *       {@link org.gupstress.benchmark.Fits} fits the Universal Scalability Law to curves, and
 *       {@link org.gupstress.benchmark.Shapes} compares with what is published.
 * </ul>
 *
 * <h2>Why rounds</h2>
 *
 * <p>A machine is not the same for ten minutes. If all forks of a figure ran one after the other, a
 * disturbance would hit one figure and not the next, and the interval would not show it. In rounds
 * a disturbance hits all figures alike: ratios of the same round keep what matters, and the spread
 * over the rounds is an honest error. A run of JMH that misses a round gets no later one, so the
 * n-th fork of every figure is that of the n-th round.
 *
 * <h2>What may be said</h2>
 *
 * <p>The 95 % confidence interval alone decides whether a value is shown, is noise, meets a limit
 * or agrees with a published shape. No figure is thrown away, and no limit follows from a
 * measurement.
 *
 * <h2>How to add to it</h2>
 *
 * <p>A benchmark: {@code bench/README.md} has the steps. A design needs none: sweeps that are about
 * designs in general have every shipped one. A user's design is an
 * {@link org.gupstress.benchmark.OwnDesign}: its classes are written beside the results, on the
 * class path of the forks.
 *
 * <h2>Limits</h2>
 *
 * <p>JMH is known here only by its command line, its JSON and its output: the class path of this
 * package has no JMH. Figures of more threads than processors describe the scheduler, too. Two
 * rounds, as most figures of a quick run have, give wide intervals; headlines have four or more.
 */
@NullMarked
package org.gupstress.benchmark;

import org.jspecify.annotations.NullMarked;
