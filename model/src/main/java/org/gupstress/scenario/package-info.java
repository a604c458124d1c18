// SPDX-License-Identifier: Apache-2.0
/**
 * Who runs what on which CPU, what a run must have met, and what is expected of it.
 *
 * <p>A {@link org.gupstress.scenario.Scenario} is a machine, a program for each CPU, interrupts,
 * and the conditions ({@link org.gupstress.scenario.Sometimes}) that it must meet to say anything.
 * {@link org.gupstress.scenario.Spec} puts one together from parts,
 * {@link org.gupstress.scenario.Programs} has the operations, {@link org.gupstress.scenario.Boot}
 * the ways in which machines begin. {@link org.gupstress.scenario.Catalogue} lists the shipped
 * ones; {@code Pairs} makes most of them: each use of a page by a pin against each
 * {@code Disturbance}.
 *
 * <h2>What a scenario of a user's is made of</h2>
 *
 * <p>The operations of {@code Programs}: pins of one page or several ({@code gupPages} ends with
 * the first that cannot be got, and {@code unpinPages} gives back what there is), plain references
 * ({@code get}, {@code put}) and the register that keeps its page ({@code unpinKeeping}), drains of
 * one CPU or all, the design's own work ({@code work}), and everything that happens to pages. Any
 * other is an {@code Operation} of its own: code that makes its accesses through
 * {@link org.gupstress.design.Mm}. {@code retry} is a loop of tries with a bound; nobody promises
 * that another CPU runs between two of them. What may sleep says so ({@code Memory.mightSleep},
 * {@code Memory.waitEvent64}, lock_page does), and is found in an interrupt, under a spin lock or
 * with interrupts off.
 *
 * <p>A machine with processes has {@code space(Mm.Space.ofProcesses(2, 1))}, begins as
 * {@link org.gupstress.scenario.ProcessBoot} says, and runs the operations of
 * {@link org.gupstress.scenario.ProcessPrograms}: pins of each kind and plain references, fork and
 * exit, loads and stores, and what else happens to their memory. {@code linux("6.18")} says in
 * which releases the scenario makes sense.
 *
 * <p>{@code duty} says what must be so at the end, as one of the known harms and, if wanted, under
 * a name of its own; {@code outcome} names the ends of a run, which final states list with what
 * pages hold.
 *
 * <h2>How to add a scenario</h2>
 *
 * <ol>
 *   <li>its {@code Spec} in {@code Catalogue} or {@code FileScenarios}, with at least one
 *       condition;
 *   <li>its {@link org.gupstress.scenario.Load}, where it has what other engines have not;
 *   <li>what the shipped designs do in it, derived from the races and not from a run, in
 *       {@code PinExpectations} or {@code FileExpectations}.
 * </ol>
 *
 * <p>A disturbance is one entry in {@code Disturbance} and the cases of {@code PairExpectations}.
 *
 * <h2>Expectations</h2>
 *
 * <p>{@link org.gupstress.scenario.Expectations} is a table that does not change: design, scenario
 * and kernel to harms, each with the races that explain it. A harm that is not found any more is as
 * much a failure as one that nobody expected.
 *
 * <h2>Limits</h2>
 *
 * <p>Small machines: pagevecs of two slots, pages and CPUs as few as the race needs. At most
 * {@value org.gupstress.scenario.Scenario#OUTCOMES_MAX} outcomes.
 */
@NullMarked
package org.gupstress.scenario;

import org.jspecify.annotations.NullMarked;
