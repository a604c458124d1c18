// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Reductions;
import org.gupstress.explore.Replay;
import org.gupstress.explore.Result;
import org.gupstress.explore.Runs;
import org.gupstress.explore.Token;
import org.gupstress.explore.Verdict;
import org.gupstress.page.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The three postings of 2018 do what the catalogue of races says, each harm with a counterexample
 * that replays. They are the negative controls of the tool.
 */
class Broken2018Test {
  @ParameterizedTest(name = "{0}: {1} in {2} on a {3} kernel does {4}")
  @CsvSource({
    "R-01, rfc-oct, pin-unpin, PRODUCTION, STRANDED",
    "R-01, rfc-oct, pin-unpin, DEBUG, STRANDED",
    "R-02, rfc-oct, fault-pin-unpin, PRODUCTION, PIN_UNCOUNTED",
    "R-02, rfc-oct, fault-pin-unpin, DEBUG, PIN_UNCOUNTED",
    "R-03, rfc-oct, fault-pin-unpin, PRODUCTION, VIEW_CONFUSED",
    "R-03, rfc-oct, fault-pin-unpin, DEBUG, ASSERTION",
    "R-04, rfc-oct, uncounted-then-counted, PRODUCTION, PIN_RELEASED",
    "R-04, rfc-oct, uncounted-then-counted, DEBUG, PIN_RELEASED",
    "R-05, rfc-nov, pin-vs-reclaim, PRODUCTION, LINK_OVERWRITTEN",
    "R-06, rfc-nov, pin-vs-reclaim, PRODUCTION, PIN_ERASED_IN_HAND",
    "R-07, rfc-nov, pin-vs-drain, PRODUCTION, STRANDED",
    "R-07, rfc-nov, pin-vs-drain, PRODUCTION, PIN_OVERWRITTEN",
    "R-07, rfc-nov, pin-vs-drain, PRODUCTION, LINK_OVERWRITTEN",
    "R-08, rfc-nov, fault-pin-unpin, PRODUCTION, STRANDED",
    "R-09, rfc-nov, repin-before-drain, PRODUCTION, STRANDED",
    "R-10, rfc-nov, unconverted-put, PRODUCTION, REF_LEAKED",
    "R-12, rfc-oct, unconverted-put, PRODUCTION, FREED_IN_PIN_STATE",
    "R-12, rfc-oct, unconverted-put, PRODUCTION, UNPIN_AFTER_FREE",
    "R-13, rfc-oct, pin-active-page, PRODUCTION, ACTIVE_LOST",
    "R-13, rfc-oct, pin-active-page, PRODUCTION, UNEVICTABLE_LOST",
    "R-30, rfc-nov, pin-active-page, PRODUCTION, DISCRIMINATOR_SET",
    "R-14, rfc-nov, unpin-in-interrupt, PRODUCTION, DEADLOCK",
    "R-18, rfc-oct, pin-device-page, PRODUCTION, VIEW_CONFUSED",
    "R-18, rfc-nov, pin-device-page, PRODUCTION, WILD_POINTER",
    "R-18, rfc-nov, pin-hugetlb-page, PRODUCTION, LINK_OVERWRITTEN",
    "R-18, rfc-nov, pin-hugetlb-page, DEBUG, STRANDED",
    "R-19, rfc-oct, pin-zero-page, PRODUCTION, PIN_UNCOUNTED",
    "R-22, rfc-oct, split-after-unpin, PRODUCTION, STRANDED",
    "R-16, rfc-nov, memcg-charge-vs-pin, PRODUCTION, PIN_OVERWRITTEN",
    "R-16, rfc-nov, memcg-charge-vs-pin, DEBUG, ASSERTION",
    "R-17, rfc-nov, split-after-unpin, DEBUG, ASSERTION",
    "R-20, get-page, writeback-vs-dma, PRODUCTION, NO_BUFFERS",
    "R-20, foll-pin, writeback-vs-dma, PRODUCTION, NO_BUFFERS",
    "R-23, rfc-oct, migrate-unpinned, PRODUCTION, NOT_MOVED",
    "R-24, rfc-oct, isolated-accounting, PRODUCTION, ACCOUNTING",
    "R-24, rfc-fixed, isolated-accounting, PRODUCTION, ACCOUNTING",
    "R-25, rfc-oct, mlock-pinned, PRODUCTION, UNEVICTABLE_LOST",
    "R-26, rfc-jul, july-abba, PRODUCTION, DEADLOCK",
    "R-26, rfc-jul, truncate-pinned, PRODUCTION, PIN_RELEASED",
    "G-03, page-ext, unpin-without-dirtying, PRODUCTION, LOST_WRITE",
    "R-17, rfc-nov, truncate-pinned, DEBUG, ASSERTION"
  })
  void theHarmIsFoundAndItsTokenReplays(
      String race, String design, String scenario, Kernel.Config config, Harm harm) {
    Kernel kernel = Kernel.of(config);
    Result result = Runs.explored(design, scenario, kernel);
    Result.Violation violation = result.violations().get(harm);
    assertThat(violation)
        .as(race + ": " + harm + " among " + result.violations())
        .isNotNull();
    assertThat(result.stopped()).isNull();
    assertThat(result.verdict(harm.claim())).isEqualTo(Verdict.VIOLATED);
    assertThat(violation.share()).isGreaterThan(0).isLessThanOrEqualTo(1);
    assertThat(Runs.replayed(result.plan(), violation)).contains(harm);
    assertThat(Token.parse(violation.token().toString()).stamp())
        .isEqualTo(Replay.stamp(result.plan(), Reductions.ALL, violation.token().schedule()));
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource({
    "rfc-oct, pin-unpin, STRANDED",
    "rfc-oct, fault-pin-unpin, PIN_UNCOUNTED",
    "rfc-nov, fault-pin-unpin, STRANDED",
    "rfc-nov, repin-before-drain, STRANDED",
    "rfc-oct, pin-device-page, PIN_UNCOUNTED",
    "rfc-oct, pin-hugetlb-page, PIN_UNCOUNTED",
    "rfc-nov, pin-hugetlb-page, LINK_OVERWRITTEN",
    "rfc-oct, pin-zero-page, PIN_UNCOUNTED",
    "rfc-oct, split-after-unpin, STRANDED"
  })
  void whatIsDeterministicHappensInEveryInterleavingAndNeedsNoPreemption(
      String design, String scenario, Harm harm) {
    Result.Violation violation =
        Runs.explored(design, scenario, Kernel.PRODUCTION).violations().get(harm);
    // a sum of doubles
    assertThat(violation.share()).isCloseTo(1, within(4 * Math.ulp(1.0)));
    assertThat(violation.preemptions()).isZero();
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource({
    "rfc-nov, pin-vs-drain, PIN_OVERWRITTEN",
    "rfc-nov, pin-vs-drain, LINK_OVERWRITTEN",
    "rfc-nov, pin-vs-reclaim, PIN_OVERWRITTEN",
    "rfc-nov, unpin-in-interrupt, DEADLOCK",
    "rfc-nov, pin-device-page, WILD_POINTER",
    "rfc-oct, memcg-charge-vs-pin, PIN_UNCOUNTED",
    "rfc-nov, memcg-charge-vs-pin, PIN_OVERWRITTEN",
    "rfc-jul, july-abba, DEADLOCK"
  })
  void whatIsARaceNeedsAPreemptionAndDoesNotAlwaysHappen(
      String design, String scenario, Harm harm) {
    Result.Violation violation =
        Runs.explored(design, scenario, Kernel.PRODUCTION).violations().get(harm);
    assertThat(violation.share()).isBetween(Double.MIN_VALUE, Math.nextDown(1.0));
    assertThat(violation.preemptions()).isPositive();
  }

  @Test
  void theNovemberBitMistakeIsFoundByTheToolWithTheBitInTheText() {
    Result result = Runs.explored("rfc-nov", "pin-active-page", Kernel.PRODUCTION);
    assertThat(result.violations().get(Harm.DISCRIMINATOR_SET).text())
        .contains("has 0x10 set, which the design reads as its flag on any page");
  }

  /** What November repaired of October stays repaired: the list above is not of all harms. */
  @Test
  void theHarmsOfOnePostingAreNotThoseOfTheOther() {
    assertThat(Runs.explored("rfc-nov", "pin-unpin", Kernel.PRODUCTION).violations())
        .doesNotContainKey(Harm.STRANDED);
    assertThat(Runs.explored("rfc-nov", "fault-pin-unpin", Kernel.PRODUCTION)
            .verdict(Claim.PIN_COUNTED))
        .isEqualTo(Verdict.HOLDS);
    assertThat(Runs.explored("rfc-oct", "pin-active-page", Kernel.PRODUCTION).violations())
        .doesNotContainKey(Harm.DISCRIMINATOR_SET);
  }
}
