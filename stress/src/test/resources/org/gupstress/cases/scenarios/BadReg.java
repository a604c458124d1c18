// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Spec;

/** A register that no CPU has. */
public final class BadReg extends Spec {
  public BadReg() {
    super("bad-reg", "register 9");
    boot(mm -> Boot.mapped(mm, 0));
    program((role, rounds, design) -> List.of(gupFast(0, 9), unpin(9)));
  }
}
