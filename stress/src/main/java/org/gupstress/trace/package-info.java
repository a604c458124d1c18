// SPDX-License-Identifier: Apache-2.0
/**
 * Traces of real machines: what ftrace has written, held against the model.
 *
 * <h2>What it is</h2>
 *
 * <p>{@link org.gupstress.trace.TraceReader} reads text of ftrace ({@code trace},
 * {@code trace_pipe}) or of {@code trace-cmd report}, gzip or not, once from its beginning to its
 * end, and makes a {@link org.gupstress.trace.TraceRecord} of it:
 *
 * <ul>
 *   <li>{@link org.gupstress.dossier.Dossier}: what the machine did under pressure, in the rows in
 *       which a storm reports itself. Calibration reads this one: {@code count}, {@code rate} and
 *       {@code ratio}, and {@link org.gupstress.dossier.ListPass} for each list and priority.
 *   <li>{@link org.gupstress.trace.Refinement}: for each page whether its history is a path of the
 *       model's page life cycle.
 *   <li>{@link org.gupstress.trace.Custody}: who holds the references of pages, where there are
 *       page_ref events with stacks.
 *   <li>{@link org.gupstress.trace.PageHistory}: what happened to a page that was asked for.
 *   <li>{@link org.gupstress.load.LoadProfile}: the load that made it, as far as the trace shows
 *       it, for a storm to run; {@code LoadAccount} says how it is inferred.
 *   <li>{@link org.gupstress.trace.ScenarioFile}: the last operations on the page with the most
 *       events, as a scenario for {@code explore}.
 * </ul>
 *
 * <p>{@link org.gupstress.trace.TraceRowWriter} and {@link org.gupstress.trace.TraceRowReader} are
 * its rows in the result file.
 *
 * <h2>What is read</h2>
 *
 * <p>{@code TraceEvent} has the tracepoints with their names from Linux 4.19 to 6.18; fields are
 * found by name, so their order and further ones do not matter. {@code pfn} is decimal in 4.19 and
 * hexadecimal later; {@code nr_activate} has become {@code nr_activate_anon} and
 * {@code nr_activate_file}; pages have become folios. Other events are counted by name.
 *
 * <p>A refault has no tracepoint: it is a page that comes back to the place in a file from which
 * one has gone within the trace, and a workingset activation is one of these that comes to the
 * active list at once. Pages that had gone before the trace began are not seen to come back.
 *
 * <h2>The life cycle</h2>
 *
 * <p>{@code LifeCycle} is a table of edges: from a state, by a step that a tracepoint shows or
 * silently, to a state, and the method of the model that is this edge. Pages are followed as sets
 * of states. A step whose tracepoint is not in the trace (until it first comes) is silent too: it
 * may have happened at any time. What is left is refuted only by what the trace does show. Tests
 * hold the table against the model: each edge is a method, and whatever operations of the model do
 * to pages is a path.
 *
 * <p>A step that is possible from none of the states is a miss, of a
 * {@link org.gupstress.trace.MissRule}: something that is not modelled, or else a mistake of the
 * model. The history goes on from wherever the step can lead.
 *
 * <h2>Custody</h2>
 *
 * <p>The table {@code custody.txt} in the resources says for which reason a function takes and
 * drops references; the first of its lines that has a function of the stack decides. A reference
 * that a page is not held for is counted as an earlier one. {@code page_ref_freeze} holds all
 * references until {@code page_ref_unfreeze}, or until the page is free.
 *
 * <h2>How to add to it</h2>
 *
 * <ul>
 *   <li>A name of a tracepoint: to its constant of {@code TraceEvent}.
 *   <li>A tracepoint of a page: a constant in front of {@code ISOLATE}, its fields in
 *       {@code PageLives}, and if it is a step of a page's life a {@code LifeStep} with edges in
 *       {@code LifeCycle}. A test holds each edge against the methods of the model.
 *   <li>A tracepoint of the machine: a constant behind it, and a case in {@code MachineAccount}.
 *   <li>A function that takes references: a line of {@code custody.txt}.
 *   <li>Something that the model does not have: a {@link org.gupstress.trace.MissRule} that is no
 *       mistake, and in {@code PageLives} how it is recognized.
 * </ul>
 *
 * <h2>Limits</h2>
 *
 * <ul>
 *   <li>1,048,576 pages and 2,097,152 places in files are followed, the last 1,048,576 events of
 *       pages are remembered; events of further pages are counted, and said to be.
 *   <li>After lost events and lines that cannot be read, all pages begin anew.
 *   <li>A trace that is filtered by page, inode or process shows some steps of a page and not
 *       others: it will have misses that are nobody's mistake.
 *   <li>writeback events name a device and a place in a file, no page. They are matched where the
 *       backing device is that of the file: on a partition it is not, and they are only counted.
 *   <li>Isolation, putback by reclaim, deactivation and mapping have no tracepoints.
 *   <li>A clock that goes back within a CPU, or by more than a millisecond between two, is refused.
 * </ul>
 */
@NullMarked
package org.gupstress.trace;

import org.jspecify.annotations.NullMarked;
