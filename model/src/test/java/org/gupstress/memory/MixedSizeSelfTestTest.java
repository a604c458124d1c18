// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The start-up test of the platform passes here, and does not where halves are not atomic. */
@Timeout(60)
class MixedSizeSelfTestTest {
  @Test
  void alignedHalvesAndWordsWorkTogetherOnThisMachine() {
    assertThat(MixedSizeSelfTest.onThisMachine()).isNull();
  }

  /** The control: bit operations that read the word and write it back. */
  @Test
  void aPlatformWhoseBitOperationsLoseAdditionsIsNoticed() {
    assertThat(problemOf(true, false)).contains("expected", "found");
  }

  @Test
  void aPlatformWhoseAdditionsLoseBitsIsNoticed() {
    assertThat(problemOf(false, true)).isNotNull();
  }

  private static String problemOf(boolean brokenBits, boolean brokenAdd) {
    String problem = null;
    for (int attempt = 0; attempt < 100 && problem == null; attempt++) {
      problem = new MixedSizeSelfTest(new Broken(brokenBits, brokenAdd), Arena.BASE + 8).run();
    }
    return problem;
  }

  private static final class Broken extends SteppedMemory {
    private final NativeMemory memory = new NativeMemory(64);
    private final boolean bits;
    private final boolean add;

    Broken(boolean bits, boolean add) {
      this.bits = bits;
      this.add = add;
    }

    /** Lets the other thread in between the read and the write, even on one processor. */
    private static void window() {
      Thread.yield();
    }

    @Override
    protected long access(Op op, long addr, long a, long b, View through) {
      switch (op) {
        case READ64 -> {
          return memory.readOnce64(addr);
        }
        case READ32 -> {
          return memory.readOnce32(addr);
        }
        case WRITE64 -> memory.writeOnce64(addr, a);
        case WRITE32 -> memory.writeOnce32(addr, (int) a);
        case ADD32 -> {
          if (add) {
            long word = memory.readOnce64(addr);
            window();
            long low = (word + a) & 0xffffffffL;
            memory.writeOnce64(addr, (word & 0xffffffff_00000000L) | low);
          } else {
            memory.add32(addr, (int) a);
          }
        }
        case TEST_SET64 -> {
          if (bits) {
            long word = memory.readOnce64(addr);
            window();
            memory.writeOnce64(addr, word | a);
            return word & a;
          }
          return memory.testAndSetBits64(addr, a) ? 1 : 0;
        }
        case TEST_CLEAR64 -> {
          if (bits) {
            long word = memory.readOnce64(addr);
            window();
            memory.writeOnce64(addr, word & ~a);
            return word & a;
          }
          return memory.testAndClearBits64(addr, a) ? 1 : 0;
        }
        default -> throw new UnsupportedOperationException(op.name());
      }
      return 0;
    }
  }
}
