// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The explored memory: the contract of all memories, undo, fingerprints, and refused addresses. */
class ArenaMemoryTest extends MemoryContract {
  private static final int GHOSTS = 4;

  @Override
  Memory create() {
    return new ArenaMemory(1, BYTES, 0);
  }

  // ---- every Op

  @ParameterizedTest
  @CsvSource({
    // op, word before, a, b, seen, word after
    "READ64, 0x5, 0, 0, 0x5, 0x5",
    "READ_BITS64, 0x5, 0x6, 0, 0x4, 0x5",
    "READ_IF64, 0x5, 0x4, 0, 0x5, 0x5",
    "READ_IF64, 0x5, 0x2, 0, 0, 0x5",
    "WRITE64, 0x5, 0x9, 0, 0, 0x9",
    "SET_BITS64, 0x5, 0x3, 0, 0, 0x7",
    "CLEAR_BITS64, 0x5, 0x3, 0, 0, 0x4",
    "TEST_SET64, 0x4, 0x3, 0, 0, 0x7",
    "TEST_SET64, 0x5, 0x3, 0, 1, 0x7",
    "TEST_CLEAR64, 0x4, 0x3, 0, 0, 0x4",
    "TEST_CLEAR64, 0x5, 0x3, 0, 1, 0x4",
    "READ32, 0x1ffffffff, 0, 0, -1, 0x1ffffffff",
    "POSITIVE32, 0x100000001, 0, 0, 1, 0x100000001",
    "POSITIVE32, 0x1ffffffff, 0, 0, 0, 0x1ffffffff",
    "IS32, 0x100000003, 3, 0, 1, 0x100000003",
    "IS32, 0x100000003, 4, 0, 0, 0x100000003",
    "WRITE32, 0x100000003, 4, 0, 0, 0x100000004",
    "ADD32, 0x1ffffffff, 1, 0, 0, 0x100000000",
    "SUB_TEST32, 0x100000001, 1, 0, 1, 0x100000000",
    "SUB_TEST32, 0x100000000, 1, 0, 0, 0x1ffffffff",
    "ADD_UNLESS32, 0x100000001, 1, 0, 1, 0x100000002",
    "ADD_UNLESS32, 0x100000000, 1, 0, 0, 0x100000000",
    "CAS32, 0x100000002, 2, 0, 1, 0x100000000",
    "CAS32, 0x100000003, 2, 0, 0, 0x100000003",
    "LOCK, 0x100000000, 0, 0, 0, 0x100000001",
    "UNLOCK, 0x100000001, 0, 0, 0, 0x100000000",
    "LOCK_BITS64, 0x4, 0x1, 0, 0, 0x5",
    "UNLOCK_BITS64, 0x5, 0x1, 0, 0, 0x4",
    "WAIT64, 0x5, 0x1, 0x1, 0, 0x5"
  })
  void anAccessShowsAndDoesWhatItsOpSays(
      Op op, String before, String a, String b, String seen, String after) {
    ArenaMemory memory = new ArenaMemory(1, BYTES, 0);
    memory.write64(WORD, Long.decode(before));
    long mark = memory.sharedHash();
    assertThat(memory.perform(op, WORD, Long.decode(a), Long.decode(b)))
        .isEqualTo(Long.decode(seen));
    assertThat(memory.word(WORD)).isEqualTo(Long.decode(after));
    assertThat(memory.sharedHash() == mark).isEqualTo(before.equals(after));
    if (op.readsOnly()) {
      assertThat(after).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Op.class)
  void onlyWhatBlocksIsEverDisabled(Op op) {
    ArenaMemory memory = new ArenaMemory(1, BYTES, 0);
    Access access = new Access(op, WORD, 1, 1, View.FIELD);
    memory.write64(WORD, 1);
    boolean whenSet = memory.isEnabled(access);
    memory.write64(WORD, 0);
    boolean whenClear = memory.isEnabled(access);
    switch (op) {
      case LOCK, LOCK_BITS64 -> {
        assertThat(whenSet).isFalse();
        assertThat(whenClear).isTrue();
      }
      case WAIT64 -> {
        assertThat(whenSet).isTrue();
        assertThat(whenClear).isFalse();
      }
      default -> assertThat(whenSet && whenClear).isTrue();
    }
    assertThat(op.blocks()).isEqualTo(!(whenSet && whenClear));
  }

  // ---- undo and fingerprints

  @Test
  void undoRestoresBytesAndFingerprints() {
    ArenaMemory memory = new ArenaMemory(2, 2L * Arena.CPU_BLOCK + 256, GHOSTS);
    int ghost = memory.reserveGhost(GHOSTS);
    Random random = new Random(3);
    for (int i = 0; i < 50; i++) {
      change(memory, random, ghost);
    }
    List<Long> before = contents(memory, ghost);
    int mark = memory.mark();
    for (int i = 0; i < 3000; i++) {
      change(memory, random, ghost);
    }
    assertThat(contents(memory, ghost)).isNotEqualTo(before);
    memory.undoTo(mark);
    assertThat(contents(memory, ghost)).isEqualTo(before);
    memory.undoTo(0);
    assertThat(contents(memory, ghost))
        .isEqualTo(contents(new ArenaMemory(2, 2L * Arena.CPU_BLOCK + 256, GHOSTS), ghost));
  }

  private static void change(ArenaMemory memory, Random random, int ghost) {
    if (random.nextInt(8) == 0) {
      memory.setGhost(ghost + random.nextInt(GHOSTS), random.nextLong());
      return;
    }
    Op op = Op.values()[random.nextInt(Op.values().length)];
    int words = (2 * Arena.CPU_BLOCK + 256) / op.width();
    long addr = Arena.BASE + (long) random.nextInt(words) * op.width();
    memory.perform(op, addr, random.nextLong(), random.nextLong());
  }

  private static List<Long> contents(ArenaMemory memory, int ghost) {
    List<Long> all = new ArrayList<>();
    for (int offset = 0; offset < 2 * Arena.CPU_BLOCK + 256; offset += 8) {
      all.add(memory.word(Arena.BASE + offset));
    }
    for (int i = 0; i < GHOSTS; i++) {
      all.add(memory.ghost(ghost + i));
    }
    all.add(memory.privateHash(0));
    all.add(memory.privateHash(1));
    all.add(memory.sharedHash());
    return all;
  }

  @Test
  void theFingerprintIsOneOfContentsAndNotOfHistory() {
    ArenaMemory one = new ArenaMemory(1, BYTES, 1);
    ArenaMemory other = new ArenaMemory(1, BYTES, 1);
    one.write64(WORD, 1);
    one.write64(WORD + 8, 2);
    other.write64(WORD + 8, 7);
    other.write64(WORD, 1);
    assertThat(one.sharedHash()).isNotEqualTo(other.sharedHash());
    other.write64(WORD + 8, 2);
    assertThat(one.sharedHash()).isEqualTo(other.sharedHash());
    // ... and of which word it is, and of ghost state
    other.write64(WORD, 2);
    other.write64(WORD + 8, 1);
    assertThat(one.sharedHash()).isNotEqualTo(other.sharedHash());
    long before = one.sharedHash();
    one.setGhost(one.reserveGhost(1), 5);
    assertThat(one.sharedHash()).isNotEqualTo(before);
  }

  @Test
  void twoCpusWithEqualContentsHaveEqualFingerprintsEvenWherePointersPointToThemselves() {
    ArenaMemory memory = new ArenaMemory(2, 2L * Arena.CPU_BLOCK + 64, 0);
    assertThat(memory.privateHash(0)).isEqualTo(memory.privateHash(1));
    for (int cpu = 0; cpu < 2; cpu++) {
      long block = Arena.BASE + (long) cpu * Arena.CPU_BLOCK;
      memory.write64(block + 128, 42);
      memory.write64(block + 256, block + 256);
      memory.write64(block + 264, block + 128);
      if (cpu == 0) {
        assertThat(memory.privateHash(0)).isNotEqualTo(memory.privateHash(1));
      }
    }
    assertThat(memory.privateHash(0)).isEqualTo(memory.privateHash(1));
    // the control: a pointer to the other CPU's block is not a pointer to one's own
    memory.write64(Arena.BASE + 256, Arena.BASE + Arena.CPU_BLOCK + 256);
    assertThat(memory.privateHash(0)).isNotEqualTo(memory.privateHash(1));
  }

  @Test
  void privateWordsAreNotInTheSharedFingerprint() {
    ArenaMemory memory = new ArenaMemory(1, BYTES, 0);
    long shared = memory.sharedHash();
    memory.write64(Arena.BASE + 128, 42);
    assertThat(memory.sharedHash()).isEqualTo(shared);
    long own = memory.privateHash(0);
    memory.write64(WORD, 42);
    assertThat(memory.privateHash(0)).isEqualTo(own);
    assertThat(memory.sharedHash()).isNotEqualTo(shared);
  }

  // ---- addresses

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        8,
        Arena.BASE - 8,
        Arena.BASE + BYTES,
        Values.LIST_POISON1,
        -8,
        WORD + 1,
        WORD + 4,
        WORD + 7
      })
  void unmappedAndMisalignedAccessesAreRefusedAndChangeNothing(long addr) {
    ArenaMemory memory = new ArenaMemory(1, BYTES, 8);
    memory.reserveGhost(8);
    long hash = memory.sharedHash();
    assertThat(memory.isMapped(addr, 8)).isFalse();
    assertThatThrownBy(() -> memory.write64(addr, 1))
        .isInstanceOf(KernelBug.class)
        .hasMessageContaining("unmapped or misaligned 0x");
    assertThatThrownBy(() -> memory.read64(addr)).isInstanceOf(KernelBug.class);
    assertThat(memory.sharedHash()).isEqualTo(hash);
    assertThat(memory.mark()).isZero();
  }

  @Test
  void aHalfNeedsFourAlignedBytes() {
    ArenaMemory memory = new ArenaMemory(1, BYTES, 0);
    assertThat(memory.isMapped(WORD + 4, 4)).isTrue();
    assertThat(memory.isMapped(Arena.BASE + BYTES - 4, 4)).isTrue();
    assertThat(memory.isMapped(WORD + 2, 4)).isFalse();
    assertThat(memory.isMapped(Arena.BASE + BYTES, 4)).isFalse();
    assertThatThrownBy(() -> memory.add32(WORD + 3, 1)).isInstanceOf(KernelBug.class);
  }

  @Test
  void theWatcherSeesEveryAccessWithItsViewBeforeItIsMade() {
    ArenaMemory memory = new ArenaMemory(1, BYTES, 0);
    List<String> seen = new ArrayList<>();
    memory.watch(new ArenaMemory.Watcher() {
      @Override
      public void before(Access access) {
        seen.add(access.op() + " " + access.view() + " " + memory.word(WORD));
      }

      @Override
      public void note(Note note, long about, long detail, long amount) {
        seen.add(note + " " + detail + " " + amount);
      }
    });
    memory.through(View.LIST).write64(WORD, 1);
    memory.write64(WORD, 2);
    memory.note(Note.REF, WORD, 3, -4);
    memory.watch(null);
    memory.write64(WORD, 5);
    assertThat(seen).containsExactly("WRITE64 LIST 0", "WRITE64 FIELD 1", "REF 3 -4");
  }
}
