// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.KernelBug;
import org.gupstress.memory.Memory;
import org.gupstress.memory.NativeMemory;
import org.gupstress.memory.Note;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** get_page, put_page and their relatives, on both memories. */
class ReferencesTest {
  private static final int SIZE = Arena.CPU_BLOCK + 256;

  private record On(Memory memory, Page page, Page debug, long p) {
    static On of(Memory memory) {
      Page page = new Page(memory, new Arena(1), Kernel.PRODUCTION, 2);
      Page debug = new Page(memory, new Arena(1), Kernel.DEBUG, 2);
      return new On(memory, page, debug, page.address(1));
    }

    int refs() {
      return memory.read32(p + PageLayout.REFCOUNT);
    }
  }

  private List<On> both;

  @BeforeEach
  void begin() {
    both = List.of(On.of(new ArenaMemory(1, SIZE, 0)), On.of(new NativeMemory(SIZE)));
  }

  @Test
  void getAddsAndPutTellsTheLastOne() {
    for (On on : both) {
      on.page().bootRef(on.p(), Ref.ALLOC);
      on.page().get(on.p(), Ref.GUP);
      assertThat(on.refs()).isEqualTo(2);
      assertThat(on.page().putTestzero(on.p(), Ref.GUP)).isFalse();
      assertThat(on.page().putTestzero(on.p(), Ref.ALLOC)).isTrue();
      assertThat(on.refs()).isZero();
    }
  }

  @Test
  void manyReferencesAtOnceAreOneStep() {
    for (On on : both) {
      on.page().addRefs(on.p(), Ref.GUP, 1024);
      on.page().addRefs(on.p(), Ref.GUP, 1024);
      assertThat(on.page().putTestzero(on.p(), Ref.GUP, 1024)).isFalse();
      assertThat(on.refs()).isEqualTo(1024);
      assertThat(on.page().putTestzero(on.p(), Ref.GUP, 1024)).isTrue();
    }
  }

  @Test
  void nobodyGetsAPageThatIsBeingFreed() {
    for (On on : both) {
      assertThat(on.page().getUnlessZero(on.p(), Ref.GUP)).isFalse();
      assertThat(on.refs()).isZero();
      on.page().bootRef(on.p(), Ref.CACHE);
      assertThat(on.page().getUnlessZero(on.p(), Ref.GUP)).isTrue();
      assertThat(on.refs()).isEqualTo(2);
    }
  }

  @Test
  void freezeNeedsExactlyTheReferencesThatItNames() {
    for (On on : both) {
      on.page().addRefs(on.p(), Ref.CACHE, 3);
      assertThat(on.page().freeze(on.p(), Ref.CACHE, Ref.ISO)).isFalse();
      assertThat(on.refs()).isEqualTo(3);
      on.page().putTestzero(on.p(), Ref.CACHE);
      assertThat(on.page().freeze(on.p(), Ref.CACHE, Ref.ISO)).isTrue();
      assertThat(on.refs()).isZero();
      assertThat(on.page().getUnlessZero(on.p(), Ref.GUP)).isFalse();
      on.page().unfreeze(on.p(), Ref.CACHE, Ref.ISO);
      assertThat(on.refs()).isEqualTo(2);
    }
  }

  @Test
  void theHeadOfAPageIsItselfUnlessBitZeroSaysOtherwise() {
    for (On on : both) {
      long head = on.page().address(0);
      assertThat(on.page().compoundHead(on.p())).isEqualTo(on.p());
      on.memory().write64(on.p() + PageLayout.COMPOUND_HEAD, head + 1);
      assertThat(on.page().compoundHead(on.p())).isEqualTo(head);
      on.page().get(on.p(), Ref.LOOKUP);
      assertThat(on.refs()).isZero();
      assertThat(on.memory().read32(head + PageLayout.REFCOUNT)).isEqualTo(1);
    }
  }

  @Test
  void aPageLockIsOneBit() {
    for (On on : both) {
      on.page().set(on.p(), PageFlag.DIRTY);
      assertThat(on.page().trylock(on.p())).isTrue();
      assertThat(on.page().trylock(on.p())).isFalse();
      on.page().unlock(on.p());
      assertThat(on.page().flags(on.p(), -1)).isEqualTo(PageFlag.DIRTY.mask());
      assertThat(on.page().trylock(on.p())).isTrue();
    }
  }

  @Test
  void aDebugKernelStopsWhereReferencesCannotBeRight() {
    for (On on : both) {
      assertThatThrownBy(() -> on.debug().get(on.p(), Ref.GUP))
          .isInstanceOf(KernelBug.class)
          .hasMessageContaining("get_page");
      assertThatThrownBy(() -> on.debug().putTestzero(on.p(), Ref.GUP))
          .isInstanceOf(KernelBug.class)
          .hasMessageContaining("put_page");
      assertThat(on.refs()).isZero();
      on.debug().setRefcounted(on.p());
      assertThatThrownBy(() -> on.debug().setRefcounted(on.p()))
          .isInstanceOf(KernelBug.class)
          .hasMessageContaining("set_page_refcounted");
      // the same on a production kernel goes on with the broken count
      on.page().putTestzero(on.p(), Ref.GUP, 2);
      assertThat(on.refs()).isEqualTo(-1);
    }
  }

  @Test
  void everyReferenceIsNotedWithItsReasonAndOnlyIfItWasTaken() {
    ArenaMemory memory = new ArenaMemory(1, SIZE, 0);
    Page page = new Page(memory, new Arena(1), Kernel.PRODUCTION, 1);
    int[] sums = new int[Ref.values().length];
    memory.watch(new ArenaMemory.Watcher() {
      @Override
      public void before(Access access) {}

      @Override
      public void note(Note note, long about, long detail, long amount) {
        assertThat(note).isEqualTo(Note.REF);
        assertThat(about).isEqualTo(page.address(0));
        sums[(int) detail] += (int) amount;
      }
    });
    long p = page.address(0);
    page.getUnlessZero(p, Ref.LOOKUP);
    page.setRefcounted(p);
    page.rename(p, Ref.ALLOC, Ref.MAP);
    page.get(p, Ref.GUP);
    page.addRefs(p, Ref.GUP, 5);
    page.putTestzero(p, Ref.GUP, 2);
    page.freeze(p, Ref.CACHE);
    page.bootRef(p, Ref.CACHE);
    int[] expected = new int[Ref.values().length];
    expected[Ref.MAP.ordinal()] = 1;
    expected[Ref.GUP.ordinal()] = 4;
    expected[Ref.CACHE.ordinal()] = 1;
    assertThat(sums).isEqualTo(expected);
    assertThat(memory.half(p + PageLayout.REFCOUNT)).isEqualTo(6);
  }
}
