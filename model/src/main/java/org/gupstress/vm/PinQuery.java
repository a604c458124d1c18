// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

/** folio_maybe_dma_pinned, as the kernel asks a pin design before it shares a page. */
@FunctionalInterface
public interface PinQuery {
  /** Whether the page may be pinned; the caller has a reference to it. */
  boolean maybePinned(long page);
}
