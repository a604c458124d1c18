// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.design.Mm;
import org.gupstress.page.PageFlag;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.gupstress.vm.Vma;

/** The end of a writeback looks at a page that it has let go. */
public final class LatePageTouch extends Spec {
  public LatePageTouch() {
    super("late-page-touch", "the end of writeback wakes waiters of a page that truncation frees, and a fault has next");
    cpus(2, 2, 2, 1, 0);
    space(new Mm.Space(List.of(Vma.shared(0, 1, 0, 0), Vma.anonymous(1, 1)), 2, 1, 1, false, 1));
    boot(mm -> {
      Boot.written(mm, 0);
      mm.writeback().writePage(mm.cpu(0), 0, 0, false);
      mm.page().set(mm.page().address(0), PageFlag.WAITERS);
    });
    program((role, rounds, design) -> role == 1
        ? List.of(endIo(0))
        : List.of(truncate(0), drain(), fault(1)));
    writing();
    sometimes("the page was free while it was touched", m -> "end_io".equals(m.running(0)) && m.pages().isFree(0));
    sometimes("it had a new owner", m -> "end_io".equals(m.running(0)) && m.mm().pageTable().readPte(1) != 0);
  }

  private static Operation endIo(int page) {
    return new Operation("end_io", (mm, cpu) -> {
      long p = mm.page().address(page);
      mm.writeback().complete(cpu);
      if (mm.page().test(p, PageFlag.WAITERS)) {
        mm.page().clear(p, PageFlag.WAITERS);
      }
    });
  }
}
