// SPDX-License-Identifier: Apache-2.0
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;

/** Two counters that only grow, and are read in the order that is safe. */
public final class TwinCounts implements PinDesign {
  public String id() { return "twin-counts"; }
  public String summary() { return "pins ever taken and pins ever given back, two counters beside the page"; }
  public int bytesOutsidePage() { return 8; }
  private static long taken(Mm mm, long page) { return mm.ext(page); }
  private static long given(Mm mm, long page) { return mm.ext(page) + 4; }
  public boolean grabSlow(Mm mm, long page) {
    mm.page().get(page, Ref.GUP);
    mm.memory().addFull32(taken(mm, page), 1);
    return true;
  }
  public boolean grabFast(Mm mm, long page) {
    if (!mm.page().getUnlessZero(page, Ref.GUP)) return false;
    mm.memory().addFull32(taken(mm, page), 1);
    return true;
  }
  public void undoGrab(Mm mm, Cpu cpu, long page) { unpin(mm, cpu, page); }
  public void unpin(Mm mm, Cpu cpu, long page) {
    mm.memory().addFull32(given(mm, page), 1);
    mm.lru().release().put(cpu, page, Ref.GUP);
  }
  public int pinCount(Mm mm, long page) {
    int given = mm.memory().readOnce32(given(mm, page));
    mm.memory().rmb();
    int taken = mm.memory().readOnce32(taken(mm, page));
    return taken - given;
  }
  public boolean isPinned(Mm mm, long page) { return pinCount(mm, page) != 0; }
}
