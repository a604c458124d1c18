// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Numbers are exact where they can be read, and never say more or less than all. */
class NumbersTest {

  @Test
  void interleavingsAreExactUpToThirtyDigits() {
    assertThat(Numbers.exact(new BigInteger("31760888522"))).isEqualTo("31,760,888,522");
    assertThat(Numbers.exact(BigInteger.TEN.pow(29))).startsWith("100,000").hasSize(39);
    assertThat(Numbers.exact(BigInteger.TEN.pow(30))).isEqualTo("1.0e30");
    assertThat(Numbers.exact(new BigInteger("9" + "9".repeat(40)))).isEqualTo("1.0e41");
  }

  @Test
  void aSumIsRoughAboveAMillion() {
    assertThat(Numbers.rough(BigInteger.valueOf(999))).isEqualTo("999");
    assertThat(Numbers.rough(new BigInteger("123456789"))).isEqualTo("1.2e8");
  }

  @Test
  void aShareIsAllOrNothingOnlyWhereItIs() {
    assertThat(Numbers.share(1)).isEqualTo("100 %");
    assertThat(Numbers.share(0.9999)).isEqualTo("> 99 %");
    assertThat(Numbers.share(0.123)).isEqualTo("12 %");
    assertThat(Numbers.share(0.00984)).isEqualTo("0.98 %");
    assertThat(Numbers.share(1.7e-9)).isEqualTo("1.7e-9");
    assertThat(Numbers.share(0)).isEqualTo("0 %");
  }

  @Test
  void unitsHaveTheirPlural() {
    assertThat(Numbers.of(1, "CPU")).isEqualTo("1 CPU");
    assertThat(Numbers.of(1234, "state")).isEqualTo("1,234 states");
  }
}
