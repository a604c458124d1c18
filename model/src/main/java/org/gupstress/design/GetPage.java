// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;

/** Linux 4.19: a pin is an ordinary reference. Nothing tells it from a look-up. */
final class GetPage implements PinDesign {
  @Override
  public String id() {
    return "get-page";
  }

  @Override
  public String summary() {
    return "Linux 4.19: a pin is one more reference, and nothing asks";
  }

  @Override
  public void unpin(Mm mm, Cpu cpu, long page) {
    mm.lru().release().put(cpu, page, Ref.GUP);
  }

  @Override
  public boolean unpinsWithPutPage() {
    return true;
  }

  @Override
  public boolean hasQuery() {
    return false;
  }

  @Override
  public boolean isPinned(Mm mm, long page) {
    return false;
  }

  @Override
  public int pinCount(Mm mm, long page) {
    return 0;
  }
}
