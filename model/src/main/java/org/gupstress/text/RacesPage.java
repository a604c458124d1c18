// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gupstress.race.Check;
import org.gupstress.race.Exhibit;
import org.gupstress.race.Race;
import org.gupstress.race.Races;

/**
 * The catalogue of races as a page of Markdown, {@code model/RACES.md}. Each id has a heading of
 * its own, so that {@code RACES.md#r-07} stays a link to it.
 */
public final class RacesPage {
  /** How the page is made again, from the root of the repository. */
  static final String COMMAND =
      "java -cp model/target/classes org.gupstress.text.RacesPage model/RACES.md";

  private static final int WIDTH = 100;
  private static final Pattern ID = Pattern.compile("\\b[RGK]-[0-9]{2}\\b");

  private final StringBuilder page = new StringBuilder();

  private RacesPage() {}

  /** Writes the page. The one argument is its path. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException(
          "expected the path of the page, found " + args.length + " arguments");
    }
    Files.writeString(Path.of(args[0]), text(Races.all(), Check.all()));
  }

  /** The page of these races and checks. */
  public static String text(List<Race> races, List<Check> checks) {
    RacesPage made = new RacesPage();
    made.head();
    made.contents(races);
    races.forEach(made::race);
    made.checks(checks);
    return made.page.toString();
  }

  private void head() {
    line("<!-- Generated from org.gupstress.race; do not edit. To make it again, after a build:");
    line("     " + COMMAND + " -->");
    line("# Races");
    line("");
    paragraph(
        "What goes wrong when pages are pinned, by the ids that the verdicts of gupstress name."
            + " `R-nn` can be found by reading the source; `G-nn` the explorer found. `gupstress explain"
            + " R-07` shows the shortest interleaving of each design that has it, step by step.");
    paragraph("The designs: `get-page` is Linux 4.19 as it is; `rfc-jul`, `rfc-oct` and `rfc-nov`"
        + " are the postings of July, October and November 2018; `rfc-fixed` is what their review"
        + " asked for; `page-ext` counts pins beside struct page; `foll-pin` is Linux 5.7. What the"
        + " Linux functions do is in [KERNEL.md](KERNEL.md).");
  }

  private void contents(List<Race> races) {
    line("| id | what goes wrong | designs |");
    line("|---|---|---|");
    for (Race race : races) {
      line("| " + link(race.id()) + " | " + race.sentence() + " | "
          + codes(race.designs().keySet().stream().toList()) + " |");
    }
    line("");
  }

  private void race(Race race) {
    line("## " + race.id());
    line("");
    paragraph("**" + capital(race.sentence()) + ".**");
    paragraph(linked(race.story()));
    paragraph("*What a detector sees.* " + linked(race.seen()));
    designs(race.designs());
    exhibits(race.exhibits());
    if (!race.notShown().isEmpty()) {
      paragraph("*What no run shows.* " + linked(race.notShown()));
    }
    line("Sources:");
    line("");
    race.sources().forEach(source -> line("- [" + source.text() + "](" + source.link() + ")"));
    line("");
    if (!race.formerly().isEmpty()) {
      paragraph("*Formerly* " + String.join(", ", race.formerly()) + ".");
    }
  }

  private void designs(Map<String, String> designs) {
    if (!designs.isEmpty()) {
      line("| design | why |");
      line("|---|---|");
      designs.forEach((design, why) -> line("| `" + design + "` | " + linked(why) + " |"));
      line("");
    }
  }

  private void exhibits(List<Exhibit> exhibits) {
    if (exhibits.isEmpty()) {
      return;
    }
    Map<List<String>, List<String>> harms = new LinkedHashMap<>();
    for (Exhibit exhibit : exhibits) {
      harms
          .computeIfAbsent(
              List.of(exhibit.design(), exhibit.scenario(), exhibit.kernel().id()),
              run -> new ArrayList<>())
          .add(exhibit.harm().id());
    }
    line("| shown by | scenario | kernel | harm |");
    line("|---|---|---|---|");
    harms.forEach((run, found) -> line("| `" + run.get(0) + "` | `" + run.get(1) + "` | "
        + run.get(2) + " | " + codes(found) + " |"));
    line("");
  }

  private void checks(List<Check> checks) {
    line("# Checks");
    line("");
    paragraph("Schedules to which every design is put, and where the scenarios have them.");
    for (Check check : checks) {
      line("## " + check.id());
      line("");
      paragraph(capital(check.sentence()) + ".");
      if (check.notShown().isEmpty()) {
        paragraph("Scenarios: " + codes(check.scenarios()) + ". It shows "
            + check.races().stream().map(RacesPage::link).collect(Collectors.joining(", "))
            + " in the designs that have them.");
      } else {
        paragraph("No scenario. " + check.notShown());
      }
    }
    page.setLength(page.length() - 1);
  }

  private static String link(String id) {
    return "[" + id + "](#" + id.toLowerCase(Locale.ROOT) + ")";
  }

  /** The text with every id that is named in it as a link. */
  private static String linked(String text) {
    return ID.matcher(text).replaceAll(id -> link(id.group()));
  }

  private static String codes(List<String> ids) {
    return ids.stream().map(id -> "`" + id + "`").collect(Collectors.joining(" "));
  }

  private static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private void paragraph(String text) {
    Paragraph.lines(text, WIDTH).forEach(this::line);
    line("");
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
