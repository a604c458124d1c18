// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gupstress.audit.Demonstration;
import org.gupstress.audit.Evidence;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.race.Check;
import org.gupstress.race.Race;
import org.gupstress.race.Races;
import org.gupstress.race.Source;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;

/** One race or check of the catalogue, with what shows it. */
public final class RaceText {
  private static final int INDENT = 2;

  private RaceText() {}

  /** What is known of a race, before anything is explored. */
  public static void print(Race race, Sheet sheet) {
    sheet.text(Ink.BOLD, race.id() + " ", race.sentence());
    sheet.blank();
    sheet.text(race.story());
    sheet.blank();
    sheet.text("What a detector sees: " + race.seen());
    if (!race.notShown().isEmpty()) {
      sheet.blank();
      sheet.text("What no run shows: " + race.notShown());
    }
    sheet.blank();
    sheet.text(Ink.BOLD, "", "Sources");
    for (Source source : race.sources()) {
      sheet.text(Ink.PLAIN, " ".repeat(INDENT), source.text());
      sheet.text(Ink.FAINT, " ".repeat(INDENT + 2), source.link());
    }
  }

  /** What was found: of each design the shortest, and the shortest of all step by step. */
  public static void print(Demonstration demonstration, Sheet sheet) {
    Race race = demonstration.race();
    sheet.blank();
    sheet.text(
        Ink.BOLD,
        "",
        race.exhibits().isEmpty()
            ? "Designs that have it"
            : "Designs that have it, with their shortest counterexamples");
    if (race.designs().isEmpty()) {
      sheet.text(Ink.PLAIN, " ".repeat(INDENT), "none");
    }
    race.designs().forEach((id, why) -> {
      sheet.text(Ink.PLAIN, " ".repeat(INDENT), id + ": " + why);
      if (!race.exhibits().isEmpty()) {
        counterexamples(demonstration, id, sheet);
      }
    });
    List<String> others = Designs.all().stream()
        .map(PinDesign::id)
        .filter(id -> !race.designs().containsKey(id))
        .toList();
    if (!race.exhibits().isEmpty() && !others.isEmpty()) {
      sheet.text(Ink.PLAIN, " ".repeat(INDENT), "not in the others: " + String.join(", ", others));
    }
    if (!demonstration.isComplete()) {
      sheet.text(Ink.YELLOW, "", "INCOMPLETE: the time was over before all had been explored");
    }
    demonstration.shortest().filter(e -> e.violation().token() != null).ifPresent(e -> {
      sheet.blank();
      sheet.text(Ink.BOLD, "", "The shortest of them; replay shows any other like this");
      sheet.blank();
      e.printStory(sheet);
    });
  }

  private static void counterexamples(Demonstration demonstration, String design, Sheet sheet) {
    Optional<List<Evidence>> found = demonstration.shown().entrySet().stream()
        .filter(entry -> entry.getKey().id().equals(design))
        .map(entry -> entry.getValue())
        .findFirst();
    if (found.isEmpty() || found.get().isEmpty()) {
      sheet.text(
          Ink.RED,
          " ".repeat(INDENT + 2),
          demonstration.isComplete() ? "not found" : "not found in time");
      return;
    }
    for (Evidence evidence : found.get()) {
      sheet.text(
          Ink.PLAIN,
          " ".repeat(INDENT + 2),
          evidence.violation().harm().id() + ", " + evidence.length());
      evidence.printToken(sheet, INDENT + 4);
    }
  }

  /** A check, its scenarios and the races that it shows. */
  public static void print(Check check, Sheet sheet) {
    sheet.text(Ink.BOLD, check.id() + " ", check.sentence());
    sheet.blank();
    if (check.scenarios().isEmpty()) {
      sheet.text("No scenario has it. " + check.notShown());
      return;
    }
    Table scenarios = new Table("scenario", "what happens");
    check.scenarios().forEach(id -> scenarios.add(id, summary(id)));
    scenarios.print(sheet);
    sheet.blank();
    Table races = new Table("shows", "what goes wrong", "designs");
    for (String id : check.races()) {
      Races.find(id)
          .ifPresent(race ->
              races.add(id, race.sentence(), String.join(" ", race.designs().keySet())));
    }
    races.print(sheet);
    sheet.blank();
    sheet.text("gupstress audit --scenario " + String.join(",", check.scenarios())
        + " puts all designs to it.");
  }

  private static String summary(String scenario) {
    return Catalogue.shipped().stream()
        .filter(known -> known.id().equals(scenario))
        .map(Scenario::summary)
        .collect(Collectors.joining());
  }
}
