// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every memory does, seen from one CPU: the results and effects of all accesses. */
abstract class MemoryContract {
  /** An 8-aligned word behind the private blocks, with another behind it. */
  static final long WORD = Arena.BASE + Arena.CPU_BLOCK;

  static final long LOW = WORD;
  static final long HIGH = WORD + 4;
  static final int BYTES = Arena.CPU_BLOCK + 64;

  private Memory memory;

  abstract Memory create();

  @BeforeEach
  void begin() {
    memory = create();
  }

  @Test
  void newMemoryIsZero() {
    for (long addr = Arena.BASE; addr < Arena.BASE + BYTES; addr += 8) {
      assertThat(memory.read64(addr)).isZero();
    }
  }

  // ---- overlap

  @Test
  void theLowHalfComesFirst() {
    memory.write64(WORD, 0x11223344_55667788L);
    assertThat(memory.read32(LOW)).isEqualTo(0x55667788);
    assertThat(memory.read32(HIGH)).isEqualTo(0x11223344);
    memory.write32(HIGH, 0xcafebabe);
    assertThat(memory.read64(WORD)).isEqualTo(0xcafebabe_55667788L);
    memory.write32(LOW, -1);
    assertThat(memory.read64(WORD)).isEqualTo(0xcafebabe_ffffffffL);
  }

  @Test
  void aDecrementOfTheLowHalfNeverBorrowsFromTheHighHalf() {
    memory.write64(WORD, 0xdead0000_00000000L);
    assertThat(memory.subAndTest32(LOW, 1)).isFalse();
    assertThat(memory.read64(WORD)).isEqualTo(0xdead0000_ffffffffL);
    memory.add32(LOW, 1);
    assertThat(memory.read64(WORD)).isEqualTo(0xdead0000_00000000L);
    memory.add32(HIGH, 0x00010000);
    assertThat(memory.read64(WORD)).isEqualTo(0xdeae0000_00000000L);
  }

  @Test
  void theWordBehindIsNotTouched() {
    memory.write64(WORD + 8, 0x0123456789abcdefL);
    memory.write64(WORD, -1);
    memory.add32(HIGH, 1);
    assertThat(memory.read64(WORD)).isEqualTo(0xffffffffL);
    assertThat(memory.read64(WORD + 8)).isEqualTo(0x0123456789abcdefL);
  }

  // ---- 64 bits

  @Test
  void allReadsAndWritesOf64BitsSeeTheSameWord() {
    memory.write64(WORD, 0x8000000000000001L);
    assertThat(memory.read64(WORD)).isEqualTo(0x8000000000000001L);
    assertThat(memory.readOnce64(WORD)).isEqualTo(0x8000000000000001L);
    memory.writeOnce64(WORD, 42);
    assertThat(memory.read64(WORD)).isEqualTo(42);
  }

  @ParameterizedTest
  @CsvSource({"0x0, 0x6, 0x0, 0x0", "0xd, 0x6, 0x4, 0xd", "0x9, 0x6, 0x0, 0x0", "0x7, 0x6, 0x6, 0x7"
  })
  void bitsAreReadMaskedAndTheWordOnlyIfOneIsSet(
      String word, String mask, String bits, String whole) {
    memory.write64(WORD, Long.decode(word));
    assertThat(memory.readBits64(WORD, Long.decode(mask))).isEqualTo(Long.decode(bits));
    assertThat(memory.readOnceIf64(WORD, Long.decode(mask))).isEqualTo(Long.decode(whole));
    assertThat(memory.read64(WORD)).isEqualTo(Long.decode(word));
  }

  @ParameterizedTest
  @CsvSource({"0x0, 0x5, false", "0x1, 0x5, true", "0x5, 0x5, true", "0xa, 0x5, false"})
  void bitOperationsTellWhetherAnyBitWasSet(String word, String mask, boolean any) {
    long w = Long.decode(word);
    long m = Long.decode(mask);
    memory.write64(WORD, w);
    assertThat(memory.testAndSetBits64(WORD, m)).isEqualTo(any);
    assertThat(memory.read64(WORD)).isEqualTo(w | m);
    memory.write64(WORD, w);
    assertThat(memory.testAndClearBits64(WORD, m)).isEqualTo(any);
    assertThat(memory.read64(WORD)).isEqualTo(w & ~m);
    memory.write64(WORD, w);
    memory.setBits64(WORD, m);
    assertThat(memory.read64(WORD)).isEqualTo(w | m);
    memory.write64(WORD, w);
    memory.clearBits64(WORD, m);
    assertThat(memory.read64(WORD)).isEqualTo(w & ~m);
  }

