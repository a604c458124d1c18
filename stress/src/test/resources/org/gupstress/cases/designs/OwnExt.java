// SPDX-License-Identifier: Apache-2.0
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;

/** What page-ext does, in a file. */
public final class OwnExt implements PinDesign {
  public String id() { return "own-ext"; }
  public String summary() { return "a 32-bit count beside every page"; }
  public int bytesOutsidePage() { return 8; }

  public boolean grabSlow(Mm mm, long page) {
    mm.page().get(page, Ref.GUP);
    mm.memory().addFull32(mm.ext(page), 1);
    return true;
  }
  public boolean grabFast(Mm mm, long page) {
    if (!mm.page().getUnlessZero(page, Ref.GUP)) return false;
    mm.memory().addFull32(mm.ext(page), 1);
    return true;
  }
  public void undoGrab(Mm mm, Cpu cpu, long page) { unpin(mm, cpu, page); }
  public void unpin(Mm mm, Cpu cpu, long page) {
    mm.memory().add32(mm.ext(page), -1);
    mm.lru().release().put(cpu, page, Ref.GUP);
  }
  public boolean isPinned(Mm mm, long page) { return mm.memory().readOnce32(mm.ext(page)) > 0; }
  public int pinCount(Mm mm, long page) { return mm.memory().readOnce32(mm.ext(page)); }
}
