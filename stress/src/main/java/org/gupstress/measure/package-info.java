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
 * <p>What a pin costs in a design is another question, which {@code gupstress bench} answers: its
 * benchmarks are in the module bench, under JMH. HarnessCost is among them, and measures the
 * watching of a storm again, one operation at a time.
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
