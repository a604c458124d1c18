// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.storm.Storms.SETUP;
import static org.gupstress.storm.Storms.harm;
import static org.gupstress.storm.Storms.result;

import java.util.Arrays;
import java.util.EnumSet;
import org.gupstress.claim.Harm;
import org.gupstress.storm.StormExpectations.Judgement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known defects are no surprise, anything else is, and so is a control that passes. */
class StormExpectationsTest {
  private static final StormSetup FUTEX = Storms.setup("futex,readtwice");

  private static Judgement judge(String design, HarmCount... harms) {
    return StormExpectations.judge(design, SETUP, result(harms));
  }

  @ParameterizedTest
  @ValueSource(strings = {"get-page", "rfc-fixed", "page-ext", "foll-pin"})
  void aSoundDesignDoesNoHarm(String design) {
    assertThat(judge(design).isSurprised()).isFalse();
    // are no races of the pin protocol
    for (Harm harm :
        EnumSet.complementOf(EnumSet.of(Harm.NO_BUFFERS, Harm.ACCOUNTING, Harm.LATE_TOUCH))) {
      assertThat(judge(design, harm(harm, 1)).unexpected()).as(harm.id()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rfc-jul", "rfc-oct", "rfc-nov"})
  void aControlMustBeCaught(String design) {
    assertThat(judge(design).isMissed()).isTrue();
    assertThat(judge(design, harm(Harm.STRANDED, 1)).isSurprised()).isFalse();
    assertThat(judge(design, harm(Harm.LOST_WRITE, 0.5)).isMissed()).isTrue();
  }

  @Test
  void aControlThatNeverPinsNeedNotBeCaught() {
    StormSetup quiet = Storms.setup("readtwice,truncate");
    assertThat(StormExpectations.judge("rfc-oct", quiet, result()).isSurprised())
        .isFalse();
  }

  @Test
  void afterACorruptionNothingIsUnexpected() {
    HarmCount corruption = harm(Harm.LINK_OVERWRITTEN, 2);
    assertThat(judge("rfc-nov", corruption, harm(Harm.LOCK_LEFT_HELD, 3)).isSurprised())
        .isFalse();
    assertThat(judge("rfc-nov", corruption, harm(Harm.LOCK_LEFT_HELD, 1)).unexpected())
        .containsExactly(harm(Harm.LOCK_LEFT_HELD, 1));
    assertThat(judge("rfc-fixed", corruption, harm(Harm.LOCK_LEFT_HELD, 3)).unexpected())
        .hasSize(2);
  }

  @Test
  void aMachineThatHadToBeStoppedIsUnexpectedAfterACorruptionToo() {
    HarmCount[] harms = {
      harm(Harm.LIST_INCONSISTENT, 2), harm(Harm.LOCK_LEFT_HELD, 3), harm(Harm.DEADLOCK, 4)
    };
    assertThat(judge("rfc-oct", harms).unexpected()).isEmpty();
    assertThat(StormExpectations.judge("rfc-oct", SETUP, Storms.stopped(harms)).unexpected())
        .containsExactly(harm(Harm.DEADLOCK, 4));
    assertThat(StormExpectations.judge("rfc-jul", SETUP, Storms.stopped(harm(Harm.DEADLOCK, 4)))
            .unexpected())
        .isEmpty();
  }

  @Test
  void aLostWriteIsExpectedOfNoDesignBecauseTheDriversDirtyWhatTheyWrote() {
    assertThat(judge("foll-pin", harm(Harm.LOST_WRITE, 0.5)).isSurprised()).isTrue();
    assertThat(StormExpectations.causes("foll-pin", SETUP, Harm.LOST_WRITE.id()))
        .isEmpty();
    assertThat(StormExpectations.causes("foll-pin", SETUP, Harm.NO_BUFFERS.id()))
        .containsExactly("R-20");
  }

  @Test
  void anUnconvertedPutLeaksWhereThereIsOne() {
    for (String design : new String[] {"rfc-fixed", "foll-pin"}) {
      for (Harm harm : new Harm[] {Harm.REF_LEAKED, Harm.NOT_RECLAIMED}) {
        assertThat(StormExpectations.causes(design, FUTEX, harm.id())).containsExactly("R-10");
        assertThat(StormExpectations.causes(design, SETUP, harm.id())).isEmpty();
      }
    }
    assertThat(StormExpectations.causes("page-ext", FUTEX, Harm.FREED_IN_PIN_STATE.id()))
        .containsExactly("R-10");
    assertThat(StormExpectations.causes("get-page", FUTEX, Harm.REF_LEAKED.id()))
        .isEmpty();
  }

  @Test
  void noFutexUnpinsTwice() {
    assertThat(StormExpectations.causes("foll-pin", FUTEX, Harm.FREED_REFERENCED.id()))
        .isEmpty();
  }

  @Test
  void aKnownHarmHasACommandThatShowsIt() {
    assertThat(StormExpectations.counterexample("rfc-oct", SETUP, "stranded"))
        .isEqualTo("explore --design rfc-oct --scenario pin-unpin --trace stranded");
    assertThat(StormExpectations.counterexample("rfc-fixed", SETUP, "stranded")).isNull();
    assertThat(StormExpectations.counterexample("rfc-oct", SETUP, "lost-write")).isNull();
  }

  @Test
  void corruptionIsWhatDamagesTheMemoryOfOthers() {
    assertThat(Arrays.stream(Harm.values()).map(Harm::id).filter(StormExpectations::isCorruption))
        .contains("wild-pointer", "view-torn", "freed-pinned")
        .doesNotContain("stranded", "ref-leaked", "pin-invisible");
    assertThat(StormExpectations.isCorruption(Harm.LOST_WRITE.id())).isFalse();
  }
}
