// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import org.gupstress.lru.Pagevecs;
import org.gupstress.page.PageFlag;

/** What the conditions of scenarios ask of a moment. */
public final class Conditions {
  private Conditions() {}

  /** Whether the first two CPUs are in the middle of these two operations. */
  public static boolean overlap(Moment m, String one, String other) {
    String first = m.running(0);
    String second = m.running(1);
    return (one.equals(first) && other.equals(second))
        || (one.equals(second) && other.equals(first));
  }

  public static boolean isInPagevec(Moment m, int cpu, int page) {
    return m.mm().lru().pagevecs().contains(cpu, Pagevecs.Kind.LRU_ADD, address(m, page));
  }

  public static long register(Moment m, int cpu, int register) {
    return m.mm().cpu(cpu).register(register);
  }

  public static boolean hasFlag(Moment m, int page, PageFlag flag) {
    return m.mm().page().test(address(m, page), flag);
  }

  /** Whether the page of a block holds something that the disk does not. */
  public static boolean isNewer(Moment m, int number) {
    return m.mm().memory().read32(m.mm().page().content(address(m, number)))
        != m.mm().memory().read32(m.mm().addressSpace().disk(number));
  }

  /** Whether the page is in no slot of the cache. */
  public static boolean isCutLoose(Moment m, int page) {
    return m.mm().addressSpace().holders(address(m, page)) == 0;
  }

  /** Whether somebody has the page on a list of its own. */
  public static boolean isOnPrivateList(Moment m, int page) {
    long head = m.pages().linkedOn(page);
    return head != 0 && !m.mm().lru().node().isHead(head);
  }

  private static long address(Moment m, int page) {
    return m.mm().page().address(page);
  }
}
