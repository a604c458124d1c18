// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;

/** An operation that returns with the page locked. */
public final class PageLockLeft extends Spec {
  public PageLockLeft() {
    super("page-lock-left", "an operation returns with PG_locked set");
    cpus(2, 2, 2, 1, 0);
    boot(mm -> Boot.mapped(mm, 0));
    program((role, rounds, design) -> role == 1
        ? List.of(new Operation("lock", (mm, cpu) -> mm.page().lock(mm.page().address(0))))
        : List.of(gupFast(0, 0), unpin(0)));
  }
}
