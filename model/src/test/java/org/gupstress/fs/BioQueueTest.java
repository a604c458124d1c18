// SPDX-License-Identifier: Apache-2.0
package org.gupstress.fs;

import static org.assertj.core.api.Assertions.assertThat;

import org.gupstress.design.LoggedMachine;
import org.junit.jupiter.api.Test;

/** The queue of the block device: two slots here. */
class BioQueueTest {
  private final LoggedMachine machine = LoggedMachine.withFile("get-page", 3, 3, false);
  private final BioQueue queue = machine.mm.writeback().queue();

  private boolean submit(int number) {
    return queue.submit(machine.cpu(0), machine.page(number));
  }

  private long take() {
    return queue.take(machine.cpu(1));
  }

  @Test
  void pagesComeOutInTheOrderInWhichTheyWentIn() {
    assertThat(submit(0)).isTrue();
    assertThat(submit(1)).isTrue();
    assertThat(queue.length()).isEqualTo(2);
    assertThat(take()).isEqualTo(machine.page(0));
    assertThat(take()).isEqualTo(machine.page(1));
    assertThat(take()).isZero();
  }

  @Test
  void aFullQueueTakesNoMoreUntilOneIsTaken() {
    submit(0);
    submit(1);
    assertThat(submit(2)).isFalse();
    take();
    assertThat(submit(2)).isTrue();
    assertThat(take()).isEqualTo(machine.page(1));
    assertThat(take()).isEqualTo(machine.page(2));
  }

  @Test
  void submittingTakesTheLockAndNoReference() {
    machine.forget();
    submit(0);
    assertThat(machine.accesses())
        .containsExactly(
            "spin_lock queue_lock",
            "read queue.tail",
            "read queue.head",
            "queue[0] := &page0",
            "queue.tail := 1",
            "spin_unlock queue_lock");
    assertThat(machine.refs(0)).isZero();
  }
}
