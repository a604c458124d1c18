// SPDX-License-Identifier: Apache-2.0
/**
 * list_head, LRU lists and their lock, pagevecs, isolation and putback, freeing and allocation.
 *
 * <h2>What it is</h2>
 *
 * <p>One NUMA node: {@link org.gupstress.lru.Lru} puts its parts together.
 * {@link org.gupstress.lru.Node} has lru_lock, the lists and the lock that the 2018 postings put
 * beside it; {@link org.gupstress.lru.Pagevecs} are the pages on their way;
 * {@link org.gupstress.lru.Isolation} takes pages off and puts them back;
 * {@link org.gupstress.lru.PageRelease} and {@link org.gupstress.lru.PageAllocator} are the end and
 * the beginning of a page's life.
 *
 * <p>It follows {@code mm/swap.c}, {@code mm/vmscan.c} (isolation), {@code mm/page_alloc.c},
 * {@code mm/workingset.c}, {@code mm/memcontrol.c}, {@code mm/hugetlb.c},
 * {@code include/linux/list.h} and {@code lib/list_debug.c} of Linux 4.19: {@code model/KERNEL.md}
 * sections 4 to 7 and 12.
 *
 * <h2>Who may change page-&gt;lru</h2>
 *
 * <p>PG_lru set: whoever holds lru_lock. PG_lru clear: whoever cleared it, without any lock, and
 * nobody else. Being on a list is no reference, waiting in a pagevec is one, being isolated is one.
 * Most of the races of {@code model/RACES.md} are a design that breaks the first of these
 * sentences.
 *
 * <h2>How to add to it</h2>
 *
 * <ul>
 *   <li>A Linux function: a method that makes its accesses in its order, named like it. What it
 *       leaves out is said in the class comment.
 *   <li>A point at which a design may act: a method of {@link org.gupstress.lru.PinHooks} whose
 *       default changes nothing, called where a patch would call it.
 *   <li>A lock: a word in the {@link org.gupstress.memory.Arena} and a
 *       {@link org.gupstress.memory.SpinLock}; lockdep watches it by its name.
 * </ul>
 *
 * <h2>Limits</h2>
 *
 * <p>One node, one zone, one lruvec: no memory cgroup has lists of its own. Pages of order 0, and
 * huge pages of two. Debug kernels make the checks of CONFIG_DEBUG_VM and CONFIG_DEBUG_LIST,
 * production kernels none of them.
 */
@NullMarked
package org.gupstress.lru;

import org.jspecify.annotations.NullMarked;
