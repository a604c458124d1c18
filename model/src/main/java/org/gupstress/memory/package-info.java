// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes, and the accesses a CPU can make to them.
 *
 * <h2>What it is</h2>
 *
 * <p>All state that CPUs share is in a {@link org.gupstress.memory.Memory}: struct pages, list
 * heads, locks, pagevecs, page tables, the slots of the page cache, the disk. Nothing that CPUs
 * share is a Java object. The strength of an access is in the name of its method;
 * {@code model/KERNEL.md} section 2 has the table from Linux primitives to methods.
 *
 * <p>{@link org.gupstress.memory.Arena} says where things lie and what they are called. There are
 * two kinds of memory:
 *
 * <ul>
 *   <li>{@link org.gupstress.memory.NativeMemory}: bytes outside the Java heap that real threads
 *       share, for jcstress tests, storms and benchmarks. An access is one instruction of the
 *       processor.
 *   <li>{@link org.gupstress.memory.ArenaMemory} with {@link org.gupstress.memory.SteppedMemory}:
 *       the bytes of one small machine, which the explorer changes a step at a time and takes back.
 *       {@link org.gupstress.memory.RecordingMemory} stops code at its first new access, and lets
 *       it run again from its start with the answers it has had. Between the two, for other models
 *       than sequential consistency, stands {@link org.gupstress.memory.WeakMemory}: store buffers,
 *       and loads that see memory as it was.
 * </ul>
 *
 * <h2>Assumptions</h2>
 *
 * <ol>
 *   <li>The processor is little-endian, and aligned accesses of 32 and 64 bits to the same bytes
 *       are atomic against each other. {@link org.gupstress.memory.MixedSizeSelfTest} proves the
 *       second on the machine at hand.
 *   <li>Model code makes no other access to shared state, and no CPU uses the
 *       {@link org.gupstress.memory.Cpu} of another.
 *   <li>Code that runs under a recording memory depends on nothing but what it reads.
 * </ol>
 *
 * <h2>Guarantees</h2>
 *
 * <ol>
 *   <li>An access is at least as strong as its name says. On real threads relaxed
 *       read-modify-writes are stronger than in Linux, because Java has none that are relaxed.
 *   <li>An access outside the machine or misaligned is a {@link org.gupstress.memory.KernelBug}, in
 *       both kinds of memory; it never touches other bytes of the process.
 *   <li>Under the explorer each access is one step, and a {@link org.gupstress.memory.Note} is
 *       none.
 *   <li>Locks of native memory yield, so more threads than processors make progress.
 * </ol>
 *
 * <h2>How to add an access</h2>
 *
 * <p>Add an {@link org.gupstress.memory.Op} with its words for traces and its two operands, a
 * method of {@code Memory} named for its strength, its implementation in stepped and in native
 * memory, and a row in {@code KERNEL.md} section 2. {@code MemoryContract} is the test that every
 * memory must pass.
 *
 * <h2>Limits</h2>
 *
 * <p>The explorer's memory is sequentially consistent unless a
 * {@link org.gupstress.memory.MemoryModel} is asked for: {@link org.gupstress.memory.WeakMemory}
 * says what it leaves out. The reordering of a load with a later store of its CPU is found by real
 * threads only, on a processor that has it. A machine of the explorer is small, because all its
 * bytes are part of every state.
 */
@NullMarked
package org.gupstress.memory;

import org.jspecify.annotations.NullMarked;
