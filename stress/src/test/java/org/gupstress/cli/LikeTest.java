// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gupstress.storm.StormPlan;
import org.gupstress.storm.Storms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A storm takes its load from a trace, and refuses what shows none. */
class LikeTest {
  private static final int FILE_PAGES = 9000;

  @TempDir
  private Path directory;

  private final List<StormPlan> plans = new ArrayList<>();

  /** A task reads a file through a memory of 5,000 pages, again and again. */
  @BeforeEach
  void trace() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String where = "dev 7:0 ino c pfn=0x%x ofs=%d order=0";
      int added = i % FILE_PAGES;
      int deleted = (i + FILE_PAGES - 5000) % FILE_PAGES;
      lines.add(String.format(
          Locale.ROOT,
          "  t-1 [000] ..... 1.%06d: mm_filemap_delete_from_page_cache: " + where,
          2 * i,
          deleted + 1,
          deleted * 4096L));
      lines.add(String.format(
          Locale.ROOT,
          "  t-1 [000] ..... 1.%06d: mm_filemap_add_to_page_cache: " + where,
          2 * i + 1,
          added + 1,
          added * 4096L));
    }
    Files.write(directory.resolve("trace.txt"), lines);
    Files.writeString(
        directory.resolve("other.txt"),
        "  t-1 [000] ..... 1.000001: mm_lru_activate: folio=0x9 pfn=0x44\n");
    Files.writeString(directory.resolve("empty.txt"), "");
    Files.write(directory.resolve("binary.txt"), new byte[] {0x7f, 'E', 'L', 'F', 0, 1, 2, 3});
  }

  private CommandLineRun storm(String... more) {
    List<String> words = new ArrayList<>(List.of(
        "storm",
        "--design",
        "get-page",
        "--json",
        directory.resolve("result.json").toString()));
    for (String word : more) {
      words.add(word.replace("DIR", directory.toString()));
    }
    return CommandLineRun.of(
        (plan, observer) -> {
          plans.add(plan);
          return Storms.result();
        },
        words.toArray(String[]::new));
  }

  @Test
  void sizesAreThoseOfTheTraceAndBothMachinesAreShown() {
    CommandLineRun run = storm("--like", "DIR/trace.txt");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("memory of 5,000 pages")
        .contains("memory limit is not in the trace")
        .containsPattern("refaults / inserted +0\\.\\d+");
    assertThat(plans).singleElement().satisfies(plan -> {
      assertThat(plan.setup().cpus()).isEqualTo(1);
      assertThat(plan.setup().pages()).isBetween(5000, 5400);
      assertThat(plan.setup().workingSet().filePages()).isBetween(8900, 9200);
      assertThat(plan.setup().mix().pins()).isFalse();
    });
  }

  @Test
  void aReplayIsAsLargeAsTheUserSays() {
    storm("--workload", "replay:DIR/trace.txt", "--pages", "16k", "--cpus", "3");
    assertThat(plans).singleElement().satisfies(plan -> {
      assertThat(plan.setup().cpus()).isEqualTo(3);
      assertThat(plan.setup().pages()).isEqualTo(16_384);
      assertThat(plan.setup().workingSet().filePages()).isBetween(28_000, 30_000);
      assertThat(plan.setup().mix()).hasToString("replay:trace.txt");
    });
  }

  @ParameterizedTest
  @CsvSource({
    "--like DIR/other.txt, shows no load",
    "--like DIR/none.txt, none.txt",
    "--like DIR/empty.txt, is empty",
    "--like DIR/binary.txt, is binary",
    "--workload replay:DIR/other.txt, shows no load",
    "--workload replay:, directory",
    "--chunk 4, are of a replay",
    "--like DIR/trace.txt --chunk 1025, from 1 to 1024",
    "--like DIR/trace.txt --read-around -1, from 1 to 8192",
    "--like DIR/trace.txt --workload replay:x, no other replay"
  })
  void whatShowsNoLoadIsRefused(String words, String sentence) {
    CommandLineRun run = storm(words.split(" ", -1));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(plans).isEmpty();
  }
}
