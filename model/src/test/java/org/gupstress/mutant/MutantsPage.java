// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** model/MUTANTS.md: what became of the generated changes, out of the record alone. */
final class MutantsPage {
  static final Path PAGE = Path.of("MUTANTS.md");

  private final List<Row> rows;

  MutantsPage(List<Row> rows) {
    this.rows = rows;
  }

  /** Writes the page; the directory of the module is where it is run. */
  public static void main(String[] args) throws IOException {
    Files.writeString(PAGE, new MutantsPage(Rows.recorded()).text());
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.addAll(List.of(
        "# Generated mutants",
        "",
        "A program makes single changes to the kernel code and to the sound designs, and each is explored with `foll-pin`,",
        "`page-ext` and `rfc-fixed` in both kernels, in the scenarios that come to the changed statement, until a claim falls that",
        "holds without the change. This page is made from the record of such runs.",
        "",
        "```",
        "mvn -B -ntp -Pmutants -pl model test",
        "```",
        "",
        "judges what the record lacks, for hours, and goes on where it was stopped; `-Dgupstress.mutants.threads=N` is how many",
        "processes do it. What changes only constructors, what sets the scene, what is told to the checker, assertions, or what only a",
        "debug kernel checks is not generated.",
        "",
        judged(),
        ""));
    lines.add("## Score");
    lines.add("");
    lines.addAll(table("package", row -> row.place().unit(), Generated.UNITS));
    lines.add("");
    lines.addAll(table(
        "operator",
        row -> row.place().operator().id(),
        Stream.of(Operator.values()).map(Operator::id).toList()));
    lines.add("");
    for (Operator operator : Operator.values()) {
      lines.add("- `" + operator.id() + "`: " + operator.sentence());
    }
    lines.add("");
    for (Verdict verdict : Verdict.values()) {
      lines.add("- *" + words(verdict) + "*: " + verdict.sentence());
    }
    lines.add("");
    lines.add(
        "The score is caught of caught and survived. It is an estimate: what survives is judged again in more cells, and what is caught is not judged again when scenarios change.");
    lines.add("");
    lines.addAll(catchers());
    lines.addAll(survivors());
    lines.addAll(unreached());
    return String.join("\n", lines) + "\n";
  }

  private String judged() {
    long pending = count(rows, Verdict.PENDING);
    long open = rows.stream().filter(Row::isOpen).count();
    String all = String.format(
        Locale.ROOT,
        "Of %d changes that are generated, %d are judged%s.",
        rows.size(),
        rows.size() - pending,
        pending == 0 ? "" : ", some of each package");
    return open == 0
        ? all
        : all + " Of the survivors, " + open + " were not asked of all cells that come there yet.";
  }

  private static long count(List<Row> some, Verdict verdict) {
    return some.stream().filter(row -> row.verdict() == verdict).count();
  }

  private static String words(Verdict verdict) {
    return verdict.id().replace('-', ' ');
  }

  // ---- score

  private List<String> table(String what, Function<Row, String> key, List<String> keys) {
    Map<String, List<Row>> groups = new LinkedHashMap<>();
    keys.forEach(each -> groups.put(each, new ArrayList<>()));
    rows.forEach(row -> groups.get(key.apply(row)).add(row));
    List<String> lines = new ArrayList<>();
    String verdicts =
        Stream.of(Verdict.values()).map(v -> words(v) + " | ").collect(Collectors.joining());
    lines.add("| " + what + " | generated | " + verdicts + "score |");
    lines.add("|---|" + "--:|".repeat(Verdict.values().length + 2));
    groups.forEach((name, some) -> lines.add(line(name, some)));
    lines.add(line("all", rows));
    return lines;
  }

  private static String line(String name, List<Row> some) {
    StringBuilder line = new StringBuilder("| " + name + " | " + some.size() + " | ");
    for (Verdict verdict : Verdict.values()) {
      line.append(count(some, verdict)).append(" | ");
    }
    long caught = count(some, Verdict.CAUGHT);
    long live = caught + count(some, Verdict.SURVIVED);
    return line.append(live == 0 ? "" : 100 * caught / live + " %").append(" |").toString();
  }

  private List<String> catchers() {
    Map<String, Long> by = rows.stream()
        .filter(row -> row.verdict() == Verdict.CAUGHT)
        .collect(Collectors.groupingBy(
            row -> row.by().replaceFirst(":.*", ""), TreeMap::new, Collectors.counting()));
    String list = by.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()))
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
    return List.of("What fell first: " + list + ".", "");
  }

  // ---- survivors

  private List<String> survivors() {
    List<String> lines = new ArrayList<>(List.of("## Survivors by kind", ""));
    lines.add("| kind | survivors | asked of all cells | why |");
    lines.add("|---|--:|--:|---|");
    Map<Kind, List<Row>> byKind = new LinkedHashMap<>();
    Kind.ALL.forEach(kind -> byKind.put(kind, new ArrayList<>()));
    rows.stream()
        .filter(row -> row.verdict() == Verdict.SURVIVED)
        .forEach(row -> byKind.get(Kind.of(row)).add(row));
    byKind.forEach((kind, some) -> {
      if (!some.isEmpty()) {
        long whole = some.stream().filter(row -> !row.isOpen()).count();
        lines.add("| " + kind.name() + " | " + some.size() + " | " + whole + " | " + kind.sentence()
            + " |");
      }
    });
    lines.add("");
    lines.add("Where the open ones are, operator and how many:");
    lines.add("");
    lines.addAll(places(byKind.get(Kind.OPEN)));
    lines.add("");
    return lines;
  }

  private List<String> unreached() {
    List<String> lines = new ArrayList<>(List.of(
        "## Not reached",
        "",
        "Code that no scenario of the audit executes with a sound design, or whose condition always has the value that makes no difference:",
        ""));
    lines.addAll(
        places(rows.stream().filter(row -> row.verdict() == Verdict.UNREACHED).toList()));
    return lines;
  }

  /** By file: method, and what was done there how often. */
  private static List<String> places(List<Row> some) {
    Map<String, Map<String, Long>> byFile = new TreeMap<>();
    for (Row row : some) {
      byFile
          .computeIfAbsent(row.place().file(), file -> new TreeMap<>())
          .merge(row.place().method(), 1L, Long::sum);
    }
    List<String> lines = new ArrayList<>();
    byFile.forEach((file, methods) -> lines.add("- " + file + ": "
        + methods.entrySet().stream()
            .map(each -> each.getKey() + (each.getValue() == 1 ? "" : " " + each.getValue()))
            .collect(Collectors.joining(", "))));
    return lines;
  }
}
