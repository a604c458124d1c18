// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gupstress.dossier.ReferenceRow;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reference has a holder, by reason; what has none is counted. */
class CustodyTest {
  @TempDir
  private Path directory;

  private List<String> lines;

  @BeforeEach
  void begin() {
    lines = new ArrayList<>();
  }

  private void event(int cpu, String event, int count, String change, String... stack) {
    String head = "   task-4" + cpu + "  [00" + cpu + "] ....  7." + (100000 + lines.size()) + ": ";
    lines.add(head + event + ": pfn=0x10 flags=lru count=" + count
        + " mapcount=0 mapping=00000000a7c1f3d0 mt=1 " + change);
    if (stack.length > 0) {
      lines.add(head + "<stack trace>");
      for (String function : stack) {
        lines.add(" => " + function + "+0x1c/0x80");
      }
    }
  }

  private void taken(int count, String... stack) {
    event(0, "page_ref_mod", count, "val=1", stack);
  }

  private void dropped(int count, String... stack) {
    event(0, "page_ref_mod_and_test", count, "val=-1 ret=" + (count == 0 ? 1 : 0), stack);
  }

  private Custody custody() {
    return Objects.requireNonNull(Traces.read(directory, lines).custody());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pin-4.19.txt", "pin-trace-cmd.txt"})
  void ofAPageThatIsPinnedAndReclaimed(String name) {
    Custody custody = Objects.requireNonNull(Traces.read(Traces.shipped(name)).custody());
    assertThat(custody.events()).isEqualTo(37);
    assertThat(sums(custody))
        .isEqualTo(Map.of(
            Ref.ALLOC, List.of(4L, 4L),
            Ref.CACHE, List.of(4L, 2L),
            Ref.MAP, List.of(2L, 2L),
            Ref.PVADD, List.of(4L, 4L),
            Ref.ISO, List.of(4L, 4L),
            Ref.GUP, List.of(2L, 1L)));
    // one page is pinned still, and two are in the page cache
    assertThat(custody.held()).isEqualTo(Map.of("CACHE", 2L, "GUP", 1L));
    assertThat(custody.unknown()).isEmpty();
    assertThat(custody.withoutStack()).isZero();
    assertThat(custody.earlier()).isZero();
    assertThat(custody.odd()).isEmpty();
    assertThat(custody.misread()).isZero();
  }

  private static Map<Ref, List<Long>> sums(Custody custody) {
    Map<Ref, List<Long>> sums = new EnumMap<>(Ref.class);
    for (ReferenceRow row : custody.rows()) {
      List<Long> before = sums.getOrDefault(row.reason(), List.of(0L, 0L));
      sums.put(row.reason(), List.of(before.get(0) + row.taken(), before.get(1) + row.dropped()));
    }
    return sums;
  }

  /** The control: a count that jumps belongs to nobody. */
  @Test
  void aCountThatDoesNotAddUpIsNamed() {
    taken(2, "gup_pte_range");
    taken(5, "gup_pte_range");
    Custody custody = custody();
    assertThat(custody.oddPages()).isEqualTo(1);
    assertThat(custody.odd()).containsExactly(new Custody.OddPage(0x10, 3, 5));
  }

  @Test
  void aCountThatIsOffForAMomentIsAnotherCpus() {
    event(0, "page_ref_mod", 3, "val=1", "gup_pte_range");
    event(1, "page_ref_mod", 3, "val=-1", "gup_pte_range");
    event(0, "page_ref_mod", 4, "val=1", "gup_pte_range");
    event(1, "page_ref_mod_and_test", 2, "val=-1 ret=0", "put_user_page");
    event(1, "page_ref_mod", 3, "val=1", "gup_pte_range");
    Custody custody = custody();
    assertThat(custody.momentary()).isPositive();
    assertThat(custody.oddPages()).isZero();
  }

  @Test
  void aPinOf1024IsOne() {
    event(0, "page_ref_mod", 1025, "val=1024", "try_grab_folio", "gup_fast_pte_range");
    event(0, "page_ref_mod_and_test", 1, "val=-1024 ret=0", "gup_put_folio", "unpin_user_page");
    assertThat(sums(custody())).isEqualTo(Map.of(Ref.GUP, List.of(1L, 1L)));
  }

  @Test
  void aStackBelongsToTheLastEventOfItsCpu() {
    String head = "   task-4  [000] ....  7.1: page_ref_mod: pfn=0x10 flags=lru count=2 val=1";
    lines.add(head);
    lines.add("   task-5  [001] ....  7.1: page_ref_mod: pfn=0x20 flags=lru count=2 val=1");
    lines.add("   task-4  [000] ....  7.1: <stack trace>");
    lines.add(" => gup_pte_range");
    lines.add("   task-5  [001] ....  7.1: <stack trace>");
    lines.add(" => isolate_lru_page");
    assertThat(sums(custody()))
        .isEqualTo(Map.of(Ref.GUP, List.of(1L, 0L), Ref.ISO, List.of(1L, 0L)));
  }

  @Test
  void whatCannotBeAttributedIsCounted() {
    taken(2);
    taken(3, "frobnicate", "kthread");
    dropped(2, "put_user_page");
    Custody custody = custody();
    assertThat(custody.withoutStack()).isEqualTo(1);
    assertThat(custody.unknown()).isEqualTo(Map.of("frobnicate", 1L));
    assertThat(custody.earlier()).isEqualTo(1);
    assertThat(custody.rows()).isEmpty();
  }

  @Test
  void whatIsHeldWhenAPageIsFreedWasMisread() {
    event(0, "page_ref_set", 1, "val=1", "prep_new_page");
    taken(2, "gup_pte_range");
    dropped(1, "find_get_page");
    dropped(0, "put_user_page");
    assertThat(custody().misread()).isZero();
    lines.clear();
    event(0, "page_ref_set", 1, "val=1", "prep_new_page");
    dropped(0, "put_user_page");
    assertThat(custody().misread()).isEqualTo(1);
  }

  @Test
  void whatFailedChangesNothing() {
    event(0, "page_ref_mod_unless", 0, "val=1 ret=0", "gup_pte_range");
    event(0, "page_ref_freeze", 3, "val=2 ret=0", "__remove_mapping");
    Custody custody = custody();
    assertThat(custody.events()).isEqualTo(2);
    assertThat(custody.rows()).isEmpty();
    assertThat(custody.oddPages()).isZero();
  }

  @Test
  void aFieldThatIsMissingIsACutLine() {
    taken(2, "gup_pte_range");
    lines.add("   task-40  [000] ....  7.2: page_ref_mod: pfn=0x10 flags=lru coun");
    TraceRecord trace = Traces.read(directory, lines);
    assertThat(trace.reading().cut()).isEqualTo(1);
    assertThat(trace.reading().holes()).isEqualTo(1);
  }

  @Test
  void theFirstLineOfTheTableDecides() {
    Reasons reasons =
        Reasons.of(List.of("# of fault", "filemap_fault MAP -", "find MAP LOOKUP|GUP"));
    Reasons.Meaning meaning =
        Objects.requireNonNull(reasons.of(List.of("find", "filemap_fault"), true));
    assertThat(meaning.function()).isEqualTo("filemap_fault");
    assertThat(Objects.requireNonNull(reasons.of(List.of("find", "filemap_fault"), false))
            .dropped())
        .containsExactly(Ref.LOOKUP, Ref.GUP);
    assertThat(reasons.of(List.of("other"), true)).isNull();
    assertThatThrownBy(() -> Reasons.of(List.of("a MAP -", "a MAP -")))
        .hasMessageContaining("a is in the table twice");
    assertThatThrownBy(() -> Reasons.of(List.of("a NONSENSE -")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Every reason of the model's ledger can be found, but that of pages on no LRU. */
  @Test
  void theTableHasAllReasons() {
    Reasons shipped = Reasons.shipped();
    for (String function : List.of(
        "post_alloc_hook",
        "activate_page",
        "folio_rotate_reclaimable",
        "deactivate_file_folio",
        "lru_cache_add",
        "isolate_lru_page",
        "drop_buffers",
        "__filemap_add_folio",
        "put_user_page",
        "filemap_map_pages",
        "gup_fast_pte_range",
        "filemap_read")) {
      assertThat(shipped.of(List.of(function), true) != null
              || shipped.of(List.of(function), false) != null)
          .as(function)
          .isTrue();
    }
  }
}
