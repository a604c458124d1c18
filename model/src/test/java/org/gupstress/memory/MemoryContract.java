// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
