// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.page.PageFlag;
import org.junit.jupiter.api.Test;

/** mark_page_accessed: inactive, inactive and referenced, active, active and referenced. */
class AgingTest {
  private final LoggedMachine machine = LoggedMachine.production("get-page", 1);

  private void access(int cpu) {
    machine.mm.lru().aging().markPageAccessed(machine.cpu(cpu), machine.page(0));
  }

  private String state() {
    return (machine.has(0, PageFlag.ACTIVE) ? "active" : "inactive")
        + (machine.has(0, PageFlag.REFERENCED) ? ", referenced" : "");
  }

  @Test
  void aPageOnTheLruIsReferencedThenActiveThenReferencedAgain() {
    machine.bootCached(0);
    assertThat(state()).isEqualTo("inactive");
    access(0);
    assertThat(state()).isEqualTo("inactive, referenced");
    access(0);
    assertThat(state()).isEqualTo("inactive");
    machine.mm.lru().pagevecs().drain(machine.cpu(0));
    assertThat(state()).isEqualTo("active");
    access(0);
    assertThat(state()).isEqualTo("active, referenced");
    access(0);
    assertThat(state()).isEqualTo("active, referenced");
  }

  @Test
  void aPageInTheLocalPagevecIsActivatedThere() {
    machine.bootInPagevec(0, 0);
    access(0);
    access(0);
    assertThat(state()).isEqualTo("active");
    assertThat(machine.refs(0)).isEqualTo(2);
  }

  @Test
  void anActivationOfAPageInAnotherCpusPagevecIsLost() {
    machine.bootInPagevec(0, 0);
    access(1);
    access(1);
    assertThat(state()).isEqualTo("inactive");
  }

  @Test
  void anUnevictablePageIsOnlyReferenced() {
    machine.bootCached(0, PageFlag.UNEVICTABLE);
    access(0);
    access(0);
    assertThat(state()).isEqualTo("inactive, referenced");
    assertThat(machine.refs(0)).isEqualTo(1);
  }
}
