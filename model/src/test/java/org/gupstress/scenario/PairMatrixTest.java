// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.gupFast;
import static org.gupstress.scenario.Programs.pin;
import static org.gupstress.scenario.Programs.signal;
import static org.gupstress.scenario.Programs.truncate;
import static org.gupstress.scenario.Programs.unpin;
import static org.gupstress.scenario.Programs.waitForSignal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gupstress.explore.Runs;
import org.junit.jupiter.api.Test;

class PairMatrixTest {
  private static final PairMatrix SHIPPED = of(Catalogue.all());

  private static PairMatrix of(List<Scenario> scenarios) {
    return PairMatrix.of(scenarios, Runs.design("rfc-fixed"));
  }

  @Test
  void theWholePinApiMeetsAllThatHappensToPages() {
    assertThat(SHIPPED.pins())
        .containsExactlyInAnyOrder(
            "gup_fast",
            "gup",
            "unpin",
            "put_user_pages_dirty_lock",
            "put_user_pages_dirty",
            "page_maybe_dma_pinned",
            "put_page");
    assertThat(SHIPPED.others())
        .contains("drain", "mlock", "activate", "deactivate", "rotate", "shrink", "shrink_active")
        .contains("kswapd", "drop_caches", "migrate", "truncate", "invalidate", "writeback")
        .contains("unmap", "write fault", "charge", "gup_fast", "put_page");
  }

  @Test
  void aPairThatNoScenarioHasIsImpossibleAndNoOther() {
    List<String> empty = new ArrayList<>();
    for (String pin : SHIPPED.pins()) {
      for (String other : SHIPPED.others()) {
        boolean covered = !SHIPPED.scenarios(pin, other).isEmpty();
        if (!covered && PairMatrix.impossible(pin, other) == null) {
          empty.add(pin + " and " + other);
        }
      }
    }
    assertThat(empty).isEmpty();
    assertThat(SHIPPED.scenarios("gup_fast", "split")).isEmpty();
  }

  /** The control: without the generated scenarios most of the matrix is empty. */
  @Test
  void whatWasWrittenByHandCoversLess() {
    PairMatrix byHand = of(Catalogue.all().stream().filter(s -> !s.endsAtHarm()).toList());
    assertThat(byHand.scenarios("gup_fast", "truncate"))
        .containsExactly("truncate-pinned", "truncate-under-writeback");
    assertThat(byHand.scenarios("put_page", "truncate")).isEmpty();
    assertThat(byHand.scenarios("unpin", "fsync")).isEmpty();
  }

  /** What is derived: anonymous pages, drains, pagevecs with one slot left, many pins. */
  @Test
  void whatIsGivenIsTriedInOtherForms() {
    List<String> ids = Catalogue.all().stream().map(Scenario::id).toList();
    assertThat(ids)
        .contains("read-vs-mlock", "read-vs-mlock-anon", "last-vs-mlock-anon")
        .contains("brief-vs-mlock-drained", "brief-vs-mlock-full", "many-vs-pin")
        .contains("read-vs-dax", "last-vs-pool", "irq-vs-pool-free")
        .contains("held-vs-balance", "held-vs-shortage", "last-vs-refill", "dirty-vs-congest")
        .doesNotHaveDuplicates();
    for (Disturbance disturbance : Disturbance.all()) {
      assertThat(disturbance.effect()).as(disturbance.id()).isNotNull();
      assertThat(Arrays.stream(Pairs.Use.values()).filter(disturbance::meets))
          .as(disturbance.id())
          .isNotEmpty();
    }
    assertThat(SHIPPED.scenarios("unpin", "balance_pgdat")).contains("held-vs-balance");
    assertThat(SHIPPED.scenarios("gup_fast", "balance_pgdat")).isEmpty();
  }

  @Test
  void whatWaitsForTheOtherDoesNotMeetIt() {
    Scenario ordered = Spec.named("ordered", "")
        .cpus(2, 2, 2, 0, 1)
        .program((role, rounds, design) -> role == 0
            ? List.of(gupFast(0, 0), signal(), unpin(0))
            : List.of(drain(), waitForSignal(), truncate(0)));
    PairMatrix matrix = of(List.of(ordered));
    assertThat(matrix.scenarios("gup_fast", "drain")).containsExactly("ordered");
    assertThat(matrix.scenarios("gup_fast", "truncate")).isEmpty();
    assertThat(matrix.scenarios("unpin", "truncate")).containsExactly("ordered");
  }

  @Test
  void oneCpuMeetsItsInterruptAndNotItself() {
    PairMatrix matrix = of(List.of(Spec.named("alone", "")
        .program((role, rounds, design) -> List.of(gupFast(0, 0), drain(), pin(0, 0)))
        .interrupt(unpin(0))));
    assertThat(matrix.scenarios("unpin", "drain")).containsExactly("alone");
    assertThat(matrix.scenarios("gup_fast", "drain")).isEmpty();
  }
}
