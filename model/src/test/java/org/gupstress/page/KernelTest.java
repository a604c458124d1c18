// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kernel is a configuration and a set of switches, and is written as both. */
class KernelTest {
  @Test
  void aSwitchIsPartOfTheName() {
    Kernel bare = Kernel.DEBUG.with(Switch.FLUSH_IPI);
    assertThat(bare.id()).isEqualTo("debug+flush-ipi");
    assertThat(bare).isNotEqualTo(Kernel.DEBUG);
    assertThat(bare.has(Switch.FLUSH_IPI)).isTrue();
    assertThat(bare.debugVm()).isTrue();
    assertThat(bare.with(Switch.FLUSH_IPI)).isEqualTo(bare);
    assertThat(Kernel.usual()).noneMatch(kernel -> kernel.has(Switch.FLUSH_IPI));
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", "debug", "production+flush-ipi"})
  void whatIsWrittenIsRead(String id) {
    assertThat(Kernel.find(id))
        .hasValueSatisfying(kernel -> assertThat(kernel.id()).isEqualTo(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PRODUCTION", "production+", "production+none", "+flush-ipi"})
  void whatIsNoKernelIsNone(String id) {
    assertThat(Kernel.find(id)).isEmpty();
  }
}
