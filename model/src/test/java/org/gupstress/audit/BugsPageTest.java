// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gupstress.race.Bug;
import org.gupstress.race.Bugs;
import org.gupstress.race.Trial;
import org.junit.jupiter.api.Test;

/** {@code BUGS.md} is what the catalogue says, and what the runs find. */
class BugsPageTest {
  private static final Path PAGE = Path.of("BUGS.md");

  private static final String MADE = BugsPage.text(Bugs.all());

  @Test
  void thePageIsThatOfTheCatalogueAndOfTheRuns() throws IOException {
    assertThat(Files.readString(PAGE)).as("made again by: " + BugsPage.COMMAND).isEqualTo(MADE);
  }

  /** The control: a kernel that has its fix makes no page. */
  @Test
  void aBugThatIsNotThereAnyMoreMakesNoPage() {
    Bug bug = Bugs.find("M-07").orElseThrow();
    Trial trial = bug.trials().get(0);
    Trial mended = new Trial(trial.after(), trial.after(), trial.harm());
    Bug gone = new Bug(
        bug.id(),
        bug.title(),
        bug.story(),
        bug.from(),
        bug.to(),
        bug.fixes(),
        bug.cve(),
        List.of(mended),
        bug.notShown());
    assertThatIllegalStateException()
        .isThrownBy(() -> BugsPage.text(List.of(gone)))
        .withMessageContaining("force-vs-continue");
  }

  /** The other control: a bug less is another page. */
  @Test
  void aBugLessIsAnotherPage() {
    List<Bug> shown = List.of(Bugs.find("M-07").orElseThrow());
    assertThat(BugsPage.text(shown)).isNotEqualTo(BugsPage.text(List.of())).contains("## M-07");
  }

  @Test
  void everyIdHasAHeadingOfItsOwn() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    for (Bug bug : Bugs.all()) {
      assertThat(lines).containsOnlyOnce("## " + bug.id());
    }
  }
}
