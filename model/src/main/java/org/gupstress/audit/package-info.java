// SPDX-License-Identifier: Apache-2.0
/**
 * Many plans: explored side by side, held against what is expected, and judged.
 *
 * <p>{@link org.gupstress.audit.Audit} is the entry for tests of a design of one's own:
 *
 * <pre>{@code
 * Audit.of(new MyPin()).run().assertHolds("never-stranded");
 * }</pre>
 *
 * <p>{@link org.gupstress.audit.Hearing} runs the plans on some threads within a budget, and leaves
 * out the rest of a design that hangs. A {@link org.gupstress.audit.Case} is a plan with its result
 * and with what was expected: of a shipped design each harm has a known race at the usual size, and
 * a control with more CPUs may show all its races; a user's design is held against unpatched Linux.
 * {@link org.gupstress.audit.Court} is the table of all cases: a row a claim, a column a design,
 * the gravest verdict of all scenarios in a cell. {@link org.gupstress.audit.Evidence} is a
 * violation with its case, to be shown.
 *
 * <h2>Limits</h2>
 *
 * <p>Threads of one process share its heap: an operation that takes all memory can end the search
 * of another design. What was lost so is run again alone.
 */
@NullMarked
package org.gupstress.audit;

import org.jspecify.annotations.NullMarked;
