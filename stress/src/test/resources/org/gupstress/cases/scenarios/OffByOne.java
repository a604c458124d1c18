// SPDX-License-Identifier: Apache-2.0
import static org.gupstress.scenario.Programs.*;
import java.util.List;
import org.gupstress.design.Mm;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.gupstress.vm.Vma;

/** The error path gives back one page too few. */
public final class OffByOne extends Spec {
  private static Mm.Space shared(int blocks) { return new Mm.Space(List.of(Vma.shared(0, blocks, 0, 0)), blocks, 1, blocks, false, 2); }
  public OffByOne() {
    super("off-by-one", "a driver pins two pages and its error path gives back n - 1 of them");
    cpus(1, 1, 1, 0); pages(2); boot(mm -> { Boot.anonymous(mm, 0); Boot.anonymous(mm, 1); });
    program((role, rounds, design) -> List.of(gupFast(0, 0), gupFast(1, 1), new Operation("release pages", (mm, cpu) -> {
          int n = 2;
          for (int i = 0; i < n - 1; i++) unpin(i).body().run(mm, cpu);
        }), unmap(0), unmap(1)));
  }
}
