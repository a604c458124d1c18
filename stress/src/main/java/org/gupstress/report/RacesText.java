// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gupstress.audit.Case;
import org.gupstress.audit.Court;
import org.gupstress.audit.Evidence;
import org.gupstress.claim.Harm;
import org.gupstress.design.PinDesign;
import org.gupstress.race.Exhibit;
import org.gupstress.race.Race;
import org.gupstress.race.Races;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;

/** The races found, one entry each, as a reviewer pastes them. */
final class RacesText {
  private static final int COLUMN = 7;

  private RacesText() {}

  static void print(Court court, Sheet sheet) {
    TreeSet<String> races = new TreeSet<>(Race.BY_NUMBER);
    for (Case c : court.cases()) {
      races.addAll(races(c));
    }
    if (races.isEmpty()) {
      return;
    }
    sheet.blank();
    sheet.text(Ink.BOLD, "", "Races found, with the shortest interleavings that show them");
    races.forEach(race -> print(court, race, sheet));
  }

  private static Set<String> races(Case c) {
    Set<String> races = new LinkedHashSet<>();
    if (c.result() != null) {
      c.result().violations().keySet().forEach(harm -> races.addAll(c.causes(harm)));
    }
    return races;
  }

  private static void print(Court court, String race, Sheet sheet) {
    List<String> designs = court.designs().stream()
        .filter(design -> court.of(design).anyMatch(c -> races(c).contains(race)))
        .map(PinDesign::id)
        .toList();
    List<Evidence> shown = exhibits(court, race);
    sheet.text(
        Ink.PLAIN,
        "  " + race + " ".repeat(Math.max(1, COLUMN - 2 - race.length())),
        COLUMN,
        sentence(race, shown) + " (" + String.join(", ", designs) + ")");
    for (Evidence evidence : shown) {
      sheet.text(
          Ink.PLAIN,
          " ".repeat(COLUMN),
          evidence.violation().harm().id() + ", " + evidence.length());
      evidence.printToken(sheet, COLUMN + 2);
    }
  }

  /** The harms by which the race is known; of any other race, the shortest. */
  private static List<Evidence> exhibits(Court court, String race) {
    List<Evidence> shown = new ArrayList<>();
    Races.all().stream()
        .filter(known -> known.id().equals(race))
        .flatMap(known -> known.exhibits().stream())
        .forEach(exhibit -> Evidence.shortest(
                court.cases().stream(), (c, v) -> isOf(exhibit, c, v.harm()))
            .ifPresent(shown::add));
    if (shown.isEmpty()) {
      Evidence.shortest(court.cases().stream(), (c, v) -> c.causes(v.harm()).contains(race))
          .ifPresent(shown::add);
    }
    return shown;
  }

  /** Whether a race is known by this harm of this case. */
  static boolean isExhibit(Case c, Harm harm) {
    return Races.all().stream()
        .flatMap(race -> race.exhibits().stream())
        .anyMatch(exhibit -> isOf(exhibit, c, harm));
  }

  private static boolean isOf(Exhibit exhibit, Case c, Harm harm) {
    return exhibit.harm() == harm
        && exhibit.kernel().equals(c.plan().kernel())
        && exhibit.design().equals(c.plan().design().id())
        && exhibit.scenario().equals(c.plan().scenario().id());
  }

  private static String sentence(String race, List<Evidence> shown) {
    return Races.all().stream()
        .filter(known -> known.id().equals(race))
        .map(Race::sentence)
        .findFirst()
        .orElseGet(() -> shown.get(0).violation().harm().sentence());
  }
}