  // ---- 32 bits

  @ParameterizedTest
  @CsvSource({"4", "0"})
  void allReadsAndWritesOf32BitsSeeTheSameHalf(int offset) {
    long addr = WORD + offset;
    memory.write32(addr, -7);
    assertThat(memory.read32(addr)).isEqualTo(-7);
    assertThat(memory.readOnce32(addr)).isEqualTo(-7);
    assertThat(memory.isPositive32(addr)).isFalse();
    assertThat(memory.is32(addr, -7)).isTrue();
    memory.writeOnce32(addr, 0);
    assertThat(memory.isPositive32(addr)).isFalse();
    assertThat(memory.is32(addr, -7)).isFalse();
    memory.writeRelease32(addr, 1);
    assertThat(memory.isPositive32(addr)).isTrue();
    memory.add32(addr, 5);
    memory.addFull32(addr, -2);
    assertThat(memory.read32(addr)).isEqualTo(4);
    assertThat(memory.read32(WORD + 4 - offset)).isZero();
  }

  @Test
  void subAndTestIsTrueExactlyAtZero() {
    memory.write32(LOW, 3);
    assertThat(memory.subAndTest32(LOW, 2)).isFalse();
    assertThat(memory.subAndTest32(LOW, 1)).isTrue();
    assertThat(memory.subAndTest32(LOW, 1)).isFalse();
    assertThat(memory.read32(LOW)).isEqualTo(-1);
  }

  @Test
  void subReturnTellsWhatIsLeft() {
    memory.write32(LOW, 3);
    assertThat(memory.subReturn32(LOW, 2)).isEqualTo(1);
    assertThat(memory.subReturn32(LOW, 1)).isZero();
    assertThat(memory.subReturn32(LOW, 1024)).isEqualTo(-1024);
    assertThat(memory.read32(LOW)).isEqualTo(-1024);
  }

  @Test
  void addUnlessAddsExactlyWhereTheWordIsAnother() {
    memory.write32(LOW, 0);
    assertThat(memory.addUnless32(LOW, 1, 0)).isFalse();
    assertThat(memory.read32(LOW)).isZero();
    memory.write32(LOW, 1);
    assertThat(memory.addUnless32(LOW, -1, 1)).isFalse();
    assertThat(memory.addUnless32(LOW, 1, 0)).isTrue();
    assertThat(memory.read32(LOW)).isEqualTo(2);
    assertThat(memory.addUnless32(LOW, -1, 1)).isTrue();
    assertThat(memory.read32(LOW)).isEqualTo(1);
  }

  @Test
  void compareAndSetSetsExactlyWhereTheWordIsAsExpected() {
    memory.write64(WORD, 0x7_00000002L);
    assertThat(memory.compareAndSet32(LOW, 1, 9)).isFalse();
    assertThat(memory.read64(WORD)).isEqualTo(0x7_00000002L);
    assertThat(memory.compareAndSet32(LOW, 2, 0)).isTrue();
    assertThat(memory.read64(WORD)).isEqualTo(0x7_00000000L);
  }

  @Test
  void addReturnTellsTheSum() {
    memory.write64(WORD, 0x7_00000002L);
    assertThat(memory.addReturn32(LOW, 5)).isEqualTo(7);
    assertThat(memory.addReturn32(LOW, -8)).isEqualTo(-1);
    assertThat(memory.read32(HIGH)).isEqualTo(7);
    memory.write64(WORD, 0xffffffffL);
    memory.add64(WORD, 1);
    assertThat(memory.read64(WORD)).isEqualTo(0x1_00000000L);
    assertThat(memory.addReturn64(WORD, -0x1_00000001L)).isEqualTo(-1);
    assertThat(memory.read64(WORD)).isEqualTo(-1);
  }

