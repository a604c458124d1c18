// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gupstress.memory.View;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;

/**
 * One page at one moment: its fields, and what is known of it beside them.
 *
 * @param page its number
 * @param references outstanding, by reason; reasons without any are left out
 * @param isFree whether the allocator has it
 * @param pins that are held
 * @param list address of the head of the list that it is linked on, or 0
 * @param isInHand whether reclaim works on it, off all lists
 * @param lruNext the first word of the union
 * @param lruPrev the second word of the union
 * @param writers through which view each byte of the two was written last
 */
public record PageFields(
    int page,
    int refcount,
    Map<Ref, Integer> references,
    boolean isFree,
    int pins,
    long list,
    boolean isInHand,
    Set<PageFlag> flags,
    long lruNext,
    long lruPrev,
    List<View> writers) {}
