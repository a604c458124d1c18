// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.gupstress.page.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A schedule as text is the schedule, and what is none is refused. */
class ScheduleTest {
  @ParameterizedTest
  @CsvSource({"a, 0", "ab, 0 1", "a3b, 0 0 0 1", "h2a, 7 7 0", "'', ''"})
  void textNamesTheContextOfEachStep(String text, String contexts) {
    List<Integer> expected = contexts.isEmpty()
        ? List.of()
        : List.of(contexts.split(" ")).stream().map(Integer::valueOf).toList();
    assertThat(Schedule.parse(text).contexts()).isEqualTo(expected);
    assertThat(Schedule.parse(text)).hasToString(text);
  }

  @Test
  void everyScheduleComesBackFromItsText() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      List<Integer> contexts = new ArrayList<>();
      int context = 0;
      for (int step = random.nextInt(300); step > 0; step--) {
        context = random.nextInt(4) == 0 ? random.nextInt(8) : context;
        contexts.add(context);
      }
      Schedule schedule = new Schedule(contexts);
      assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
    }
  }

  @Test
  void otherInterleavingsStandBehindTheOneThatIsShown() {
    Schedule schedule = Schedule.parse("a5+ab4+c");
    assertThat(schedule).hasToString("a5+ab4+c");
    assertThat(schedule.contexts()).containsExactly(0, 0, 0, 0, 0);
    assertThat(schedule.others()).containsExactly(List.of(0, 1, 1, 1, 1), List.of(2));
    assertThat(schedule).isNotEqualTo(Schedule.parse("a5"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse("a9999+b9999+a3"))
        .withMessageContaining("20000 steps");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3a", "a+", "a++b", "a+3", "q", "A", "a-1", "a 3", "a12345", " a", "a\n", "a1.5", "ä"
      })
  void whatIsNoScheduleIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse(text))
        .withMessageContaining("a12b5a");
  }

  @Test
  void aScheduleWithoutEndIsRefused() {
    assertThat(Schedule.parse("a9999b9999").contexts()).hasSize(19_998);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse("a9999b9999a3"))
        .withMessageContaining("20000 steps");
  }

  @ParameterizedTest
  @CsvSource({
    "a2c, step 3, no context c",
    "a9999, cannot be made, done or waits",
  })
  void aStepThatCannotBeMadeIsRefusedWithItsNumberAndReason(
      String schedule, String where, String why) {
    Plan plan = Runs.usual("get-page", "pin-unpin", Kernel.PRODUCTION);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Replay.run(plan, Reductions.ALL, Schedule.parse(schedule)))
        .withMessageContaining(where)
        .withMessageContaining(why);
  }
}
