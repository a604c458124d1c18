// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Expectations;
import org.gupstress.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue says of each race what the expectations say, and leaves nothing open. */
class RacesTest {
  private static final Set<String> DESIGNS =
      Designs.all().stream().map(PinDesign::id).collect(Collectors.toSet());
  private static final Set<String> SCENARIOS =
      Catalogue.all().stream().map(Scenario::id).collect(Collectors.toSet());

  /** The designs of which the expectations name the race. */
  private static final Map<String, Set<String>> EXPECTED = expected();

  static List<Race> races() {
    return Races.all();
  }

  static Stream<Race> shownRaces() {
    return races().stream().filter(race -> !race.exhibits().isEmpty());
  }

  @Test
  void noIdMeansTwoThings() {
    List<String> ids = new ArrayList<>();
    for (Race race : races()) {
      ids.add(race.id());
      ids.addAll(race.formerly());
    }
    Check.all().forEach(check -> ids.add(check.id()));
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void theRacesThatAreReadAreNumberedWithoutGaps() {
    List<String> read =
        races().stream().map(Race::id).filter(id -> id.startsWith("R")).toList();
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i)).isEqualTo(String.format("R-%02d", i + 1));
    }
  }

  @ParameterizedTest
  @MethodSource("races")
  void eachIsToldAndHasASource(Race race) {
    assertThat(race.story()).endsWith(".");
    assertThat(race.seen()).endsWith(".");
    assertThat(race.sources()).isNotEmpty();
    assertThat(DESIGNS).containsAll(race.designs().keySet());
    assertThat(race.exhibits().isEmpty() && race.notShown().isEmpty())
        .as("neither shown nor said why not")
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("shownRaces")
  void theDesignsAreThoseOfTheExpectations(Race race) {
    assertThat(race.designs().keySet()).isEqualTo(EXPECTED.getOrDefault(race.id(), Set.of()));
  }

  @ParameterizedTest
  @MethodSource("shownRaces")
  void whatShowsItIsExpectedForIt(Race race) {
    for (Exhibit exhibit : race.exhibits()) {
      assertThat(causes(exhibit)).as(exhibit.toString()).contains(race.id());
    }
  }

  /** The control: what is not expected of a design would be found out. */
  @Test
  void anExhibitOfASoundDesignIsNotExpected() {
    Exhibit wrong = new Exhibit("foll-pin", "pin-vs-drain", Kernel.PRODUCTION, Harm.STRANDED);
    assertThat(causes(wrong)).isEmpty();
    assertThat(EXPECTED.get("R-07")).doesNotContain("foll-pin");
  }

  @Test
  void everyCauseIsInTheCatalogue() {
    assertThat(Races.all().stream().map(Race::id)).containsAll(EXPECTED.keySet());
  }

  @Test
  void formerIdsAreFound() {
    assertThat(Races.find("K5").orElseThrow().id()).isEqualTo("R-31");
    assertThat(Races.find("g-01").orElseThrow().id()).isEqualTo("R-15");
    assertThat(Races.find("R-99")).isEmpty();
    assertThat(Check.find("k3").orElseThrow().id()).isEqualTo("K-03");
    assertThat(Check.find("K-13")).isEmpty();
  }

  @Test
  void checksNameScenariosAndRacesThatThereAre() {
    for (Check check : Check.all()) {
      assertThat(SCENARIOS).as(check.id()).containsAll(check.scenarios());
      check.races().forEach(id -> assertThat(Races.find(id)).as(id).isPresent());
      assertThat(check.scenarios().isEmpty()).isNotEqualTo(check.notShown().isEmpty());
    }
  }

  private static List<String> causes(Exhibit exhibit) {
    return Expectations.causes(
        exhibit.design(), exhibit.scenario(), exhibit.kernel(), exhibit.harm());
  }

  private static Map<String, Set<String>> expected() {
    Map<String, Set<String>> designs = new TreeMap<>();
    for (String design : DESIGNS) {
      for (String scenario : SCENARIOS) {
        for (Kernel kernel : Kernel.usual()) {
          for (Harm harm : Expectations.harms(design, scenario, kernel)) {
            for (String cause : Expectations.causes(design, scenario, kernel, harm)) {
              designs.computeIfAbsent(cause, id -> new TreeSet<>()).add(design);
            }
          }
        }
      }
    }
    return designs;
  }
}
