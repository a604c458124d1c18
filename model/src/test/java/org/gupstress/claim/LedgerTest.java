// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.memory.ArenaMemory;
import org.gupstress.page.Ref;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reasons share words, and must not notice. */
class LedgerTest {
  private final Ledger ledger = new Ledger(new ArenaMemory(1, 64, 16), 2);

  @ParameterizedTest
  @EnumSource
  void aReasonIsCountedForItselfAlone(Ref reason) {
    for (Ref every : Ref.values()) {
      ledger.add(1, every, 1);
    }
    ledger.add(1, reason, -3);
    for (Ref every : Ref.values()) {
      assertThat(ledger.count(0, every)).as("page0 " + every).isZero();
      assertThat(ledger.count(1, every)).as("page1 " + every).isEqualTo(every == reason ? -2 : 1);
    }
    assertThat(ledger.sum(1)).isEqualTo(Ref.values().length - 3);
  }

  @ParameterizedTest
  @EnumSource
  void aByteIsNotEnough(Ref reason) {
    ledger.add(0, reason, 300);
    assertThat(ledger.count(0, reason)).isEqualTo(300);
    ledger.add(0, reason, -1000);
    assertThat(ledger.count(0, reason)).isEqualTo(-700);
    assertThat(ledger.sum(0)).isEqualTo(-700);
  }
}
