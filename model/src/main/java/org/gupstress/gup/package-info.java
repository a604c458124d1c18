// SPDX-License-Identifier: Apache-2.0
/**
 * get_user_pages, slow and fast, and the points of it at which designs act.
 *
 * <h2>What it is</h2>
 *
 * <p>{@link org.gupstress.gup.Gup} gets one page for a driver: by the lockless walk, or under the
 * page table lock, with a fault where there is no page. {@link org.gupstress.gup.Pinning} is what a
 * pin design adds: how many references a pin is, and what is done once the page is held.
 *
 * <p>It follows {@code mm/gup.c} of Linux 4.19: {@code model/KERNEL.md} section 8. Where the
 * machine has processes, {@code FastGup} and {@code SlowGup} walk their tables as any release from
 * 4.19 to 6.18 does, by its switches: section 18.5. FOLL_GET takes a reference there, of which no
 * design knows.
 *
 * <h2>How a caller uses it</h2>
 *
 * <p>The page goes to a register of the {@link org.gupstress.memory.Cpu}, from which a later
 * operation takes it to unpin it. A register with 0 means that the call failed, which a design may
 * cause by refusing the pin; gup then has it undo its grab.
 *
 * <h2>How to add to it</h2>
 *
 * <p>A further step of get_user_pages, such as a re-check, is added to {@code Gup} in the place
 * where Linux has it. What only one design does belongs in the design: add a method to
 * {@code Pinning} whose default does nothing.
 *
 * <h2>Limits</h2>
 *
 * <p>One page a call. FOLL_WRITE, FOLL_LONGTERM for designs that ask for it, and of processes
 * FOLL_GET and FOLL_FORCE; no other flag. Of the upper levels of the page table there is the pmd,
 * in scenarios that are about it. Whether a split beside gup_fast waits for the walk is a switch of
 * the kernel ({@link org.gupstress.page.Switch}).
 */
@NullMarked
package org.gupstress.gup;

import org.jspecify.annotations.NullMarked;
