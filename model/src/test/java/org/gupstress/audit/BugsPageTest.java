// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gupstress.race.Bug;
import org.gupstress.race.Bugs;
import org.junit.jupiter.api.Test;

/** {@code BUGS.md} is what the catalogue says, and what the runs find. */
class BugsPageTest {
  private static final Path PAGE = Path.of("BUGS.md");

  @Test
  void thePageIsThatOfTheCatalogueAndOfTheRuns() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("made again by: " + BugsPage.COMMAND)
        .isEqualTo(BugsPage.text(Bugs.all()));
  }

  /** The control: a bug less is another page. */
  @Test
  void aBugLessIsAnotherPage() throws IOException {
    List<Bug> less = Bugs.all().subList(1, Bugs.all().size());
    assertThat(Files.readString(PAGE)).isNotEqualTo(BugsPage.text(less));
  }

  @Test
  void everyIdHasAHeadingOfItsOwn() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    for (Bug bug : Bugs.all()) {
      assertThat(lines).containsOnlyOnce("## " + bug.id());
    }
  }
}
