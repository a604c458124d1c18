// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();

  @Test
  void oneSeedDrawsTheSameCasesInTheirOrder() {
    List<Integer> drawn = Sample.of(NUMBERS, 10, "42");
    assertThat(drawn).hasSize(10).isSorted().doesNotHaveDuplicates();
    assertThat(Sample.of(NUMBERS, 10, "42")).isEqualTo(drawn);
    assertThat(Sample.of(NUMBERS, 10, "43")).isNotEqualTo(drawn);
  }

  @Test
  void manySeedsDrawAllCases() {
    TreeSet<Integer> met = new TreeSet<>();
    for (int seed = 0; seed < 200; seed++) {
      met.addAll(Sample.of(NUMBERS, 10, Integer.toString(seed)));
    }
    assertThat(met).containsExactlyElementsOf(NUMBERS);
  }

  @Test
  void allIsAll() {
    assertThat(Sample.of(NUMBERS, 10, "all")).isEqualTo(NUMBERS);
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> Sample.of(NUMBERS, 10, "some"))
        .hasMessage("-Dgupstress.sample is all or a number, found \"some\"");
  }
}
