// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Spec;

/** A page and a pte that are not there. */
public final class NoCpus extends Spec {
  public NoCpus() {
    super("no-cpus", "two roles, and only one CPU since cpus() is not called");
    boot(mm -> Boot.mapped(mm, 3));
    program((role, rounds, design) -> List.of(gupFast(7, 0), unpin(0)));
  }
}
