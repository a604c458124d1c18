// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.memory.Note;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a page was stranded is told from its last events, and by storms of the postings. */
class StrandedStoryTest {
  private static final int PAGE = 3;

  private final EventRings rings = new EventRings(8);
  private long nanos;

  private void event(int cpu, StormOperation operation, Note note) {
    rings.add(PAGE, nanos += 1000, cpu, operation, note, 0, 0);
  }

  private void reference(int cpu, StormOperation operation, Ref reason, long amount) {
    rings.add(PAGE, nanos += 1000, cpu, operation, Note.REF, reason.ordinal(), amount);
  }

  private StrandedStory story() {
    return StrandedStory.of(rings.moves(PAGE));
  }

  private List<String> told() {
    return story().steps().stream().map(step -> step.cpu() + " " + step.text()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 127, 128, 255, 256, 257, 1000, 16_383})
  void anEventNamesItsCpu(int cpu) {
    reference(cpu, StormOperation.WORK, Ref.OWNER, -1);
    event(cpu, StormOperation.of(StormOperation.values().length - 1), Note.MIGHT_SLEEP);
    assertThat(rings.of(PAGE))
        .containsExactly(
            new EventRings.Event(1000, cpu, StormOperation.WORK, Note.REF, Ref.OWNER, false),
            new EventRings.Event(
                2000,
                cpu,
                StormOperation.of(StormOperation.values().length - 1),
                Note.MIGHT_SLEEP,
                Ref.ALLOC,
                false));
  }

  private void fault() {
    event(0, StormOperation.MMAP_CHURN, Note.ALLOCATED);
    reference(0, StormOperation.MMAP_CHURN, Ref.PVADD, 1);
  }

  private void drain(boolean adds) {
    if (adds) {
      event(0, StormOperation.READ, Note.LIST_ADD);
    }
    reference(0, StormOperation.READ, Ref.PVADD, -1);
  }

  @Test
  void aPinThatTookItOffIsNotMadeUpForByTheUnpin() {
    fault();
    drain(true);
    reference(300, StormOperation.DIO_SUBMIT, Ref.GUP, 1);
    reference(300, StormOperation.DIO_SUBMIT, Ref.ISO, 1);
    event(300, StormOperation.DIO_SUBMIT, Note.LIST_DEL);
    reference(300, StormOperation.DIO_SUBMIT, Ref.ISO, -1);
    event(300, StormOperation.DIO_SUBMIT, Note.PIN_HELD);
    event(4, StormOperation.DIO_COMPLETE, Note.PIN_RELEASE);
    reference(4, StormOperation.DIO_COMPLETE, Ref.GUP, -1);
    assertThat(story().way()).isEqualTo(StrandedWay.PIN);
    assertThat(told())
        .containsExactly(
            "300 dio-submit: takes it off its LRU and pins it",
            "4 dio-complete: unpins it and puts it on no list");
  }

  @Test
  void aDrainThatPassesItOverIsNotMadeUpFor() {
    fault();
    event(1, StormOperation.DIO_SUBMIT, Note.PIN_HELD);
    drain(false);
    event(4, StormOperation.DIO_COMPLETE, Note.PIN_RELEASE);
    assertThat(story().way()).isEqualTo(StrandedWay.DRAIN);
    assertThat(told())
        .containsExactly(
            "1 dio-submit: pins it",
            "0 read: drains the pagevec and passes it over",
            "4 dio-complete: unpins it and puts it on no list");
  }

  /** The control: with the list_add of the drain nothing was missed. */
  @Test
  void aDrainThatAddsItMissesNothing() {
    fault();
    event(1, StormOperation.DIO_SUBMIT, Note.PIN_HELD);
    drain(true);
    event(4, StormOperation.DIO_COMPLETE, Note.PIN_RELEASE);
    assertThat(story().way()).isEqualTo(StrandedWay.OTHER);
    assertThat(story().steps()).isEmpty();
  }

  @Test
  void aPutbackThatPassesItOverIsNotMadeUpFor() {
    fault();
    drain(true);
    reference(2, StormOperation.KSWAPD, Ref.ISO, 1);
    event(2, StormOperation.KSWAPD, Note.LIST_DEL);
    event(1, StormOperation.DIO_SUBMIT, Note.PIN_HELD);
    reference(2, StormOperation.KSWAPD, Ref.ISO, -1);
    event(4, StormOperation.DIO_COMPLETE, Note.PIN_RELEASE);
    assertThat(story().way()).isEqualTo(StrandedWay.PUTBACK);
    assertThat(told()).contains("2 kswapd: ends its isolation and passes it over");
  }

  @Test
  void manyPinsAndReferencesAfterwardsPushOutNothing() {
    fault();
    event(1, StormOperation.DIO_SUBMIT, Note.PIN_HELD);
    drain(false);
    for (int i = 0; i < 100; i++) {
      reference(4, StormOperation.FLUSH, Ref.LOOKUP, 1 - 2 * (i % 2));
      event(4, StormOperation.DIO_COMPLETE, Note.PIN_RELEASE);
      event(1, StormOperation.DIO_SUBMIT, Note.PIN_HELD);
    }
    event(5, StormOperation.DIO_COMPLETE, Note.PIN_RELEASE);
    assertThat(story().way()).isEqualTo(StrandedWay.DRAIN);
    assertThat(told()).hasSize(3);
    assertThat(rings.of(PAGE)).hasSizeLessThanOrEqualTo(32);
    assertThat(rings.of(PAGE).get(rings.of(PAGE).size() - 1).cpu()).isEqualTo(5);
  }

  @Test
  void whatBelongsToAnEarlierLifeIsNotTold() {
    event(1, StormOperation.TRUNCATE, Note.BAD_PAGE);
    event(1, StormOperation.READ, Note.ALLOCATED);
    assertThat(story().way()).isEqualTo(StrandedWay.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"rfc-oct, PIN, pin-unpin", "rfc-nov, DRAIN, fault-pin-unpin"})
  void aPostingsStormTellsHowItStrandsPagesAndWhatShowsIt(
      String design, StrandedWay way, String scenario) throws InterruptedException {
    StormSetup setup = Storms.setup("dio-mapped:4,dio-anon:2,readtwice:4,mmap-churn,truncate");
    StormResult result =
        new Storm().run(new StormPlan(Storms.design(design), setup), finding -> {});
    assertThat(result.strandings())
        .filteredOn(stranding -> stranding.way() == way)
        .singleElement()
        .satisfies(stranding -> {
          assertThat(stranding.pages()).isPositive();
          assertThat(stranding.fates().sum()).isBetween(1L, stranding.pages());
          assertThat(stranding.steps()).hasSizeBetween(2, 4);
          assertThat(stranding.steps().get(stranding.steps().size() - 1).text())
              .contains("frees it, ");
        });
    long freed = result.strandings().stream()
        .mapToLong(stranding -> stranding.fates().sum())
        .sum();
    assertThat(freed).isEqualTo(result.fates().sum());
    assertThat(StormExpectations.counterexample(design, setup, way))
        .isEqualTo("explore --design " + design + " --scenario " + scenario + " --trace stranded");
  }

  @Test
  void aSoundDesignStrandsNothingAndWithoutEventsNothingIsTold() throws InterruptedException {
    StormSetup setup = Storms.setup("dio-mapped:4,readtwice:4");
    assertThat(new Storm()
            .run(new StormPlan(Storms.design("foll-pin"), setup), finding -> {})
            .strandings())
        .isEmpty();
    assertThat(new StrandedPages(8, null).strandings(Fate.NEVER)).isEmpty();
  }
}
