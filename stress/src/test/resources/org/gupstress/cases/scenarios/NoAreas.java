// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.design.Mm;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Spec;

/** A fault where no memory is mapped. */
public final class NoAreas extends Spec {
  public NoAreas() {
    super("no-areas", "a space without areas");
    cpus(2, 2, 2, 1, 0);
    space(new Mm.Space(List.of(), 1, 1, 1, false, 1));
    boot(mm -> Boot.anonymous(mm, 0));
    program((role, rounds, design) -> role == 1 ? List.of(unmap(0), fault(0)) : List.of(gup(0, 0), unpin(0)));
  }
}
