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
