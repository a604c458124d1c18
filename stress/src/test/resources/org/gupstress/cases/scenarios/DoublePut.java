// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Spec;

/** One pin, given back twice. */
public final class DoublePut extends Spec {
  public DoublePut() {
    super("double-put", "a driver gives its pin back twice");
    boot(mm -> Boot.mapped(mm, 0));
    program((role, rounds, design) -> List.of(gupFast(0, 0), unconvertedPut(0), unpin(0)));
  }
}
