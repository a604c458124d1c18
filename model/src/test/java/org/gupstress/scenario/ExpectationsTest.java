// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Result;
import org.gupstress.explore.Runs;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped design does in every scenario what it is expected to do, no more and no less. */
class ExpectationsTest {
  /** On all processors; each run is kept for the tests. */
  @BeforeAll
  static void exploreAll() {
    runs()
        .parallel()
        .map(Arguments::get)
        .forEach(run -> Runs.explored((String) run[0], (String) run[1], (Kernel) run[2]));
  }

  static Stream<Arguments> runs() {
    List<Arguments> runs = new ArrayList<>();
    for (PinDesign design : Designs.all()) {
      for (Scenario scenario : Catalogue.all()) {
        for (Kernel kernel : Kernel.usual()) {
          runs.add(Arguments.of(design.id(), scenario.id(), kernel));
        }
      }
    }
    return runs.stream();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void theHarmsAreThoseThatAreExpected(String design, String scenario, Kernel kernel) {
    Result result = Runs.explored(design, scenario, kernel);
    Set<Harm> expected = Expectations.harms(design, scenario, kernel);
    assertThat(result.violations().keySet()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(result.stopped()).isNull();
    for (Harm harm : expected) {
      assertThat(Expectations.causes(design, scenario, kernel, harm))
          .as(harm.name())
          .isNotEmpty();
    }
  }

  /** What an engine can show is derived from what scenarios declare, so they must declare it. */
  @Test
  void aScenarioDeclaresWhatItsProgramsDo() {
    for (Scenario scenario : Catalogue.all()) {
      assertThat(scenario.load().contains(Load.UNCONVERTED_PUTS))
          .as(scenario.id())
          .isEqualTo(runs(scenario, "put_page"));
      assertThat(scenario.load().contains(Load.UNCONVERTED_PUTS)
              || scenario.load().contains(Load.UNDIRTIED_DMA))
          .as(scenario.id() + ": who is to blame for it")
          .isEqualTo(!scenario.misbehaving().isEmpty());
      assertThat(scenario.load().contains(Load.MEMCG_CHARGES))
          .as(scenario.id())
          .isEqualTo(runs(scenario, "charge"));
      assertThat(scenario.load().contains(Load.INTERRUPTS))
          .as(scenario.id())
          .isEqualTo(!scenario.interrupts(0).isEmpty());
      assertThat(scenario.load().contains(Load.HUGE_PAGES))
          .as(scenario.id())
          .isEqualTo(scenario.shape(1).kinds().contains(PageKind.HUGE));
    }
  }

  private static boolean runs(Scenario scenario, String operation) {
    return IntStream.range(0, scenario.cpus().usual())
        .mapToObj(cpu ->
            scenario.program(scenario.role(cpu), scenario.rounds().usual(), Designs.UNPATCHED))
        .flatMap(List::stream)
        .anyMatch(one -> one.name().equals(operation));
  }

  @Test
  void theControlsAreTheDesignsThatBreakAClaimByTheirOwnProtocol() {
    assertThat(Designs.all().stream().filter(PinDesign::isNegativeControl).map(PinDesign::id))
        .containsExactly("rfc-jul", "rfc-oct", "rfc-nov");
    assertThat(Designs.isNegativeControl("mine")).isFalse();
    for (PinDesign design : Designs.all()) {
      assertThat(Expectations.harms(design.id(), "pin-active-page", Kernel.PRODUCTION)
              .isEmpty())
          .as(design.id())
          .isEqualTo(!design.isNegativeControl());
    }
  }

  @Test
  void nothingIsExpectedOfADesignThatNobodyKnows() {
    assertThat(Expectations.knows("mine")).isFalse();
    assertThat(Expectations.harms("mine", "pin-unpin", Kernel.DEBUG)).isEmpty();
    for (PinDesign design : Designs.all()) {
      assertThat(Expectations.knows(design.id())).isTrue();
    }
    assertThat(Expectations.causes("rfc-oct", "pin-unpin", Kernel.DEBUG, Harm.NOT_RECLAIMED))
        .isEmpty();
  }
}
