// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;

/** A plain reference over two system calls. */
public final class GetThenPut extends Spec {
  public GetThenPut() {
    super("get-then-put", "a driver takes get_page, and gives it back with put_page: correct");
    cpus(2, 2, 2, 1, 0);
    pages(1);
    boot(mm -> Boot.mapped(mm, 0));
    program((role, rounds, design) -> role == 1
        ? List.of(getPage(0, 0), putPage(0))
        : List.of(gupFast(0, 0), unpin(0)));
    sometimes("both hold it", m -> m.pages().live(0) > 0);
  }

  private static Operation getPage(int page, int register) {
    return new Operation("get_page", (mm, cpu) -> {
      long p = mm.page().address(page);
      mm.page().get(p, Ref.GUP);
      cpu.setRegister(register, p);
    });
  }

  private static Operation putPage(int register) {
    return new Operation("put_page", (mm, cpu) -> {
      mm.lru().release().put(cpu, cpu.register(register), Ref.GUP);
      cpu.setRegister(register, 0);
    });
  }
}
