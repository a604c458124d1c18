// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.process.Nearest;
import org.junit.jupiter.api.Test;

/** Names that are near are found. */
class NamesTest {

  @Test
  void theDistanceIsTheNumberOfLettersToChange() {
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("rfc-oct", "rfc-oct")).isZero();
  }

  @Test
  void theNearestComeFirst() {
    assertThat(Nearest.to("RFC-okt", List.of("page-ext", "rfc-nov", "rfc-oct", "get-page")))
        .hasSize(3)
        .startsWith("rfc-oct", "rfc-nov");
  }
}
