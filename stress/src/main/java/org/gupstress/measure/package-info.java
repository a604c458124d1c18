// SPDX-License-Identifier: Apache-2.0
/**
 * How fast this tool is itself: the rates of its engines on the machine at hand, and what its
 * watching costs.
 *
 * <p>Each class is a program of its own, for whoever changes the tool, and prints a few lines:
 *
 * <ul>
 *   <li>{@link org.gupstress.measure.StormRates}: operations a second of one CPU of a storm, with
 *       and without ledger and checks; bytes a page; seconds until a posting is found out.
 *   <li>{@link org.gupstress.measure.OutcomeRates}: samples a second of the jcstress tests, beside
 *       one that does nothing.
 * </ul>
 *
 * <p>The JMH benchmarks of the tool itself are in the package of the same name in module bench, as
 * JMH is only there: {@code HarnessCost} (each instrument of a storm alone), {@code HarnessFloor}
 * (native memory beside {@code sun.misc.Unsafe}) and {@code ExploreRate} (transitions a second of
 * the explorer).
 *
 * <h2>What belongs here</h2>
 *
 * <p>A class belongs here if its figure is about gupstress and means nothing to somebody who asks
 * about pages: an instrument, a memory, an engine, a runner. A figure about a design, a lock or a
 * list belongs to {@code org.gupstress.bench}. An engine offers what is needed to measure it, as
 * {@code storm.LoneCpu} does, and knows no figures.
 *
 * <h2>Limits</h2>
 *
 * <p>A rate is that of a quiet machine. Each figure is a median of rounds that take turns with what
 * they are compared to, so a change of the machine's speed hits both; other work on it does not.
 * Nothing else uses this package.
 */
@NullMarked
package org.gupstress.measure;

import org.jspecify.annotations.NullMarked;
