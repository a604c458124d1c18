// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

/** Where a pin design changes get_page. The default is 4.19 unchanged. */
@FunctionalInterface
public interface GetHook {
  /** No design: 4.19 as it was. */
  GetHook NONE = head -> {};

  /** At the end of get_page, the reference taken. */
  void afterGet(long head);
}
