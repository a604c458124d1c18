// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened to a page becomes operations of the model, as far as there are such. */
class ScenarioFileTest {
  @TempDir
  private Path directory;

  private List<String> lines;

  @BeforeEach
  void begin() {
    lines = new ArrayList<>();
  }

  private void reference(int cpu, String change, int count, String function) {
    String head = "   task-4" + cpu + " [00" + cpu + "] ....  12." + (200000 + lines.size()) + ": ";
    lines.add(head + "page_ref_mod: pfn=0x1234 flags=lru count=" + count
        + " mapcount=0 mapping=00000000a7c1f3d0 mt=1 val=" + change);
    lines.add(head + "<stack trace>");
    lines.add(" => " + function);
  }

  private ScenarioFile made() {
    return Objects.requireNonNull(
        TraceReader.read(Traces.written(directory, lines)).scenario("HotPage", "hot-page"));
  }

  @Test
  void thePageCacheAndReclaim() {
    lines.add(Traces.line(0, "mm_vmscan_direct_reclaim_begin: order=0 gfp_flags=GFP_NOFS"));
    lines.addAll(Traces.life("_ add 2_f activate dirty delete").stream().skip(1).toList());
    ScenarioFile file = made();
    assertThat(file.operations()).isEqualTo(5);
    assertThat(file.text())
        .containsSubsequence("read(0),", "drain(),", "activate(0),", "write(0),", "shrink(1) //")
        .contains("cpus(1, 1, 1, 0);")
        .doesNotContain("overlap", "keepingPins");
  }

  @Test
  void withoutReclaimAPageIsTruncated() {
    lines.addAll(Traces.life("add delete"));
    assertThat(made().text()).containsSubsequence("read(0),", "truncate(0) //");
  }

  @Test
  void aPinOfBeforeIsMadeUpForAndOneThatIsLeftIsKept() {
    reference(0, "-1", 3, "put_user_page");
    reference(0, "1", 4, "gup_pte_range");
    reference(1, "1", 5, "gup_pte_range");
    reference(1, "-1", 4, "put_user_page");
    ScenarioFile file = made();
    assertThat(file.text())
        .containsSubsequence(
            "keepingPins();",
            "gupFast(0, 5), // pinned before that",
            "unpin(5),",
            "gupFast(0, 0) //",
            "gupFast(0, 0),",
            "unpin(0) //")
        .contains("overlap(m, \"gup_fast\", \"unpin\")");
    assertThat(file.operations()).isEqualTo(5);
  }

  @Test
  void whatIsNotModelledIsAComment() {
    lines.addAll(Traces.life("alloc 0_a free"));
    ScenarioFile file = made();
    assertThat(file.operations()).isZero();
    assertThat(file.text()).contains("List.of()); // nothing of it is modelled", "put on");
  }

  /** What tasks call themselves must not end the comment. */
  @Test
  void namesOfTasksCannotBecomeCode() {
    for (String line : Traces.life("add 2_f")) {
      lines.add(line.replace("task-42", "*/\\u002a {@x}-42"));
    }
    assertThat(made().text()).doesNotContain("*/\\u", "{@x").contains("* //u002a");
  }
}
