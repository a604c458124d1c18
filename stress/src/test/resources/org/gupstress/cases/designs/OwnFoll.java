// SPDX-License-Identifier: Apache-2.0
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;

/** What foll-pin does, in a file. */
public final class OwnFoll implements PinDesign {
  private static final int BIAS = 1024;
  public String id() { return "own-foll"; }
  public String summary() { return "a pin is 1024 references"; }
  public int refsPerPin() { return BIAS; }
  public boolean grabSlow(Mm mm, long page) {
    long head = mm.page().compoundHead(page);
    if (!mm.memory().isPositive32(head + PageLayout.REFCOUNT)) return false;
    mm.page().addRefs(head, Ref.GUP, BIAS);
    return true;
  }
  public boolean grabFast(Mm mm, long page) {
    if (mm.memory().readOnce32(page + PageLayout.REFCOUNT) < 0) return false;
    return mm.page().getUnlessZero(page, Ref.GUP, BIAS);
  }
  public void undoGrab(Mm mm, Cpu cpu, long page) { unpin(mm, cpu, page); }
  public void unpin(Mm mm, Cpu cpu, long page) { mm.lru().release().put(cpu, page, Ref.GUP, BIAS); }
  public boolean isPinned(Mm mm, long page) { return Integer.compareUnsigned(mm.memory().readOnce32(page + PageLayout.REFCOUNT), BIAS) >= 0; }
  public int pinCount(Mm mm, long page) { return mm.memory().readOnce32(page + PageLayout.REFCOUNT) / BIAS; }
}
