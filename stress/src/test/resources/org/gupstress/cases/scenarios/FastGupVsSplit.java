// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Conditions.overlap;
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.page.PageKind;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Spec;

/** gup_fast has looked up a head that is none any more. */
public final class FastGupVsSplit extends Spec {
  public FastGupVsSplit() {
    super("fast-gup-vs-split", "gup_fast of a tail page while another CPU splits the huge page");
    cpus(2, 2, 2, 1, 0);
    pages(2);
    kinds(PageKind.HUGE);
    boot(mm -> Boot.huge(mm, 0));
    program((role, rounds, design) -> role == 1
        ? List.of(split(0))
        : List.of(gupFast(1, 0), unpin(0)));
    sometimes("the split overlapped gup_fast", m -> overlap(m, "split", "gup_fast"));
  }
}
