// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Conditions.register;
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;

/** A page waits in a pagevec of another CPU when it is to move. */
public final class PagevecDrained extends Spec {
  public PagevecDrained() {
    super("pagevec-drained", "a page that another CPU has just activated is to be moved before it is pinned for long");
    cpus(2, 2, 2, 1, 0);
    pages(2);
    boot(mm -> {
      Boot.mapped(mm, 0);
      mm.lru().bootFree(mm.cpu(1), mm.page().address(1));
    });
    program((role, rounds, design) -> role == 1
        ? List.of(read(0), read(0), signal())
        : List.of(waitForSignal(), drainIfNotOnLru(0), migrate(0, 1)));
    duty(Harm.NOT_MOVED, "page0 has no pins and was not moved", m -> register(m, 1, 1) == 1);
    sometimes("migrate ran", m -> "migrate".equals(m.running(1)));
  }

    static Operation drainIfNotOnLru(int page) {
    return new Operation("drain_if_not_lru", (mm, cpu) -> {
      if (mm.page().references(mm.page().address(page)) != 2) {
        mm.lru().pagevecs().drainAll(cpu);
      }
    });
  }
}
