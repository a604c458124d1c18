// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.claim.Found.alone;
import static org.gupstress.claim.Found.op;
import static org.gupstress.claim.Found.page;

import org.gupstress.memory.View;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Operation;
import org.junit.jupiter.api.Test;

/** page->private is the buffers' while PG_private is set, and a design's half of it otherwise. */
class PrivateWordTest {
  private static Operation store(int value) {
    return op(
        "store",
        (mm, cpu) ->
            mm.memory().through(View.PIN).writeOnce32(page(mm, 0) + PageLayout.PRIVATE_PIN, value));
  }

  private static Operation load() {
    return op(
        "load",
        (mm, cpu) ->
            mm.memory().through(View.PIN).readOnce32(page(mm, 0) + PageLayout.PRIVATE_PIN));
  }

  private static Operation attach() {
    return op("attach", (mm, cpu) -> {
      mm.page().get(page(mm, 0), Ref.PRIV);
      mm.page().set(page(mm, 0), PageFlag.PRIVATE);
    });
  }

  @Test
  void withoutBuffersADesignHasIt() {
    assertThat(Found.in(alone(store(3), load(), store(0), attach()))).isEmpty();
  }

  @Test
  void buffersOverwriteWhatIsThere() {
    assertThat(Found.in(alone(store(3), attach()))).containsExactly(Harm.PIN_OVERWRITTEN);
  }

  @Test
  void whileThereAreBuffersItIsTheirs() {
    assertThat(Found.in(alone(attach(), load()))).containsExactly(Harm.PRIVATE_MISREAD);
    assertThat(Found.in(alone(attach(), store(1)))).containsExactly(Harm.PRIVATE_MISREAD);
  }

  @Test
  void theContentIsNotItsBusiness() {
    assertThat(Found.in(alone(
            attach(), op("read", (mm, cpu) -> mm.memory().read32(mm.page().content(page(mm, 0)))))))
        .isEmpty();
  }
}
