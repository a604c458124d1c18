// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gupstress.benchmark.BenchResults;
import org.junit.jupiter.api.Test;

/** The tables and pictures of {@code bench/README.md} are those of the rows beside them. */
class BenchPageTest {
  private static final Path BENCH = Path.of("../bench");

  private static String page() throws IOException {
    return Files.readString(BENCH.resolve("README.md"));
  }

  @Test
  void theTablesAreThoseOfTheRows() throws IOException {
    assertThat(page()).contains("<!-- bench ");
    assertThat(page())
        .as("made again by: " + BenchPage.COMMAND)
        .isEqualTo(BenchPage.page(page(), BenchPage.rows(BENCH)));
  }

  @Test
  void thePicturesAreThoseOfTheRows() throws IOException {
    BenchResults results = BenchPage.rows(BENCH);
    for (String question : results.questions()) {
      ByteArrayOutputStream svg = new ByteArrayOutputStream();
      BenchSvg.write(results, question, svg);
      assertThat(Files.readString(BenchPage.picture(BENCH, question)))
          .as("made again by: " + BenchPage.COMMAND)
          .isEqualTo(svg.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void thePageTellsNoMoreThanItKnows() throws IOException {
    assertThat(page()).doesNotContain("NaN", "+-?");
    assertThat(page()).doesNotContainPattern("\\+-\\s?(1\\d\\d|[6-9]\\d)\\s?%");
  }

  @Test
  void theControl_anotherRowIsAnotherPage() throws IOException {
    BenchResults results = BenchPage.rows(BENCH);
    results.figures().remove(0);
    assertThat(page()).isNotEqualTo(BenchPage.page(page(), results));
  }
}
