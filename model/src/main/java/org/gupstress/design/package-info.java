// SPDX-License-Identifier: Apache-2.0
/**
 * The pin designs, each reading as its kernel code does, and the machine that they run on.
 *
 * <p>A {@link org.gupstress.design.PinDesign} says where it keeps what, how a page is pinned and
 * unpinned, how it answers whether a page is pinned, and which existing code it changes: by hooks
 * whose defaults are Linux 4.19. {@link org.gupstress.design.Mm} is that Linux, put together from
 * its parts for one design. {@link org.gupstress.design.Declarations} says what a design must be
 * before it runs.
 *
 * <h2>What a design can change</h2>
 *
 * <ul>
 *   <li>get_user_pages: {@code grabSlow}, {@code grabFast}, {@code undoGrab}, and {@code pin},
 *       which knows FOLL_WRITE and FOLL_LONGTERM and may return another page, as one that moves a
 *       page before it is pinned for long does ({@code mm.migration().migrateAndGet}). Who refuses
 *       a page has left nothing of the attempt: {@code claim.Grabs} looks;
 *   <li>unpin, the query, and what is done later: {@code hasWork} and {@code work}, which scenarios
 *       run on a CPU beside the pins; {@code holds} says that a page off the LRU is in the design's
 *       own hands until then;
 *   <li>a page's life: {@code afterAlloc}, {@code afterCopy} where it is migrated,
 *       {@code beforeSplit} where a tail becomes a page, {@code beforeFree};
 *   <li>the LRU: {@code skipLruAdd}, {@code afterDrain}, {@code beforeRelink};
 *   <li>get_page, put_page, try_to_unmap and page_mkclean.
 * </ul>
 *
 * <p>{@code releases()} says to which releases it is a change; what the kernel of the machine does
 * is in {@code mm.kernel().has(Switch...)}, for a design that does otherwise there.
 *
 * <p>A hook that got a richer form, with the CPU or the flags, keeps its old one, which the default
 * of the new one calls: a design has either.
 *
 * <h2>What a design can keep</h2>
 *
 * <p>Bytes for each page outside it, words for each CPU and each node, locks for each node, an
 * overlay of the union ({@link org.gupstress.design.PinnedUnion}, or any through {@code View.PIN}),
 * the hole of kernels without memory cgroups, and half of {@code page->private} while PG_private is
 * clear. {@link org.gupstress.design.FieldNames} are what traces call all that. What a CPU may only
 * touch while nobody drains it is touched between {@code preemptDisable} and {@code preemptEnable}
 * of the pagevecs.
 *
 * <h2>How to add a design</h2>
 *
 * <ol>
 *   <li>its class, with its id, its sentence, and {@code isNegativeControl()} where it is known to
 *       be broken;
 *   <li>its line in {@link org.gupstress.design.Designs};
 *   <li>what it must be found to do, in the expectations of the scenario package; nothing where it
 *       is sound in all of them.
 * </ol>
 *
 * <p>If it changes code that no design changed before, it needs a hook:
 *
 * <ol start="4">
 *   <li>the hook in {@link org.gupstress.design.PinDesign}, with unpatched Linux as its default;
 *   <li>its kernel-side interface, {@link org.gupstress.lru.PinHooks} or
 *       {@link org.gupstress.vm.RmapHooks}, and {@link org.gupstress.design.Mm}, which passes it
 *       on;
 *   <li>the place in the kernel's code that calls it.
 * </ol>
 *
 * <p>A hook belongs in the template of {@code new}, too; the sources of sound designs are resources
 * of the build, for {@code new --from}: {@code pom.xml} names them.
 *
 * <p>Lists, help texts, court and storms ask {@link org.gupstress.design.Designs}; they name no
 * design.
 *
 * <h2>Limits</h2>
 *
 * <p>A design keeps nothing on the Java heap and waits only through the locks of the model. The
 * benchmarks and the outcome tests name designs in annotations, which Java wants to be constants.
 */
@NullMarked
package org.gupstress.design;

import org.jspecify.annotations.NullMarked;
