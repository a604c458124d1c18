// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.memory.Memory;
import org.gupstress.memory.MemoryModel;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kernel code where stores wait in buffers. That the models are right is for litmus tests; here,
 * what follows for claims, counterexamples and tokens.
 */
class WeakMemoryTest {
  /** Each CPU raises its flag and looks at the other's: one of them must see the other. */
  private static Scenario dekker(Consumer<Memory> between) {
    return Spec.named("dekker", "two CPUs that raise a flag and look")
        .cpus(2, 2, 2, 0, 1)
        .pages(2)
        .program((role, rounds, design) ->
            List.of(new Operation("enter", Operation.Kind.SCENERY, (mm, cpu) -> {
              long own = mm.page().content(mm.page().address(role));
              long other = mm.page().content(mm.page().address(1 - role));
              mm.memory().writeOnce32(own, 1);
              between.accept(mm.memory());
              cpu.setRegister(0, mm.memory().readOnce32(other));
            })))
        .duty(
            Harm.LOST_WRITE,
            "one of them saw the other's flag",
            moment -> moment.mm().cpu(0).register(0) + moment.mm().cpu(1).register(0) > 0);
  }

  private static Result explore(Scenario scenario, MemoryModel model) {
    Plan plan = Plan.usual(Designs.all().get(0), scenario, Kernel.PRODUCTION).withMemory(model);
    return Explorer.explore(plan, Options.DEFAULT);
  }

  @Test
  void aStoreThatWaitsIsFoundUnderTsoAlone() {
    Scenario scenario = dekker(memory -> {});
    assertThat(explore(scenario, MemoryModel.SC).violations()).isEmpty();
    Result tso = explore(scenario, MemoryModel.TSO);
    assertThat(tso.violations()).containsOnlyKeys(Harm.LOST_WRITE);
    Token token = Objects.requireNonNull(tso.violations().get(Harm.LOST_WRITE).token());
    assertThat(token.toString()).contains("/2x1-tso#");
    assertThat(Token.parse(token.toString())).isEqualTo(token);
    Trace trace = Replay.run(tso.plan(), Reductions.ALL, token.schedule());
    assertThat(trace.steps().stream().map(step -> step.text(trace.names())))
        .anyMatch(text -> text.endsWith("(in the store buffer)"))
        .anyMatch(text -> text.endsWith("becomes visible"));
    assertThat(trace.conclusion()).isNotEmpty();
  }

  @Test
  void aFullBarrierBetweenStoreAndLoadMendsIt() {
    assertThat(explore(dekker(Memory::mb), MemoryModel.TSO).violations()).isEmpty();
    assertThat(explore(dekker(Memory::wmb), MemoryModel.TSO).violations()).isNotEmpty();
  }

  /** What sound designs and 4.19 do on x86 is no worse than under sequential consistency. */
  @ParameterizedTest
  @CsvSource({
    "foll-pin, pin-unpin",
    "page-ext, pin-unpin",
    "rfc-fixed, pin-unpin",
    "get-page, fast-gup-vs-unmap",
    "foll-pin, pin-vs-drain",
    "foll-pin, read-vs-shrink",
    "rfc-nov, pin-vs-drain",
    "rfc-oct, pin-unpin"
  })
  void underTsoTheSameHarmsAreDone(String design, String scenario) {
    Plan plan = Plan.usual(
        Designs.all().stream().filter(d -> d.id().equals(design)).findFirst().orElseThrow(),
        Catalogue.all().stream()
            .filter(s -> s.id().equals(scenario))
            .findFirst()
            .orElseThrow(),
        Kernel.PRODUCTION);
    Result sc = Explorer.explore(plan, Options.DEFAULT);
    Result tso = Explorer.explore(plan.withMemory(MemoryModel.TSO), Options.DEFAULT);
    assertThat(tso.stopped()).isNull();
    assertThat(tso.violations().keySet()).isEqualTo(sc.violations().keySet());
  }

  /** Stores wait, and still count among the accesses of their operation. */
  @Test
  void whoStoresForEverIsFoundToo() {
    Scenario scenario = Spec.named("stores", "a CPU that stores for ever")
        .program((role, rounds, design) ->
            List.of(new Operation("store", Operation.Kind.SCENERY, (mm, cpu) -> {
              for (int i = 0; ; i++) {
                mm.memory().writeOnce32(mm.page().content(mm.page().address(0)), i);
              }
            })));
    for (MemoryModel model : List.of(MemoryModel.SC, MemoryModel.TSO)) {
      assertThat(explore(scenario, model).violations()).containsKey(Harm.ENDLESS);
    }
  }
}
