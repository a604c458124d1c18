// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.gupstress.design.Mm;
import org.gupstress.explore.Result;
import org.gupstress.explore.Runs;
import org.gupstress.memory.Cpu;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Programs;
import org.gupstress.scenario.Spec;
import org.gupstress.vm.Vma;

/** Small scenarios, and what exploring them finds. */
final class Found {
  private Found() {}

  /** One CPU and a page of a file that is mapped at pte 0. */
  static Spec alone(Operation... program) {
    return Spec.named("alone", "one CPU")
        .pages(2)
        .boot(mm -> Boot.mapped(mm, 0))
        .program((role, rounds, design) -> List.of(program));
  }

  /** Two CPUs and an anonymous page that is mapped at pte 0. */
  static Spec both(List<Operation> one, List<Operation> other) {
    return Spec.named("both", "two CPUs")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .boot(mm -> Boot.anonymous(mm, 0))
        .program((role, rounds, design) -> role == 0 ? one : other);
  }

  /** A file of one block that is mapped shared, and a page of anonymous memory. */
  static Mm.Space sharedFile() {
    return new Mm.Space(List.of(Vma.shared(0, 1, 0, 0), Vma.anonymous(1, 1)), 2, 1, 1, false, 1);
  }

  static Operation op(String name, Operation.Body body) {
    return new Operation(name, body);
  }

  static long page(Mm mm, int number) {
    return mm.page().address(number);
  }

  /** All of it in one operation. */
  static Operation all(String name, Operation... parts) {
    return op(
        name, (Mm mm, Cpu cpu) -> Arrays.stream(parts).forEach(p -> p.body().run(mm, cpu)));
  }

  /** unpin of what is in a register, which keeps it. */
  static Operation unpinKeeping(int register) {
    return op("unpin", (mm, cpu) -> mm.unpin(cpu, cpu.register(register)));
  }

  static Result run(String design, Spec scenario) {
    return Runs.explore(Runs.design(design), scenario);
  }

  static Set<Harm> in(String design, Spec scenario) {
    return run(design, scenario).violations().keySet();
  }

  static Set<Harm> in(Spec scenario) {
    return in("foll-pin", scenario);
  }

  static String text(Spec scenario, Harm harm) {
    Result.Violation violation = run("foll-pin", scenario).violations().get(harm);
    return violation == null ? "" : violation.text();
  }

  /** Lets another CPU go on and waits until that has answered. */
  static Operation handOver() {
    return op("hand over", (mm, cpu) -> {
      mm.memory().write64(mm.signalWord(), 1);
      mm.memory().waitUntil64(mm.signalWord(), 2, 2);
    });
  }

  static Operation answer() {
    return op("answer", (mm, cpu) -> mm.memory().write64(mm.signalWord(), 3));
  }

  static Operation awaited() {
    return Programs.waitForSignal();
  }
}
