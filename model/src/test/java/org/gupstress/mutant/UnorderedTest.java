// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;
import org.gupstress.memory.RecordingMemory;
import org.gupstress.memory.RecordingMemory.Outcome;
import org.junit.jupiter.api.Test;

/** Why no change of an ordering is judged: the explorer makes the same access with and without. */
class UnorderedTest {
  private static final long WORD = Arena.BASE;

  private static final Map<String, Consumer<Memory>> ACCESSES = Map.ofEntries(
      Map.entry("readOnce64", memory -> memory.readOnce64(WORD)),
      Map.entry("read64", memory -> memory.read64(WORD)),
      Map.entry("readOnce32", memory -> memory.readOnce32(WORD)),
      Map.entry("read32", memory -> memory.read32(WORD)),
      Map.entry("writeOnce64", memory -> memory.writeOnce64(WORD, 1)),
      Map.entry("write64", memory -> memory.write64(WORD, 1)),
      Map.entry("writeOnce32", memory -> memory.writeOnce32(WORD, 1)),
      Map.entry("writeRelease32", memory -> memory.writeRelease32(WORD, 1)),
      Map.entry("write32", memory -> memory.write32(WORD, 1)),
      Map.entry("addFull32", memory -> memory.addFull32(WORD, 1)),
      Map.entry("add32", memory -> memory.add32(WORD, 1)),
      Map.entry("mb", Memory::mb),
      Map.entry("rmb", Memory::rmb),
      Map.entry("wmb", Memory::wmb),
      Map.entry("mbAfterAtomic", Memory::mbAfterAtomic));

  private static Outcome outcome(String name) {
    RecordingMemory memory = new RecordingMemory(false);
    return memory.run(() -> ACCESSES.get(name).accept(memory));
  }

  @Test
  void theWeakerAccessIsTheSame() {
    Kernelspeak.WEAKER.forEach((strong, weak) -> assertThat(outcome(strong))
        .as(strong)
        .isInstanceOf(Outcome.Wants.class)
        .isEqualTo(outcome(weak)));
  }

  @Test
  void anotherAccessIsAnother() {
    assertThat(outcome("add32")).isNotEqualTo(outcome("write32"));
  }

  @Test
  void aBarrierIsNoAccess() {
    for (String barrier : Kernelspeak.BARRIERS) {
      assertThat(outcome(barrier)).as(barrier).isInstanceOf(Outcome.Returned.class);
    }
  }
}
