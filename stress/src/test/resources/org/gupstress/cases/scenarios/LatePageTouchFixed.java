// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.design.Mm;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.gupstress.vm.Vma;

/** The end of a writeback holds the page until it has looked. */
public final class LatePageTouchFixed extends Spec {
  public LatePageTouchFixed() {
    super("late-page-touch-fixed", "the end of writeback holds the page while it wakes waiters");
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
    sometimes("truncated while it was touched", m -> "end_io".equals(m.running(0)) && m.mm().addressSpace().pageAt(0) == 0);
  }

  private static Operation endIo(int page) {
    return new Operation("end_io", (mm, cpu) -> {
      long p = mm.page().address(page);
      mm.page().get(p, Ref.LOOKUP);
      mm.writeback().complete(cpu);
      if (mm.page().test(p, PageFlag.WAITERS)) {
        mm.page().clear(p, PageFlag.WAITERS);
      }
      mm.lru().release().put(cpu, p, Ref.LOOKUP);
    });
  }
}
