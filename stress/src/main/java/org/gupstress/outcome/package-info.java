// SPDX-License-Identifier: Apache-2.0
/**
 * The outcome tests: what a few operations on one page can end in, asked of real threads.
 *
 * <h2>What it is</h2>
 *
 * <p>A question is a scenario of {@link org.gupstress.outcome.Questions}: how the machine begins,
 * which operations each CPU performs, and a name for the way in which it has ended. The explorer
 * performs the operations in every sequentially consistent order and finds every end that there is.
 * The same operations run here on threads, hundreds of thousands of times a second, under the
 * compilers of the JVM and on the memory of the machine. What the threads end in is held against
 * what the explorer has found: an end that no order has is a weak-memory effect, or a mistake of
 * this tool.
 *
 * <p>A question is put to each design by a jcstress test of its own, like PinVsDrain.RfcNov. Which
 * tests there are, and what each end of them means, is in the grading table of the question, a
 * Markdown file beside this package ({@code src/main/resources}). The build makes the class of each
 * test from the table ({@link org.gupstress.outcome.Shells}) before anything is compiled, because
 * jcstress reads actors and outcomes from the class of a test alone.
 * {@link org.gupstress.outcome.Sample} is what all these classes have in common,
 * {@link org.gupstress.outcome.Rig} the ring of machines out of which every sample gets one.
 *
 * <h2>What a grade means</h2>
 *
 * <ul>
 *   <li><b>acceptable</b>: the page and its pins are as they should be.
 *   <li><b>control</b>: a known defect of the design. The run must show it, 100 times in a full
 *       lean run, or the test has lost its control and fails: it would not have noticed others.
 *   <li><b>rare</b>: a known defect that cannot be counted on in a short run. It is reported when
 *       it shows, and missed by nobody when it does not.
 *   <li><b>weak</b>: a known effect of weaker ordering than the explorer models. No order of the
 *       steps ends like this.
 *   <li><b>forbidden</b>: everything else. One sample of it fails the run. No table grants it.
 * </ul>
 *
 * <p>A sentence says of each what happened, in which order, and what it means in the kernel.
 *
 * <h2>How to add a question</h2>
 *
 * <ol>
 *   <li>The scenario, in {@link org.gupstress.outcome.Questions}, with its place in {@code all()}.
 *       Operations must be bounded even where a list is corrupt: threads may not hang.
 *   <li>The table, a file like {@code PinVsDrain.md}. Its prose says why this is a hole, what there
 *       is to see, on which machine, and the command.
 *       {@link org.gupstress.outcome.GradingTableFile} has the form of its lists. The explorer
 *       names the ends that a table lacks: {@code OutcomeAgreementTest} fails and prints them.
 * </ol>
 *
 * <p>A form of a question is put to every design, or the table says why not. A new design is added
 * to the forms, or to what they leave out: {@code OutcomeCoverageTest} fails until it is.
 *
 * <h2>Limits</h2>
 *
 * <ul>
 *   <li>A frequency is what one machine did, not a probability.
 *   <li>All atomic operations are at least as strong as the kernel's, and x86-64 orders stores:
 *       what only arm64 would show does not show here.
 *   <li>A machine has one small node, one page or two, and 2 to 4 CPUs. jcstress starts no more
 *       actors than there are processors; larger tests run in one process, where threads take
 *       turns.
 *   <li>Designs of users have no tests here: tests are compiled with the designs, and graded.
 *   <li>A defect that needs many steps or two windows in a row may be too rare: see rare.
 * </ul>
 */
@NullMarked
package org.gupstress.outcome;

import org.jspecify.annotations.NullMarked;
