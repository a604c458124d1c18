// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gupstress.race.Check;
import org.gupstress.race.Race;
import org.gupstress.race.Races;
import org.junit.jupiter.api.Test;

/** {@code RACES.md} is what the catalogue says. */
class RacesPageTest {
  private static final Path PAGE = Path.of("RACES.md");

  @Test
  void thePageIsThatOfTheCatalogue() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("made again by: " + RacesPage.COMMAND)
        .isEqualTo(RacesPage.text(Races.all(), Check.all()));
  }

  /** The control: a race less is another page. */
  @Test
  void aRaceLessIsAnotherPage() throws IOException {
    List<Race> less = Races.all().subList(1, Races.all().size());
    assertThat(Files.readString(PAGE)).isNotEqualTo(RacesPage.text(less, Check.all()));
  }

  @Test
  void everyIdHasAHeadingOfItsOwn() {
    List<String> lines = RacesPage.text(Races.all(), Check.all()).lines().toList();
    for (Race race : Races.all()) {
      assertThat(lines).containsOnlyOnce("## " + race.id());
    }
    for (Check check : Check.all()) {
      assertThat(lines).containsOnlyOnce("## " + check.id());
    }
  }
}
