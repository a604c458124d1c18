// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of real threads: the contract of all memories, and atomicity between threads. */
@Timeout(60)
class NativeMemoryTest extends MemoryContract {
  private static final int ROUNDS = 50_000;
  private static final long COUNTER = WORD + 16;

  @Override
  Memory create() {
    return new NativeMemory(BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void aSpinLockLetsOneThreadInAtATime(int threads) throws Exception {
    NativeMemory memory = new NativeMemory(BYTES);
    together(threads, () -> {
      for (int i = 0; i < ROUNDS; i++) {
        memory.lock(LOW);
        memory.write64(COUNTER, memory.read64(COUNTER) + 1);
        memory.unlock(LOW);
      }
    });
    assertThat(memory.read64(COUNTER)).isEqualTo((long) threads * ROUNDS);
    assertThat(memory.read32(LOW)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void aBitLockLetsOneThreadInAtATime(int threads) throws Exception {
    NativeMemory memory = new NativeMemory(BYTES);
    memory.write64(WORD, 0x30);
    together(threads, () -> {
      for (int i = 0; i < ROUNDS; i++) {
        memory.lockBits64(WORD, 1);
        memory.write64(COUNTER, memory.read64(COUNTER) + 1);
        memory.unlockBits64(WORD, 1);
      }
    });
    assertThat(memory.read64(COUNTER)).isEqualTo((long) threads * ROUNDS);
    assertThat(memory.read64(WORD)).isEqualTo(0x30);
  }

  /** The control of the locks: without one, updates are lost. */
  @Test
  void withoutALockUpdatesAreLost() throws Exception {
    NativeMemory memory = new NativeMemory(BYTES);
    long counted = 0;
    long wanted = 0;
    for (int attempt = 0; attempt < 50 && counted == wanted; attempt++) {
      together(4, () -> {
        for (int i = 0; i < ROUNDS; i++) {
          memory.writeOnce64(COUNTER, memory.readOnce64(COUNTER) + 1);
        }
      });
      counted = memory.read64(COUNTER);
      wanted += 4 * ROUNDS;
    }
    assertThat(counted).isLessThan(wanted);
  }

  @Test
  void halvesAndBitsOfOneWordAreChangedAtOnceWithoutLoss() throws Exception {
    NativeMemory memory = new NativeMemory(BYTES);
    memory.write64(WORD, 0x7_00000000L);
    together(
        () -> repeat(() -> memory.add32(LOW, 2)),
        () -> repeat(() -> memory.addUnless32(LOW, 2, -1)),
        () -> repeat(() -> {
          memory.setBits64(WORD, 1L << 63);
          memory.clearBits64(WORD, 1L << 63);
        }),
        () -> repeat(() -> {
          memory.testAndSetBits64(WORD, 1);
          memory.testAndClearBits64(WORD, 1);
        }));
    assertThat(memory.read64(WORD)).isEqualTo(0x7_00000000L + 4L * ROUNDS);
  }

  @Test
  void exactlyOneOfManyDecrementsReachesZero() throws Exception {
    NativeMemory memory = new NativeMemory(BYTES);
    memory.write32(LOW, 4 * ROUNDS);
    together(
        4,
        () -> repeat(() -> {
          if (memory.subAndTest32(LOW, 1)) {
            memory.addFull32(HIGH, 1);
          }
        }));
    assertThat(memory.read32(LOW)).isZero();
    assertThat(memory.read32(HIGH)).isEqualTo(1);
  }

  @Test
  void whoeverWaitsSeesWhatWasWrittenBefore() throws Exception {
    NativeMemory memory = new NativeMemory(BYTES);
    together(
        () -> {
          for (int i = 1; i <= 2000; i++) {
            memory.write64(COUNTER, i * 3L);
            memory.writeRelease32(LOW, i);
            memory.waitUntil64(WORD + 8, -1, i);
          }
        },
        () -> {
          for (int i = 1; i <= 2000; i++) {
            memory.waitUntil64(WORD, 0xffffffffL, i);
            assertThat(memory.read64(COUNTER)).isEqualTo(i * 3L);
            memory.wmb();
            memory.writeOnce64(WORD + 8, i);
          }
        });
    assertThat(memory.read32(LOW)).isEqualTo(2000);
  }

  @Test
  void noPointerLeadsFromOneMachineIntoAnother() {
    NativeMemory memory = new NativeMemory(64, 3);
    memory.enter(1);
    memory.write64(Arena.BASE, 5);
    for (long off = -128; off < 192; off += 8) {
      long addr = Arena.BASE + off;
      if (off < 0 || off >= 64) {
        assertThatThrownBy(() -> memory.write64(addr, -1)).isInstanceOf(KernelBug.class);
      }
    }
    assertThatThrownBy(() -> memory.enter(3)).isInstanceOf(IndexOutOfBoundsException.class);
    memory.reset(2, 1, 7);
    assertThat(memory.isPanicked()).isFalse();
    memory.panic();
    memory.enter(2);
    assertThat(memory.read64(Arena.BASE)).isEqualTo(5);
    assertThat(memory.tag()).isEqualTo(7);
    assertThat(memory.isPanicked()).isFalse();
    memory.enter(1);
    assertThat(memory.isPanicked()).isTrue();
  }

  private static void repeat(Runnable body) {
    for (int i = 0; i < ROUNDS; i++) {
      body.run();
    }
  }

  /** With what a JDK has for everybody, which differs from what these tests run on. */
  @Test
  void itNeedsNoFlags() throws Exception {
    inItsOwnJvm(WithoutFlags.class);
  }

  /** Other tests of this JVM have made memories that are still there. */
  @Test
  void whatAllMemoriesHaveInCommonIsNeverTakenForOneThatDiffers() throws Exception {
    inItsOwnJvm(OneAndAnother.class);
  }

  private static void inItsOwnJvm(Class<?> main) throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName())
        .inheritIO()
        .start();
    assertThat(process.waitFor()).isZero();
  }

  /** Exits with 1 if a memory does not work. */
  static final class WithoutFlags {
    private WithoutFlags() {}

    public static void main(String[] args) {
      NativeMemory memory = new NativeMemory(BYTES);
      memory.write64(WORD, 6);
      memory.writeRelease32(LOW, 7);
      boolean isKept = memory.read64(WORD) == 7
          && memory.compareAndSet32(LOW, 7, 8)
          && memory.readOnce32(LOW) == 8
          && memory.testAndSetBits64(WORD, 8)
          && MixedSizeSelfTest.onThisMachine() == null;
      System.exit(isKept ? 0 : 1);
    }
  }

  /** Ends with an exception if an access to one memory goes by where another one lies and ends. */
  static final class OneAndAnother {
    private static final int WORDS_PER_LINE = NativeMemory.wholeLines(1) / Long.BYTES;

    /** So many accesses that they are compiled, with what is common to all memories by then. */
    private static final int TIMES = 20_000;

    private OneAndAnother() {}

    public static void main(String[] args) {
      NativeMemory large = filled(2, 1);
      expect(Extent.common().start() > 0 && Extent.common().lines() == 2);
      readAll(large, 2, 1);
      NativeMemory small = filled(1, 2);
      expect(Extent.common().start() < 0 && Extent.common().lines() < 0);
      readAll(small, 1, 2);
      readAll(large, 2, 1);
      small.retire();
      expect(Extent.common().start() > 0 && Extent.common().lines() == 2);
      readAll(large, 2, 1);
      NativeMemory alike = filled(2, 3);
      expect(Extent.common().start() < 0 && Extent.common().lines() == 2);
      readAll(alike, 2, 3);
      readAll(large, 2, 1);
      alike.retire();
      large.retire();
      NativeMemory several = new NativeMemory(1, 2);
      expect(Extent.common().start() < 0 && Extent.common().lines() == 1);
      several.enter(1);
      several.write64(Arena.BASE, 4);
      several.enter(0);
      expect(several.read64(Arena.BASE) == 0);
    }

    private static NativeMemory filled(int lines, long value) {
      NativeMemory memory = new NativeMemory(lines * WORDS_PER_LINE * Long.BYTES);
      for (int word = 0; word < lines * WORDS_PER_LINE; word++) {
        memory.write64(Arena.BASE + (long) word * Long.BYTES, value);
      }
      return memory;
    }

    /** Every word is the value, and what is before, behind and between words is wild. */
    private static void readAll(NativeMemory memory, int lines, long value) {
      for (int i = 0; i < TIMES; i++) {
        int word = i % (lines * WORDS_PER_LINE);
        expect(memory.readOnce64(Arena.BASE + (long) word * Long.BYTES) == value);
      }
      long end = (long) lines * WORDS_PER_LINE * Long.BYTES;
      for (long offset : new long[] {-Arena.BASE, -Long.BYTES, 4, end - 1, end, end + 1}) {
        expect(isWild(memory, Arena.BASE + offset));
      }
    }

    private static boolean isWild(NativeMemory memory, long addr) {
      try {
        memory.readOnce64(addr);
        return false;
      } catch (KernelBug e) {
        return true;
      }
    }

    private static void expect(boolean isSo) {
      if (!isSo) {
        throw new AssertionError("an access went to another memory, or did not end in this one");
      }
    }
  }

  private static void together(int threads, Runnable body) throws Exception {
    Runnable[] bodies = new Runnable[threads];
    Arrays.fill(bodies, body);
    together(bodies);
  }

  private static void together(Runnable... bodies) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(bodies.length);
    CyclicBarrier start = new CyclicBarrier(bodies.length);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable body : bodies) {
        running.add(pool.submit(() -> {
          start.await();
          body.run();
          return null;
        }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
