// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mix is read as it is written, and what is wrong with it is said. */
class WorkloadMixTest {

  private static WorkloadMix parse(String text) {
    return WorkloadMix.parse(text, Workload::of);
  }

  @Test
  void readsWeightsAndTakesOneWhereThereIsNone() {
    WorkloadMix mix = parse("readtwice,dio-mapped:3");
    assertThat(mix.weights())
        .containsEntry(Workload.DIO_MAPPED, 3)
        .containsEntry(Workload.READTWICE, 1)
        .hasSize(2);
    assertThat(mix.total()).isEqualTo(4);
    assertThat(mix.has(Workload.FUTEX)).isFalse();
    assertThat(mix.pins()).isTrue();
    assertThat(parse("truncate,writeback").pins()).isFalse();
  }

  @Test
  void isReadBackAsItIsWritten() {
    assertThat(WorkloadMix.USUAL.toString()).startsWith("dio-mapped:4,dio-anon:2,rdma:1,");
    assertThat(parse(WorkloadMix.USUAL.toString())).isEqualTo(WorkloadMix.USUAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dio|there is no workload \"dio\"",
        "rdma,,futex|there is no workload \"\"",
        "rdma:0|the weight of a workload is a number from 1 to 1000, as in dio-mapped:3",
        "rdma:1001|found \"rdma:1001\"",
        "rdma:-1|found \"rdma:-1\"",
        "rdma:|found \"rdma:\"",
        "rdma:1:2|found \"rdma:1:2\"",
        "rdma:1,rdma:2|the workload rdma is named twice"
      })
  void saysWhatIsWrong(String text, String says) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }
}
