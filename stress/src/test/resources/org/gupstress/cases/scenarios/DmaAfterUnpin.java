// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Conditions.register;
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.memory.Note;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;

/** The device is slower than the driver that gives its pin back. */
public final class DmaAfterUnpin extends Spec {
  public DmaAfterUnpin() {
    super("dma-after-unpin", "the pin is given back before the device is done; the page is freed and used anew");
    cpus(2, 2, 2, 1, 0);
    pages(2);
    boot(mm -> Boot.anonymous(mm, 0));
    program((role, rounds, design) -> role == 1
        ? List.of(gupWrite(0, 0), unpinTooEarly(0), dma(0))
        : List.of(unmap(0), fault(1)));
    sometimes("the device is still to write to the page, which has a new owner",
        m -> register(m, 0, 0) != 0 && m.pages().live(0) == 0 && m.mm().pageTable().maps(1, m.mm().page().address(0))
            && m.mm().memory().read32(m.mm().page().content(m.mm().page().address(0))) == 0);
    outcome(mm -> mm.pageTable().maps(1, mm.page().address(0))
        && mm.memory().read32(mm.page().content(mm.page().address(0))) != 0 ? "new owner's page written" : "other");
  }

    private static Operation unpinTooEarly(int register) {
    return new Operation("unpin", (mm, cpu) -> {
      long page = cpu.register(register);
      if (page != 0) {
        mm.memory().note(Note.PIN_RELEASE, page, register);
        mm.unpin(cpu, page);
      }
    });
  }
}
