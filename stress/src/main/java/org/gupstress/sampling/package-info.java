// SPDX-License-Identifier: Apache-2.0
/**
 * The runner of the outcome tests: plans them, lets jcstress run them, and reads what it leaves.
 *
 * <h2>How a run goes</h2>
 *
 * <ol>
 *   <li>{@link org.gupstress.sampling.OutcomePlan} chooses the tests and says what the budget is
 *       probably enough for.
 *   <li>{@link org.gupstress.sampling.Invocation} starts one JVM,
 *       {@link org.gupstress.sampling.Forks}, which probes the machine once. It is told to run one
 *       test after the other, in JVMs that it forks, and every configuration leaves a result file.
 *   <li>{@link org.gupstress.sampling.TestPace} learns from each test how long the next ones may
 *       be. Last, tests whose controls were seen too seldom get more samples, if there is time.
 *   <li>Tests with more actors than processors run in this JVM, if that is wished: jcstress itself
 *       leaves them out, silently.
 *   <li>{@link org.gupstress.sampling.OutcomeRow} holds what a test has shown against its grades
 *       and against the explorer. The rows are saved after every test, so an interrupted run keeps
 *       them.
 * </ol>
 *
 * <p>{@code --read} makes the same rows from result files that jcstress.jar has left, and runs
 * nothing. {@link org.gupstress.sampling.Explain} goes from an outcome back to the shortest
 * interleaving that ends in it. {@link org.gupstress.measure.OutcomeRates} is a program of its own:
 * how many samples a second the tests make, beside one that does nothing.
 *
 * <h2>What the verdict of a row means</h2>
 *
 * <ul>
 *   <li><b>holds</b>: the whole plan of the test has run, and showed acceptable outcomes only.
 *   <li><b>violated</b>: a control was seen as often as it must be, which is expected of a design
 *       with a known defect, or a forbidden outcome was, which never is.
 *   <li><b>not-met</b>: a control was not seen often enough. The run proves nothing.
 *   <li><b>incomplete</b>, <b>not-run</b>: not the whole plan, or nothing of it.
 * </ul>
 *
 * <h2>To change it</h2>
 *
 * <p>jcstress 0.16 is used in three places: its annotations in {@link org.gupstress.outcome}, its
 * parts that fork in {@link org.gupstress.sampling.Forks}, its results in
 * {@link org.gupstress.sampling.Jcstress}. All but the annotations is undocumented: a newer
 * jcstress has to be tried there. A profile, that is how many configurations and how long, is one
 * line of {@link org.gupstress.sampling.Profile}.
 *
 * <h2>Limits</h2>
 *
 * <ul>
 *   <li>The exit status of jcstress says nothing about what ran: rows are made from its results.
 *   <li>The estimate of a run's time is a guess until the first test has run.
 *   <li>A result file has no plan: a test read from it may lack configurations that nobody knows
 *       of.
 *   <li>Biased locking is left out: no test has a monitor.
 * </ul>
 */
@NullMarked
package org.gupstress.sampling;

import org.jspecify.annotations.NullMarked;
