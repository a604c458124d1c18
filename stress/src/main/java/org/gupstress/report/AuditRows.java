// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gupstress.audit.Court;
import org.gupstress.claim.Claim;
import org.gupstress.explore.Verdict;
import org.gupstress.race.Race;
import org.gupstress.race.Races;
import org.gupstress.result.Fields;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;

/** The court again, from the rows that {@link RowJson} wrote. */
final class AuditRows {
  private static final int COLUMN = 7;

  /** One row: what a scenario and kernel say about a claim. */
  private record Entry(String design, String claim, Verdict verdict, boolean isSurprise) {}

  /** The shortest interleaving of a race. */
  private record Shown(String design, String harm, long preemptions, long steps, String token) {
    static final Comparator<Shown> SHORTEST =
        Comparator.comparing(Shown::preemptions).thenComparing(Shown::steps);
  }

  private final List<Entry> entries = new ArrayList<>();
  private final Map<List<String>, TreeSet<String>> causes = new LinkedHashMap<>();
  private final TreeMap<String, List<Shown>> races = new TreeMap<>(Race.BY_NUMBER);

  boolean isEmpty() {
    return entries.isEmpty();
  }

  void take(Fields row) throws IOException {
    String design = row.text("design");
    Entry entry = new Entry(
        design,
        row.text("claim"),
        verdict(row.text("verdict")),
        row.has("expected") && !row.flag("expected"));
    entries.add(entry);
    causes
        .computeIfAbsent(List.of(design, entry.claim()), key -> new TreeSet<>(Race.BY_NUMBER))
        .addAll(row.texts("causes"));
    if (row.has("harms")) {
      for (Fields harm : row.list("harms")) {
        take(design, harm);
      }
    }
  }

  private void take(String design, Fields harm) throws IOException {
    Shown shown = new Shown(
        design,
        harm.text("harm"),
        harm.number("preemptions"),
        harm.number("steps"),
        harm.textOrEmpty("token"));
    for (String cause : harm.texts("causes")) {
      races.computeIfAbsent(cause, key -> new ArrayList<>()).add(shown);
    }
  }

  private static Verdict verdict(String id) throws IOException {
    return Arrays.stream(Verdict.values())
        .filter(verdict -> verdict.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IOException("there is no verdict \"" + id + "\""));
  }

  void print(Sheet sheet) {
    List<String> designs = entries.stream().map(Entry::design).distinct().toList();
    List<String> claims = Arrays.stream(Claim.values())
        .map(Claim::id)
        .filter(id -> entries.stream()
            .anyMatch(entry -> entry.claim().equals(id)
                && (entry.verdict() == Verdict.VIOLATED || !id.equals(Claim.DESIGN_CONTRACT.id()))))
        .toList();
    CourtText.print(designs, id -> id, claims, id -> id, sheet, this::cell);
    races(sheet);
  }

  private Table.Cell cell(String design, String claim) {
    List<Entry> own = entries.stream()
        .filter(entry -> entry.design().equals(design) && entry.claim().equals(claim))
        .toList();
    Verdict verdict = Court.gravest(own.stream().map(Entry::verdict).toList());
    Set<String> words =
        new LinkedHashSet<>(causes.getOrDefault(List.of(design, claim), new TreeSet<>()));
    if (words.isEmpty()) {
      words.add(verdict.id());
    }
    if (own.stream().anyMatch(Entry::isSurprise)) {
      words.add("!");
    }
    String text = String.join(" ", words);
    return new Table.Cell(CourtText.ink(verdict, text), text);
  }

  private void races(Sheet sheet) {
    if (races.isEmpty()) {
      return;
    }
    sheet.blank();
    sheet.text(Ink.BOLD, "", "Races found, with the shortest interleaving of each");
    races.forEach((race, ways) -> {
      Shown shown = ways.stream().min(Shown.SHORTEST).orElseThrow();
      List<String> designs = ways.stream().map(Shown::design).distinct().toList();
      sheet.text(
          Ink.PLAIN,
          "  " + race + " ".repeat(Math.max(1, COLUMN - 2 - race.length())),
          COLUMN,
          sentence(race, shown) + " (" + String.join(", ", designs) + ")");
      if (!shown.token().isEmpty()) {
        sheet.token(COLUMN, shown.token());
      }
    });
  }

  private static String sentence(String race, Shown shown) {
    return Races.all().stream()
        .filter(known -> known.id().equals(race))
        .map(Race::sentence)
        .findFirst()
        .orElse(shown.harm());
  }
}
