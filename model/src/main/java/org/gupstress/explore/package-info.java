// SPDX-License-Identifier: Apache-2.0
/**
 * The exhaustive explorer: all interleavings of a plan, shortest counterexamples, replay.
 *
 * <p>A {@link org.gupstress.explore.Plan} is a design in a scenario of some size, in a kernel.
 * {@link org.gupstress.explore.Explorer} searches it and returns a
 * {@link org.gupstress.explore.Result}:
 *
 * <pre>{@code
 * Result result = Explorer.explore(Plan.usual(design, scenario, Kernel.DEBUG), Options.DEFAULT);
 * result.verdict(Claim.NEVER_STRANDED);
 * }</pre>
 *
 * <h2>How it works</h2>
 *
 * <ol>
 *   <li>{@code Code} runs an operation by restart, and only to find out what it does for answers
 *       that it has never had. What it does is kept as a tree of {@code Local} nodes.
 *   <li>{@code Machine} stands in one state and makes steps: one shared access, the checks, a hash.
 *       It takes steps back by undoing what they stored.
 *   <li>{@code Worker} goes through the states depth first; {@code Visited} knows their
 *       fingerprints, {@code Canon} takes states for one that differ only in which of two like CPUs
 *       is which.
 *   <li>{@code StateGraph} keeps states, steps and their {@code Marks}: harms, outcomes, uses of
 *       locks.
 *   <li>{@code Analysis} asks it for counts, shares and shortest paths; {@code PathWalker} walks a
 *       path again, {@code Counterexamples} makes a {@link org.gupstress.explore.Token} of it.
 *   <li>{@code Supervision} watches over code that hangs, takes all memory or throws.
 * </ol>
 *
 * <h2>How to add</h2>
 *
 * <ul>
 *   <li>a reduction: a field of {@link org.gupstress.explore.Reductions}, where {@code Machine} or
 *       {@code Code} looks at it, and the test that compares verdicts and final states without it.
 *   <li>a limit: a field of {@link org.gupstress.explore.Options} and a kind of
 *       {@link org.gupstress.explore.Stop}.
 *   <li>something to find shortest paths to: a kind of {@code Mark}.
 * </ul>
 *
 * <h2>Limits</h2>
 *
 * <ul>
 *   <li>Sequential consistency, or TSO ({@link org.gupstress.memory.MemoryModel}); of arm64, which
 *       litmus tests are explored under, what kernel code does is not judged. Where stores wait,
 *       the checker hears of each CPU in program order, and of a store when it becomes visible;
 *       locks left held at the end of an operation are judged only where none of its stores waits.
 *   <li>At most {@value org.gupstress.explore.StateGraph#INSIDE_MAX} CPUs and handlers together,
 *       and 500 accesses in one operation; a longer one is reported as endless.
 *   <li>Two states of one 64-bit fingerprint are taken for one. The result says how probable that
 *       is.
 *   <li>What is wrong with states and steps may differ in at most 65,536 ways.
 * </ul>
 */
@NullMarked
package org.gupstress.explore;

import org.jspecify.annotations.NullMarked;
