// SPDX-License-Identifier: Apache-2.0
/**
 * Shrinking the LRU lists for kswapd and direct reclaim, and compaction.
 *
 * <h2>What it is</h2>
 *
 * <p>{@link org.gupstress.reclaim.Reclaim} decides how much,
 * {@link org.gupstress.reclaim.InactiveList} and {@link org.gupstress.reclaim.ActiveList} do it,
 * {@link org.gupstress.reclaim.Migration} is compaction of one page.
 * {@link org.gupstress.reclaim.PrivateLists} are the list heads on the stack of a CPU: pages are on
 * them with PG_lru clear and without a lock, which is where November's pin meets them.
 *
 * <p>It follows {@code mm/vmscan.c}, {@code mm/compaction.c} and {@code mm/migrate.c} of Linux
 * 4.19: {@code model/KERNEL.md} sections 11 and 12.
 *
 * <h2>Where a page is meanwhile</h2>
 *
 * <p>On an LRU; on a private list; in hand, off every list, with poison in {@code lru}; and then
 * freed or on the list of those that are kept. The checker is told who has a page in hand, so that
 * such a page is not taken for a lost one.
 *
 * <h2>How to add to it</h2>
 *
 * <p>A reason to keep a page goes into {@code InactiveList} in the place that it has in
 * shrink_page_list: the order of the tests is part of what is modelled. Another owner of private
 * lists takes its heads from {@code PrivateLists}, isolates through
 * {@link org.gupstress.lru.Isolation}, and says what it has in hand.
 *
 * <h2>Limits</h2>
 *
 * <p>No swap: anonymous pages are activated. No memory cgroups, no slab, one zone. Nobody waits for
 * writeback, and kswapd does not sleep by itself: whoever runs it decides.
 */
@NullMarked
package org.gupstress.reclaim;

import org.jspecify.annotations.NullMarked;
