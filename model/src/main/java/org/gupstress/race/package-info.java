// SPDX-License-Identifier: Apache-2.0
/**
 * The catalogue of races: what goes wrong when pages are pinned, where it was found, and which run
 * shows it.
 *
 * <h2>What it is</h2>
 *
 * <p>{@link org.gupstress.race.Races} are the defects that verdicts name, as data: the steps in
 * words, what a detector sees, the designs with their reasons, the sources, and the exhibits, that
 * is, the harms by which the audit knows a race. A {@link org.gupstress.race.Check} is a schedule
 * to which every design is put. {@code model/RACES.md} is printed from this package, and
 * {@code gupstress explain R-07} shows a race by running its exhibits.
 *
 * <p>{@link org.gupstress.race.Bugs} are those that Linux had. Each has
 * {@linkplain org.gupstress.race.Trial trials}: the run of a kernel before the fix and of the same
 * kernel with it. {@code model/BUGS.md} is printed from these runs.
 *
 * <h2>Ids</h2>
 *
 * <p>{@code R-nn} is a race that can be found by reading the source, {@code G-nn} one that the
 * explorer found and nobody had read, {@code K-nn} a check, {@code M-nn} a bug of Linux since. An
 * id is never given twice and never changes its meaning. A race has one id: {@code G-01} and
 * {@code G-04} turned out to be {@code R-15} and {@code R-17}, so that the old ids are
 * {@linkplain org.gupstress.race.Race#formerly former} ones and their numbers stay free.
 *
 * <h2>How to add a race</h2>
 *
 * <ol>
 *   <li>Write it down in the file of its group: {@code LruRaces} (the protocol of pin and unpin),
 *       {@code OwnerRaces} (somebody else has the page), {@code CallerRaces}, {@code LockRaces},
 *       {@code PageKindRaces}, {@code FileRaces}.
 *   <li>Name its id in the expectations of the scenarios whose harms it explains.
 *   <li>Make {@code RACES.md} again; the command is in its first lines.
 * </ol>
 *
 * <p>A test compares designs and exhibits with the expectations, so that neither can be forgotten.
 *
 * <h2>Limits</h2>
 *
 * <p>An exhibit names designs and scenarios by their ids, because those are above this package. A
 * race of which no run shows anything, or not all, says so in its own words: that it needs weak
 * memory, that it is a cost, that nothing is lost.
 */
@NullMarked
package org.gupstress.race;

import org.jspecify.annotations.NullMarked;
