// SPDX-License-Identifier: Apache-2.0
/**
 * The reviewer's questions as claims, the harms that break them, and the checker that finds harms.
 *
 * <p>A {@link org.gupstress.claim.Claim} is a sentence that a run can break; a
 * {@link org.gupstress.claim.Harm} is one way of breaking it. {@link org.gupstress.claim.Checker}
 * sees every access before and after it is made, and every note of the model (a reference taken, a
 * page freed), and asks those who watch one thing each:
 *
 * <ul>
 *   <li>{@code Lifetime}: who touches a page that is free, or that has a new owner;
 *   <li>{@code Pins} and {@code Registers}: who holds which pin, what a device writes to, what the
 *       query answers;
 *   <li>{@code Grabs}: what an attempt to get a page leaves when it is refused;
 *   <li>{@code PrivateWord}: page-&gt;private, which is the buffers' while PG_private is set;
 *   <li>{@code Lists}: links, neighbours, counters, and the lock of each list;
 *   <li>{@code Entries}: the locks of ptes and of the slots of files;
 *   <li>{@code UnionWatch}: through which view each byte of the union was written last;
 *   <li>{@code Coherence}, {@code Exclusivity} and {@code Secrets}: where a machine has processes,
 *       whether an address still maps what was pinned there, whether an anonymous page belongs to
 *       one of them alone, and who reads what another has written since a fork;
 *   <li>{@code Agreement}: two structures that say the same, as PG_dirty and the tag of the slot;
 *   <li>{@code Lockdep} and {@code LockWatch}: the order of locks, interrupts, locks left held,
 *       what sleeps where it may not.
 * </ul>
 *
 * <p>{@code Quiescence} looks at all pages when no operation runs. What they must remember beside
 * the bytes of memory is in {@link org.gupstress.claim.PageState} and its like: ghost words of the
 * same memory, so it is undone and fingerprinted with it.
 *
 * <h2>How to add a claim</h2>
 *
 * <ol>
 *   <li>its constant in {@link org.gupstress.claim.Claim}: sentence, citation, meaning in a kernel;
 *   <li>at least one {@link org.gupstress.claim.Harm} of it;
 *   <li>the check, in one of the watchers for what an access does, in {@code Quiescence} for what
 *       is so when nothing runs; or none, where a scenario checks it by {@code duty()};
 *   <li>what the shipped designs do to it, in {@code scenario.PinExpectations} or its siblings.
 * </ol>
 *
 * <p>Court, result file, help texts and lists take claims and harms from the two enums. There may
 * be any number of each. A test of the expectations fails until each harm is expected where it is
 * found.
 *
 * <h2>Limits</h2>
 *
 * <p>A check may read memory but not access it: a check is no step. What it remembers must be in
 * ghost words, or two states that differ in it are taken for one.
 */
@NullMarked
package org.gupstress.claim;

import org.jspecify.annotations.NullMarked;
