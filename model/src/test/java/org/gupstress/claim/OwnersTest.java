// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gupstress.explore.Result;
import org.gupstress.explore.Runs;
import org.gupstress.page.PageKind;
import org.gupstress.page.PageLayout;
import org.gupstress.page.Ref;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that are on no LRU and need not be: what still counts as lost of them. */
class OwnersTest {
  private static Spec of(PageKind kind) {
    return Spec.named("owner", "one operation on a machine with " + kind)
        .pages(4)
        .kinds(kind)
        .boot(mm -> {
          switch (kind) {
            case DEVICE -> Boot.device(mm, 0);
            case HUGETLB -> Boot.hugetlb(mm, 0);
            case ZERO -> Boot.zeroPage(mm);
            case HUGE -> Boot.huge(mm, 0);
          }
        });
  }

  private static Result run(PageKind kind, Operation.Body body) {
    return Runs.explore(
        Runs.design("get-page"),
        of(kind).program((role, rounds, design) -> List.of(new Operation("it", body))));
  }

  @ParameterizedTest
  @CsvSource({"DEVICE", "HUGETLB", "ZERO", "HUGE"})
  void nothingIsWrongAsLongAsNothingHappens(PageKind kind) {
    assertThat(run(kind, (mm, cpu) -> {}).violations()).isEmpty();
  }

  /** A device and the kernel image keep one reference for ever. */
  @ParameterizedTest
  @CsvSource({"DEVICE", "ZERO"})
  void theOwnersReferenceIsNotForOthersToPut(PageKind kind) {
    Result result = run(kind, (mm, cpu) -> mm.page().subReturn(mm.page().address(0), Ref.OWNER, 1));
    assertThat(result.violations()).containsOnlyKeys(Harm.REF_MISMATCH);
  }

  @Test
  void aPagemapReferenceThatIsNotPutIsLeaked() {
    assertThat(run(PageKind.DEVICE, (mm, cpu) -> mm.lru().devices().get()).violations())
        .containsOnlyKeys(Harm.REF_LEAKED);
  }

  @Test
  void aPagemapReferenceThatIsPutTwiceIsMissed() {
    assertThat(run(PageKind.DEVICE, (mm, cpu) -> mm.lru().devices().put()).violations())
        .containsOnlyKeys(Harm.REF_MISMATCH);
  }

  /** Without the pool's list the page is nobody's: being of that kind is no excuse. */
  @Test
  void aHugePageThatThePoolHasLostIsStranded() {
    Result result = run(
        PageKind.HUGETLB, (mm, cpu) -> mm.lru().list().del(mm.page().address(0) + PageLayout.LRU));
    assertThat(result.violations()).containsOnlyKeys(Harm.STRANDED, Harm.ACCOUNTING);
    assertThat(result.violations().get(Harm.STRANDED).text()).startsWith("page0 has no pins");
  }

  @Test
  void aSplitPageThatIsOnNoListIsStranded() {
    Result result = run(PageKind.HUGE, (mm, cpu) -> {
      mm.hugeSplit().splitMapped(cpu, 0);
      long tail = mm.page().address(1);
      mm.lru().isolation().isolateLruPage(cpu, tail);
      mm.lru().release().put(cpu, tail, Ref.ISO);
    });
    assertThat(result.violations()).containsOnlyKeys(Harm.STRANDED, Harm.ACCOUNTING);
    assertThat(result.violations().get(Harm.STRANDED).text()).startsWith("page1 has no pins");
  }

  @Test
  void hugetlbLockIsALockLikeTheOthers() {
    Result result =
        run(PageKind.HUGETLB, (mm, cpu) -> mm.memory().lock(mm.lru().hugetlb().lock()));
    assertThat(result.violations()).containsOnlyKeys(Harm.LOCK_LEFT_HELD);
  }
}
