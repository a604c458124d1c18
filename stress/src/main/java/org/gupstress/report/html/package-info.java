// SPDX-License-Identifier: Apache-2.0
/**
 * Results as one page for a browser: a file that needs nothing else, neither a network nor this
 * program.
 *
 * <p>{@link org.gupstress.report.html.HtmlPage} puts style, script and data into one file. The data
 * is JSON that no browser runs; the script makes elements of it and never markup, so that nothing
 * in a result or in the name of a design is more than text. The page forbids whatever is not its
 * own script and style, by their hashes.
 *
 * <p>{@code CourtData}, {@code TraceData} and their siblings write one part of the data each. A
 * counterexample is run again for the page by a {@link org.gupstress.report.html.Replayer}; what
 * cannot be run again is told by a sentence.
 *
 * <h2>How to add</h2>
 *
 * <ul>
 *   <li>a part of the data: a class that writes a field of the one object, called by
 *       {@code HtmlPage}.
 *   <li>a view: in {@code page.js}, a function under {@code views}, with its hash.
 * </ul>
 *
 * <h2>Limits</h2>
 *
 * <p>Of counterexamples a page has the shortest for each design, claim, race and harm; of others it
 * has the command that shows them.
 */
@NullMarked
package org.gupstress.report.html;

import org.jspecify.annotations.NullMarked;
