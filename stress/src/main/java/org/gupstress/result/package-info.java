// SPDX-License-Identifier: Apache-2.0
/**
 * The result file: one writer, one reader, and the kinds of value in between. What the rows say is
 * the business of the engines.
 *
 * <h2>How an engine writes</h2>
 *
 * <pre>{@code
 * try (ResultFile file = ResultFile.open(path, Head.of(budget))) {  // refuses what is no result
 *   file.drop("storm", keys);                                       // what this run does again
 *   file.add("storm", key, json -> json.writeNumberField("second", 1));
 *   file.check();                                                   // says what went wrong
 * }
 * }</pre>
 *
 * <p>A row has an <em>engine</em> and a <em>key</em>, which the writer puts in front of its fields.
 * The key names what was run, in the words of the engine: a design and a kernel, a scenario, a
 * test, a question. There may be several rows with one key; their order is kept. Rows with the keys
 * that a run runs replace those of earlier runs; all other rows stay, of other engines and of the
 * engine's own. An engine that knows a key's rows only at the end, or corrects them while it runs,
 * uses {@link org.gupstress.result.ResultFile#put put}, which replaces all of them.
 *
 * <p>After every row the file is a whole document, so a run that is killed leaves all rows but the
 * one it was writing. While a run has the file open nobody else can: the second is refused with a
 * sentence. A file that is no result of this version is refused before anything runs.
 *
 * <h2>How rows are read</h2>
 *
 * <p>{@link org.gupstress.result.ResultReader} hands out row after row as
 * {@link org.gupstress.result.Fields}, whose accessors say what was expected where, and what was
 * found. A file that ends in the middle gives the rows before its end. The file is never in memory
 * at once.
 *
 * <h2>Limits</h2>
 *
 * <p>A text in a file has at most 1 MiB. A writer holds the rows that it keeps in memory, a reader
 * one at a time. Only a regular file is read or written: a link, a device or a pipe is refused.
 */
@NullMarked
package org.gupstress.result;

import org.jspecify.annotations.NullMarked;
