// SPDX-License-Identifier: Apache-2.0
package org.gupstress.lru;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.gupstress.memory.Note;
import org.gupstress.page.PageFlag;
import org.junit.jupiter.api.Test;

/** How near a refault is: fewer evictions since than there are active pages. */
class WorkingsetTest {
  private final LoggedMachine machine = LoggedMachine.production("get-page", 3);
  private final Workingset workingset = machine.mm.lru().workingset();

  @Test
  void everyEvictionIsAnAgeOfItsOwn() {
    assertThat(workingset.eviction()).isEqualTo(1);
    assertThat(workingset.eviction()).isEqualTo(2);
  }

  /** What is activated pushes the inactive pages on as an eviction does. */
  @Test
  void anActivationIsAnAgeToo() {
    machine.bootCached(1, PageFlag.REFERENCED);
    long age = workingset.eviction();
    machine.mm.lru().aging().markPageAccessed(machine.cpu(0), machine.page(1));
    assertThat(workingset.eviction()).isEqualTo(age + 2);
    workingset.refault(machine.page(0), workingset.eviction());
    assertThat(machine.notes()).contains(Note.WORKINGSET_ACTIVATE);
    assertThat(workingset.eviction()).isEqualTo(age + 5);
  }

  @Test
  void aNearRefaultActivatesAndIsCounted() {
    machine.bootCached(1, PageFlag.ACTIVE);
    long age = workingset.eviction();
    workingset.eviction();
    workingset.refault(machine.page(0), age);
    assertThat(machine.has(0, PageFlag.ACTIVE)).isTrue();
    assertThat(workingset.activations()).isEqualTo(1);
  }

  @Test
  void aFarRefaultDoesNot() {
    machine.bootCached(1, PageFlag.ACTIVE);
    long age = workingset.eviction();
    workingset.eviction();
    workingset.eviction();
    workingset.refault(machine.page(0), age);
    assertThat(machine.has(0, PageFlag.ACTIVE)).isFalse();
    assertThat(workingset.activations()).isZero();
  }
}
