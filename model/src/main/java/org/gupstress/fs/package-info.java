// SPDX-License-Identifier: Apache-2.0
/**
 * The page cache, writeback and truncation, as far as reclaim and pinning meet them.
 *
 * <h2>What it is</h2>
 *
 * <p>{@link org.gupstress.fs.PageCache} reads and dirties pages of files,
 * {@link org.gupstress.fs.AddressSpace} has the slots of a file and its blocks on the disk,
 * {@link org.gupstress.fs.Writeback} cleans and writes, {@link org.gupstress.fs.Truncate} removes.
 * {@link org.gupstress.fs.BioQueue} is the device: what is in it is under writeback until somebody
 * completes it.
 *
 * <p>It follows {@code mm/filemap.c}, {@code mm/page-writeback.c} and {@code mm/truncate.c} of
 * Linux 4.19: {@code model/KERNEL.md} section 10.
 *
 * <h2>What a page contains</h2>
 *
 * <p>A version. A device or a process writes the next one; writing back copies it to the block. A
 * write is lost if the page is clean and its version is not that of its block. A page with buffers
 * has a reference for them; reclaim drops it before it looks at who else holds the page.
 *
 * <h2>How to add to it</h2>
 *
 * <p>A way out of the cache goes into {@code Truncate}; a way in, into {@code PageCache}. Both
 * change slot, mapping and index under the i_pages lock. The package must not use {@code gup}: a
 * test says so. What a file system needs to know of pins comes through the hooks of a design.
 *
 * <h2>Limits</h2>
 *
 * <p>Reading a block completes at once. A slot is a word, not a tree; there is no RCU. No
 * read-ahead, no dirty limits, no errors of a device, no write of less than a page.
 */
@NullMarked
package org.gupstress.fs;

import org.jspecify.annotations.NullMarked;
