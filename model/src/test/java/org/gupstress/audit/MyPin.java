// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;

/** One page flag says "pinned". */
public final class MyPin implements PinDesign {
  @Override
  public String id() {
    return "my-pin";
  }

  @Override
  public String summary() {
    return "one page flag, set by pin, cleared by unpin";
  }

  @Override
  public boolean pin(Mm mm, Cpu cpu, long page) {
    mm.page().set(page, PageFlag.PRIVATE_2);
    return true;
  }

  @Override
  public void unpin(Mm mm, Cpu cpu, long page) {
    mm.page().clear(page, PageFlag.PRIVATE_2);
    mm.lru().release().put(cpu, page, Ref.GUP);
  }

  @Override
  public boolean isPinned(Mm mm, long page) {
    return mm.page().test(page, PageFlag.PRIVATE_2);
  }

  @Override
  public int pinCount(Mm mm, long page) {
    return isPinned(mm, page) ? 1 : 0;
  }
}
