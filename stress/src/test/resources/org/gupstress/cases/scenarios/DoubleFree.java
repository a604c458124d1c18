// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;

/** One page, twice on a free list. */
public final class DoubleFree extends Spec {
  public DoubleFree() {
    super("double-free", "a page on the free list is freed once more");
    cpus(1, 1, 1, 0);
    pages(2);
    boot(mm -> mm.lru().bootFree(mm.cpu(0), mm.page().address(0)));
    program((role, rounds, design) -> List.of(new Operation("free", (mm, cpu) -> mm.lru().release().free(cpu, mm.page().address(0)))));
  }
}
