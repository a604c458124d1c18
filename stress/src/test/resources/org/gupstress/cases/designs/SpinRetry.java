// SPDX-License-Identifier: Apache-2.0
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;

/** lock_page, spelled as a loop of trylock_page. */
public final class SpinRetry implements PinDesign {
  public String id() { return "spin-retry"; }
  public String summary() { return "a pin is one more reference; it spins for PG_locked first"; }

  public boolean pin(Mm mm, Cpu cpu, long page) {
    while (!mm.page().trylock(page)) {
    }
    mm.page().unlock(page);
    return true;
  }

  public void unpin(Mm mm, Cpu cpu, long page) { mm.lru().release().put(cpu, page, Ref.GUP); }
  public boolean unpinsWithPutPage() { return true; }
  public boolean hasQuery() { return false; }
  public boolean isPinned(Mm mm, long page) { return false; }
  public int pinCount(Mm mm, long page) { return 0; }
}
