// SPDX-License-Identifier: Apache-2.0
/**
 * struct page: its 64 bytes and their union, flags, references and the reasons for them.
 *
 * <h2>What it is</h2>
 *
 * <p>{@link org.gupstress.page.PageLayout} draws the 64 bytes; the first two words behind the flags
 * are the union on which everything here turns. {@link org.gupstress.page.Page} has the reference
 * primitives. A page is the address of its struct page: there is no object for it.
 *
 * <p>It follows {@code include/linux/mm_types.h}, {@code mm.h}, {@code page_ref.h} and
 * {@code page-flags.h}, and {@code kernel/memremap.c} for the pages of devices, of Linux 4.19:
 * {@code model/KERNEL.md} sections 1 and 3.
 *
 * <h2>References and their reasons</h2>
 *
 * <p>Every get and put names its {@link org.gupstress.page.Ref}: page cache, pte, pagevec,
 * isolation, get_user_pages. The name goes to the checker's ledger with the same access, and costs
 * no step. That is how a leak can be told as "expected 1 (page cache), found 3".
 * {@link org.gupstress.page.Site} names the function where several take the same kind.
 *
 * <h2>How to add to it</h2>
 *
 * <ul>
 *   <li>A reason for references: a constant of {@code Ref}, with who takes it and who must drop it,
 *       and a row in {@code KERNEL.md} section 3.1.
 *   <li>A field: an offset in {@code PageLayout}, in its drawing as well; a test compares the two.
 *   <li>A kind of page: a constant of {@link org.gupstress.page.PageKind}. Scenarios declare which
 *       kinds their machines have, and code asks for no others, so that a machine without huge
 *       pages makes no access for them.
 * </ul>
 *
 * <h2>Limits</h2>
 *
 * <p>Compound pages have one tail. What a page contains is a version number, enough to see that a
 * write was lost.
 */
@NullMarked
package org.gupstress.page;

import org.jspecify.annotations.NullMarked;
