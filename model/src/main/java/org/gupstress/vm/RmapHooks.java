// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

/** Where a pin design changes reverse-map walks. The defaults are 4.19 unchanged. */
public interface RmapHooks {
  /** At the start of try_to_unmap: false leaves the page mapped. */
  default boolean mayUnmap(long page) {
    return true;
  }

  /**
   * At the start of page_mkclean: false skips the page.
   *
   * @param sync whether the caller must write the page (WB_SYNC_ALL), and would rather wait
   */
  default boolean beginMkclean(long page, boolean sync) {
    return true;
  }

  /** At the end of page_mkclean, if it began. */
  default void endMkclean() {}
}
