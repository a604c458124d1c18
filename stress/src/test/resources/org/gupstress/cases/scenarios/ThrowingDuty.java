// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Spec;

/** A duty that asks for a CPU that is not there. */
public final class ThrowingDuty extends Spec {
  public ThrowingDuty() {
    super("throwing-duty", "a duty that throws");
    boot(mm -> Boot.mapped(mm, 0));
    program((role, rounds, design) -> List.of(gupFast(0, 0), unpin(0)));
    duty(Harm.LOST_WRITE, "x", m -> m.mm().cpu(5).register(0) == 0);
  }
}
