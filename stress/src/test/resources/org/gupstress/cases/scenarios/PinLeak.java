// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;

/** The error path forgets the page that it has got. */
public final class PinLeak extends Spec {
  public PinLeak() {
    super("pin-leak", "of two pages one cannot be pinned: the driver returns an error, and keeps the other");
    cpus(2, 2, 2, 1, 0);
    pages(2);
    boot(mm -> {
      Boot.anonymous(mm, 0);
      Boot.anonymous(mm, 1);
    });
    program((role, rounds, design) -> role == 1
        ? List.of(gupFast(0, 0), gupFast(1, 1), driver())
        : List.of(unmap(1), signal()));
    sometimes("the second page could not be pinned", m -> m.running(0) != null && m.running(0).equals("driver"));
  }

  private static Operation driver() {
    return new Operation("driver", (mm, cpu) -> {
      if (cpu.register(0) != 0 && cpu.register(1) != 0) {
        unpin(0).body().run(mm, cpu);
        unpin(1).body().run(mm, cpu);
      } else {
        cpu.setRegister(0, 0);
        cpu.setRegister(1, 0);
      }
    });
  }
}