  @Test
  void compareAndExchangeTellsWhatItFound() {
    memory.write64(WORD, 0x7_00000002L);
    assertThat(memory.compareAndExchange32(LOW, 1, 9)).isEqualTo(2);
    assertThat(memory.compareAndExchange32(LOW, 2, -3)).isEqualTo(2);
    assertThat(memory.compareAndExchange64(WORD, 2, 9)).isEqualTo(0x7_fffffffdL);
    assertThat(memory.compareAndSet64(WORD, 2, 9)).isFalse();
    assertThat(memory.read64(WORD)).isEqualTo(0x7_fffffffdL);
    assertThat(memory.compareAndExchange64(WORD, 0x7_fffffffdL, 9)).isEqualTo(0x7_fffffffdL);
    assertThat(memory.read64(WORD)).isEqualTo(9);
    assertThat(memory.compareAndSet64(WORD, 9, -1)).isTrue();
    assertThat(memory.read64(WORD)).isEqualTo(-1);
  }

  // ---- blocking operations that need not wait

  @Test
  void aLockIsOneWhileHeldAndZeroAfterwards() {
    memory.write32(HIGH, 77);
    memory.lock(LOW);
    assertThat(memory.read32(LOW)).isEqualTo(1);
    memory.unlock(LOW);
    assertThat(memory.read32(LOW)).isZero();
    assertThat(memory.read32(HIGH)).isEqualTo(77);
  }

  @Test
  void aBitLockTakesItsBitsAndLeavesTheOthers() {
    memory.write64(WORD, 0x30);
    memory.lockBits64(WORD, 0x1);
    assertThat(memory.read64(WORD)).isEqualTo(0x31);
    memory.unlockBits64(WORD, 0x1);
    assertThat(memory.read64(WORD)).isEqualTo(0x30);
  }

  @Test
  void waitingForWhatIsThereReturns() {
    memory.write64(WORD, 0x35);
    memory.waitUntil64(WORD, 0xf, 0x5);
    assertThat(memory.read64(WORD)).isEqualTo(0x35);
  }

  // ---- addresses that are none

  private static final Map<String, ObjLongConsumer<Memory>> ACCESSES_64 =
      new TreeMap<>(Map.ofEntries(
          Map.entry("read64", Memory::read64),
          Map.entry("readOnce64", Memory::readOnce64),
          Map.entry("readBits64", (m, addr) -> m.readBits64(addr, -1)),
          Map.entry("readOnceIf64", (m, addr) -> m.readOnceIf64(addr, -1)),
          Map.entry("write64", (m, addr) -> m.write64(addr, 1)),
          Map.entry("writeOnce64", (m, addr) -> m.writeOnce64(addr, 1)),
          Map.entry("setBits64", (m, addr) -> m.setBits64(addr, 1)),
          Map.entry("clearBits64", (m, addr) -> m.clearBits64(addr, 1)),
          Map.entry("testAndSetBits64", (m, addr) -> m.testAndSetBits64(addr, 1)),
          Map.entry("testAndClearBits64", (m, addr) -> m.testAndClearBits64(addr, 1)),
          Map.entry("add64", (m, addr) -> m.add64(addr, 1)),
          Map.entry("addReturn64", (m, addr) -> m.addReturn64(addr, 1)),
          Map.entry("compareAndSet64", (m, addr) -> m.compareAndSet64(addr, 0, 1)),
          Map.entry("compareAndExchange64", (m, addr) -> m.compareAndExchange64(addr, 0, 1)),
          Map.entry("lockBits64", (m, addr) -> m.lockBits64(addr, 1)),
          Map.entry("tryLockBits64", (m, addr) -> m.tryLockBits64(addr, 1)),
          Map.entry("unlockBits64", (m, addr) -> m.unlockBits64(addr, 1)),
          Map.entry("waitUntil64", (m, addr) -> m.waitUntil64(addr, 0, 0))));

