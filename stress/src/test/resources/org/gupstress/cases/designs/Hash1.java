// SPDX-License-Identifier: Apache-2.0
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;

/** All pages of a node share one count, so a page may look pinned that is not. */
public final class Hash1 implements PinDesign {
  private static final int BUCKETS = 1;
  public String id() { return "hash-one"; }
  public String summary() { return "a small hash table of counts for the node; collisions only say pinned too often"; }
  public int wordsPerCpu() { return BUCKETS; }
  private static long bucket(Mm mm, long page) {
    return mm.ownWord(mm.cpu(0), mm.page().number(page) % BUCKETS);
  }
  public boolean pin(Mm mm, Cpu cpu, long page) { mm.memory().addFull32(bucket(mm, page), 1); return true; }
  public void unpin(Mm mm, Cpu cpu, long page) {
    mm.memory().add32(bucket(mm, page), -1);
    mm.lru().release().put(cpu, page, Ref.GUP);
  }
  public boolean isPinned(Mm mm, long page) { return pinCount(mm, page) > 0; }
  public int pinCount(Mm mm, long page) { return mm.memory().readOnce32(bucket(mm, page)); }
}
