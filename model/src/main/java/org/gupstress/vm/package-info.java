// SPDX-License-Identifier: Apache-2.0
/**
 * Virtual memory: areas, page tables, faults, and the way back from a page to its ptes.
 *
 * <h2>What it is</h2>
 *
 * <p>{@link org.gupstress.vm.PageTable} has the ptes of all processes and their locks,
 * {@link org.gupstress.vm.Vma}s say what they map. {@link org.gupstress.vm.Faults} fills and
 * empties them, {@link org.gupstress.vm.Rmap} finds them from the page.
 *
 * <p>It follows {@code mm/memory.c}, {@code mm/rmap.c}, {@code mm/mlock.c} and
 * {@code mm/huge_memory.c} of Linux 4.19: {@code model/KERNEL.md} section 9.
 *
 * <p>A machine may have processes that fork: {@link org.gupstress.vm.Processes} are their mms, and
 * {@link org.gupstress.vm.ProcessMemory} puts together what works on them, as
 * {@link org.gupstress.vm.Fork} and {@link org.gupstress.vm.ProcessFaults}: section 18, of all
 * releases from 4.19 to 6.18.
 *
 * <h2>Order that others rely on</h2>
 *
 * <p>Unmapping clears the pte first and drops the pte's reference later. gup_fast, which takes no
 * lock, is right only because of that: {@code KERNEL.md} section 8.
 *
 * <h2>How to add to it</h2>
 *
 * <ul>
 *   <li>What is done to the memory of processes: a class of its own beside {@code Ksm}, which asks
 *       for switches where releases differ, and its accessor in {@code ProcessMemory}.
 *   <li>A kind of memory: a constructor of {@code Vma} and a branch of {@code Faults} that says
 *       what a fault brings.
 *   <li>A walk over the ptes of a page: a method of {@code Rmap}, with the page locked, a pte at a
 *       time under its lock.
 *   <li>A point at which a design may act: a method of {@link org.gupstress.vm.RmapHooks}.
 * </ul>
 *
 * <h2>Limits</h2>
 *
 * <p>Areas are laid out before the machine runs and never change, so areas without an mm need no
 * mmap_sem, and their processes do not fork. Processes have private anonymous memory; reclaim and
 * migration do not find pages that several of them map. No swap. Of a TLB there is only whether its
 * flush waits for gup_fast ({@link org.gupstress.vm.TlbFlush}): an unmapped page is released after
 * the lock, as mmu_gather does. A pte has the bits present, write, dirty and accessed.
 */
@NullMarked
package org.gupstress.vm;

import org.jspecify.annotations.NullMarked;
