// SPDX-License-Identifier: Apache-2.0
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;

/** A pin takes the lock of the page. */
public final class LockedPin implements PinDesign {
  public String id() { return "locked-pin"; }
  public String summary() { return "a page is pinned under its lock, so that reclaim and writeback see it stable"; }
  public int bytesOutsidePage() { return 8; }
  public boolean pin(Mm mm, Cpu cpu, long page) {
    mm.page().lock(page);
    mm.memory().add32(mm.ext(page), 1);
    mm.page().unlock(page);
    return true;
  }
  public void unpin(Mm mm, Cpu cpu, long page) {
    mm.memory().add32(mm.ext(page), -1);
    mm.lru().release().put(cpu, page, Ref.GUP);
  }
  public boolean isPinned(Mm mm, long page) { return mm.memory().readOnce32(mm.ext(page)) > 0; }
  public int pinCount(Mm mm, long page) { return mm.memory().readOnce32(mm.ext(page)); }
}
