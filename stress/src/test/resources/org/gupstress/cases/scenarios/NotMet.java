// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Spec;

/** A condition that waits for more pins than there are. */
public final class NotMet extends Spec {
  public NotMet() {
    super("not-met", "a condition that is never met");
    boot(mm -> Boot.mapped(mm, 0));
    program((role, rounds, design) -> List.of(gupFast(0, 0), unpin(0)));
    sometimes("never", m -> m.pages().live(0) > 5);
  }
}