  private static final Map<String, ObjLongConsumer<Memory>> ACCESSES_32 =
      new TreeMap<>(Map.ofEntries(
          Map.entry("read32", Memory::read32),
          Map.entry("readOnce32", Memory::readOnce32),
          Map.entry("isPositive32", Memory::isPositive32),
          Map.entry("is32", (m, addr) -> m.is32(addr, 0)),
          Map.entry("write32", (m, addr) -> m.write32(addr, 1)),
          Map.entry("writeOnce32", (m, addr) -> m.writeOnce32(addr, 1)),
          Map.entry("writeRelease32", (m, addr) -> m.writeRelease32(addr, 1)),
          Map.entry("add32", (m, addr) -> m.add32(addr, 1)),
          Map.entry("addFull32", (m, addr) -> m.addFull32(addr, 1)),
          Map.entry("subAndTest32", (m, addr) -> m.subAndTest32(addr, 1)),
          Map.entry("subReturn32", (m, addr) -> m.subReturn32(addr, 1)),
          Map.entry("addUnless32", (m, addr) -> m.addUnless32(addr, 1, 0)),
          Map.entry("addReturn32", (m, addr) -> m.addReturn32(addr, 1)),
          Map.entry("compareAndExchange32", (m, addr) -> m.compareAndExchange32(addr, 0, 1)),
          Map.entry("compareAndSet32", (m, addr) -> m.compareAndSet32(addr, 0, 1)),
          Map.entry("lock", Memory::lock),
          Map.entry("unlock", Memory::unlock)));

  /** Those that reach memory at this address, each on a memory of its own. */
  private List<String> reaching(Map<String, ObjLongConsumer<Memory>> accesses, long addr) {
    return accesses.keySet().stream()
        .filter(name -> {
          Memory fresh = create();
          Throwable thrown = catchThrowable(() -> accesses.get(name).accept(fresh, addr));
          return !(thrown instanceof KernelBug);
        })
        .toList();
  }

  /** The control: they all reach the first and the last word. */
  @Test
  void everyAccessReachesTheFirstAndTheLastWord() {
    for (long addr : new long[] {Arena.BASE, Arena.BASE + BYTES - 8}) {
      assertThat(reaching(ACCESSES_64, addr)).containsExactlyElementsOf(ACCESSES_64.keySet());
      assertThat(reaching(ACCESSES_32, addr + 4)).containsExactlyElementsOf(ACCESSES_32.keySet());
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        8,
        -8,
        Arena.BASE - 8,
        Arena.BASE + BYTES,
        Arena.BASE + BYTES + 64,
        Arena.BASE + (1L << 32),
        Arena.BASE + (1L << 61),
        Arena.BASE ^ Long.MIN_VALUE,
        Long.MAX_VALUE - 7,
        Long.MIN_VALUE,
        Values.LIST_POISON1,
        Values.LIST_POISON2
      })
  void anAlignedPointerOutOfMemoryIsAKernelBug(long addr) {
    assertThat(reaching(ACCESSES_64, addr)).isEmpty();
    assertThat(reaching(ACCESSES_32, addr)).isEmpty();
    assertThat(reaching(ACCESSES_32, addr + 4)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void aMisalignedPointerIsAKernelBug(int off) {
    for (long addr : new long[] {Arena.BASE - 8, WORD, Arena.BASE + BYTES - 8}) {
      assertThat(reaching(ACCESSES_64, addr + off)).isEmpty();
      if (off != 4) {
        assertThat(reaching(ACCESSES_32, addr + off)).isEmpty();
      }
    }
  }

  // ---- the rest

  @Test
  void barriersNotesAndViewsChangeNothing() {
    memory.write64(WORD, 5);
    memory.mb();
    memory.rmb();
    memory.wmb();
    memory.mbAfterAtomic();
    memory.note(Note.FREED, WORD);
    memory.note(Note.REF, WORD, 1, -1);
    assertThat(memory.through(View.PIN).read64(WORD)).isEqualTo(5);
    assertThat(memory.through(View.LIST)).isSameAs(memory);
  }

  @Test
  void aBugStopsWhoeverMetIt() {
    assertThat(catchThrowable(() -> memory.bug("no pages")))
        .isInstanceOf(KernelBug.class)
        .hasMessage("no pages");
  }
}
