// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and memory are as large as the pressure says, and of the kind that the mix uses. */
class WorkingSetTest {
  private static final int PAGES = 1 << 14;
  private static final int CPUS = 2;

  private static WorkingSet of(String mix, Sizing sizing) {
    return WorkingSet.of(WorkloadMix.parse(mix, Workload::of).pressing(), sizing, CPUS, PAGES);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 1.25, 3, 50})
  void isAsLargeAsThePressureSays(double pressure) {
    for (Workload workload : Workload.values()) {
      WorkingSet load = of(workload.id(), Sizing.USUAL.withPressure(pressure));
      assertThat(load.pressure(PAGES)).as(workload.id()).isCloseTo(pressure, within(0.01));
    }
  }

  @Test
  void anonymousMemoryIsItsPartOfTheMixAndNeverMoreThanHalf() {
    assertThat(of("dio-mapped", Sizing.USUAL)).isEqualTo(new WorkingSet(2, 10_240, 0, 0, 0));
    assertThat(of("dio-mapped:3,dio-anon", Sizing.USUAL))
        .isEqualTo(new WorkingSet(2, 7680, 2560, 0, 0));
    assertThat(of("readtwice,dio-anon,rdma:2,mmap-churn", Sizing.USUAL))
        .isEqualTo(new WorkingSet(2, 6144, 1024, 1024, 2048));
    assertThat(of("futex", Sizing.USUAL.withPressure(3)))
        .isEqualTo(new WorkingSet(2, 20_480, 4096, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void everyMixFillsThePageCache(Workload workload) {
    WorkloadMix alone = WorkloadMix.parse(workload.id(), Workload::of);
    WorkloadMix pressing = alone.pressing();
    assertThat(pressing.weights().keySet()).anyMatch(Workload::fillsCache);
    assertThat(pressing.equals(alone)).isEqualTo(workload.fillsCache());
    assertThat(pressing.pressing()).isEqualTo(pressing);
  }

  @Test
  void theUserSaysWhatHeLikes() {
    WorkingSet load =
        of("dio-mapped:3,dio-anon", Sizing.USUAL.withFilePages(100).withProcesses(8));
    assertThat(load).isEqualTo(new WorkingSet(8, 100, 640, 0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.25|0|5000|a storm has at most 4096 processes; found 5000",
        "1.25|0|400|each process needs at least 64 pages; found 400 that share 20480",
        "100|100000000|0|a storm takes at most 1983 MiB; found 16384 pages and 2 files"
      })
  void whatNoMachineCanGiveIsASentence(double pressure, int filePages, int processes, String says) {
    Sizing sizing = new Sizing(pressure, filePages, processes, 8, 2);
    assertThatThrownBy(() -> of("dio-mapped", sizing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e9, Double.NaN, Double.POSITIVE_INFINITY})
  void whatIsNoPressureIsASentence(double pressure) {
    assertThatThrownBy(() -> Sizing.USUAL.withPressure(pressure))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the pressure is a number from 0.1 to 100, the working set over memory; found "
            + pressure);
  }

  @Test
  void otherNumbersHaveLimitsToo() {
    assertThatThrownBy(() -> Sizing.USUAL.withReaders(3)).hasMessageContaining("found 3");
    assertThatThrownBy(() -> Sizing.USUAL.withChunkPages(0)).hasMessageContaining("found 0");
    assertThatThrownBy(() -> Sizing.USUAL.withFilePages(-1)).hasMessageContaining("found -1");
    assertThatThrownBy(() -> Sizing.USUAL.withProcesses(-1)).hasMessageContaining("found -1");
  }
}
