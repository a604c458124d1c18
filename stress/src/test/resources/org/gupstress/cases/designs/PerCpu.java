// SPDX-License-Identifier: Apache-2.0
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;

/** A count for each CPU: the sum is never there at once. */
public final class PerCpu implements PinDesign {
  public String id() { return "per-cpu"; }
  public String summary() { return "every CPU counts the pins that it gives and takes back; the query adds up"; }
  public int wordsPerCpu() { return 8; }
  private static long word(Mm mm, Cpu cpu, long page) { return mm.ownWord(cpu, mm.page().number(page) % 8); }
  private static void count(Mm mm, Cpu cpu, long page, int by) {
    mm.memory().add32(word(mm, cpu, page), by);
  }
  public boolean pin(Mm mm, Cpu cpu, long page) { count(mm, cpu, page, 1); return true; }
  public void unpin(Mm mm, Cpu cpu, long page) {
    count(mm, cpu, page, -1);
    mm.lru().release().put(cpu, page, Ref.GUP);
  }
  public int pinCount(Mm mm, long page) {
    int sum = 0;
    for (int i = 0; i < mm.cpus(); i++) sum += mm.memory().readOnce32(word(mm, mm.cpu(i), page));
    return sum;
  }
  public boolean isPinned(Mm mm, long page) { return pinCount(mm, page) > 0; }
}
