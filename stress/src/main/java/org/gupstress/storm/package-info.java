// SPDX-License-Identifier: Apache-2.0
/**
 * The long run at scale: real threads as CPUs over thousands of pages under memory pressure.
 *
 * <h2>What it is</h2>
 *
 * <p>The explorer proves small cases; a storm shows what happens in practice: how many pages are
 * stranded, whether reclaim can progress, how long CPUs wait for a lock, how many pins a second a
 * design makes. {@link org.gupstress.storm.Storm} runs a {@link org.gupstress.storm.StormPlan},
 * tells a {@link org.gupstress.storm.StormObserver} of every second and every new kind of harm, and
 * returns a {@link org.gupstress.storm.StormResult}. It runs the same operations of the model as
 * the explorer, in native memory.
 *
 * <p>A storm has four phases: boot, load, rest (pins are given back, direct I/O completes, pagevecs
 * are drained) and unmount (processes exit, files are written back and truncated).
 *
 * <h2>The CPUs</h2>
 *
 * <p>Every CPU is a thread with a memory of its own, {@code CpuMemory}, which counts and checks.
 *
 * <ul>
 *   <li>As many CPUs as the user wants carry load. Each draws its next
 *       {@link org.gupstress.storm.Workload} by the weights of the
 *       {@link org.gupstress.storm.WorkloadMix}, with dice of its own.
 *   <li>kswapd reclaims when an allocation has woken it; a CPU whose allocation fails reclaims
 *       itself.
 *   <li>The flusher writes dirty pages of files back.
 *   <li>The device completes writeback and direct I/O, as interrupts do, and unpins pages that are
 *       dirty already.
 *   <li>kworker dirties and unpins the others, where it may sleep for the page lock, and runs the
 *       work item of a design that has one.
 *   <li>kcompactd migrates pages.
 * </ul>
 *
 * <h2>How to add a load</h2>
 *
 * <ol>
 *   <li>Add a constant with its sentence to {@link org.gupstress.storm.Workload}, and say whether
 *       it pins, whether it fills the page cache, and how much of it is about anonymous memory:
 *       {@link org.gupstress.storm.WorkingSet} sizes files and memory by that.
 *   <li>Add a constant to {@code StormOperation} for what findings should call it, with the fate of
 *       a stranded page that is freed in it.
 *   <li>Add a case to {@code LoadCpu.step}. Every call of the model goes through {@code operate};
 *       an operation must end, and must not wait for another operation of the load.
 *   <li>If it holds pins from one operation to the next, {@code LoadCpu.forEachPin} must name them,
 *       and {@code deregister} must give them back.
 * </ol>
 *
 * <p>A {@link org.gupstress.load.LoadProfile} takes the place of the mix where a trace is replayed:
 * {@code Replay} gives its streams to the CPUs that carry load.
 *
 * <h2>What is checked, and when</h2>
 *
 * <p>Checks that cost little run all the time: list operations ask whether both neighbours point
 * back (DEBUG_LIST), the holder of a pin asks the design's query when it gets and before it returns
 * the pin, the allocator checks each page that it frees (bad_page), one in 64 accesses of a design
 * to its fields in the union is watched as KCSAN watches, assertions of a debug kernel are counted.
 *
 * <p>Once a second, and at rest and after unmount, all CPUs stand still ({@code StopMachine}) and
 * {@code Inspection} goes over the whole machine: {@code _refcount} of each page against who holds
 * it, where each page is, whether a pinned page says so and all its pins are accounted for, whether
 * a clean page is what is on the disk, whether the LRU lists are rings as long as they say.
 *
 * <p>The {@code Watchdog} finds CPUs that get nowhere. A circle of waiting CPUs, or a wait while
 * all others stand still, is a deadlock and stops the machine after a second; everything else gets
 * 60 seconds in a shipped design and 10 in a user's.
 *
 * <p>An operation that dies of corrupted memory would stop a kernel. Here its locks are released,
 * the lists are made anew ({@code Repair}), and the storm goes on. A panic is final: what happens
 * after it is not judged, and what the operations in flight held is no leak.
 *
 * <h2>How to read the result</h2>
 *
 * <ul>
 *   <li>{@link org.gupstress.storm.PagePlace} says where pages are. What is <em>stranded</em> is on
 *       no LRU, in no pagevec, and not pinned: reclaim cannot reach it.
 *       {@link org.gupstress.storm.Fate} says how such pages were freed in the end.
 *   <li>{@link org.gupstress.storm.ReclaimPass} is the reclaim dossier: at each priority, how many
 *       pages were scanned, isolated, reclaimed, activated and kept. A design that hides pages from
 *       reclaim shows as passes at priority 2 to 0 with a small yield.
 *   <li>{@link org.gupstress.storm.ReferenceRow} is the table of references: who takes them for
 *       what, and where they are dropped. Sound designs end with 0 outstanding.
 *   <li>{@link org.gupstress.storm.StormFinding} is the first harm of a kind, with the CPU, its
 *       operation, the union before and after, and the last events of the page.
 *   <li>{@link org.gupstress.storm.StormExpectations} holds harms against what is known of a
 *       design.
 * </ul>
 *
 * <h2>Threads</h2>
 *
 * <p>Classes that threads share number what they assume and guarantee: {@code CpuMemory},
 * {@code CpuLocks}, {@code HarmLog}, {@code StopMachine}, {@code Watchdog},
 * {@link org.gupstress.storm.LatencyRecorder}. All the others belong to one CPU, or are used while
 * all CPUs stand still.
 *
 * <h2>Limits</h2>
 *
 * <ul>
 *   <li>Real threads show some orders of events, never all: what was not seen may exist.
 *   <li>CPUs have no interrupts; the device is a CPU of its own. Nobody unpins twice.
 *   <li>Pages are those of files and of anonymous memory: no huge pages, no device memory, no zero
 *       page, no memory cgroups, no swap, no fork.
 *   <li>More CPUs than processors take turns, and latencies include that.
 *   <li>The seed makes each CPU's choices repeatable, not the order in which the CPUs run.
 * </ul>
 */
@NullMarked
package org.gupstress.storm;

import org.jspecify.annotations.NullMarked;
