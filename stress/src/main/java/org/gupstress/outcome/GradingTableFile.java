// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the grading table of a question from the Markdown file that holds it.
 *
 * <p>The file has the question as its title, then the essay in free prose, then two lists:
 *
 * <pre>
 * # PinVsDrain
 * a page is pinned while ...
 *
 * ## Tests
 * - `*On3Cpus` asks pin-vs-drain on 3 CPUs of rfc-oct, rfc-nov
 *   - not of get-page, page-ext: one atomic counter, as on 2 CPUs
 *
 * ## Outcomes
 * ### uncounted
 * - control in `RfcOct RfcOctOn*`: The pin came before the drain set PG_lru ...
 * - rare in `RfcNovOn3Cpus`: The pin wrote count and flag after the drain's test ...
 * </pre>
 *
 * <p>An item goes on in lines that are indented. A question about words that no design has a say in
 * is put to "no design".
 */
final class GradingTableFile {
  /** How the names of the files end. */
  static final String SUFFIX = ".md";

  private static final Pattern FORM =
      Pattern.compile("- `([A-Za-z0-9*]+)` asks ([a-z0-9-]+) on ([2-9]) CPUs of (.+)");
  private static final Pattern LEFT_OUT = Pattern.compile("  - not of ([a-z0-9, -]+): (.+)");
  private static final Pattern ROW = Pattern.compile("- ([a-z]+) in `([A-Za-z0-9* ]+)`: (.+)");

  private final String file;
  private final String question;
  private final List<GradingTable.Form> forms = new ArrayList<>();
  private final List<GradingTable.Row> rows = new ArrayList<>();
  private final StringBuilder essay = new StringBuilder();
  private Section section = Section.TITLE;
  private String outcome = "";

  private enum Section {
    TITLE,
    ESSAY,
    TESTS,
    OUTCOMES
  }

  /** One line of the file, or an item with the lines in which it goes on. */
  private record Item(int line, String text) {}

  private GradingTableFile(String question) {
    this.question = question;
    this.file = question + SUFFIX;
  }

  /**
   * The table that a file holds.
   *
   * @throws IllegalArgumentException with file, line, what was expected and what was found
   */
  static GradingTable read(String question, List<String> lines) {
    GradingTableFile reader = new GradingTableFile(question);
    for (Item item : items(lines)) {
      reader.take(item);
    }
    return reader.table(lines.size());
  }

  /** The lines, those joined that belong to one item of a list. */
  private static List<Item> items(List<String> lines) {
    List<Item> items = new ArrayList<>();
    boolean isItem = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      if (isItem && line.startsWith("  ") && !line.strip().startsWith("- ")) {
        Item begun = items.remove(items.size() - 1);
        items.add(new Item(begun.line(), begun.text() + " " + line.strip()));
      } else {
        isItem = line.strip().startsWith("- ");
        items.add(new Item(i + 1, line));
      }
    }
    return items;
  }

  private void take(Item item) {
    String text = item.text();
    if (section == Section.TITLE) {
      title(item);
    } else if (text.equals("## Tests")) {
      section = Section.TESTS;
    } else if (text.equals("## Outcomes")) {
      section = Section.OUTCOMES;
    } else if (section == Section.ESSAY) {
      essay.append(text).append('\n');
    } else if (section == Section.OUTCOMES && text.startsWith("### ")) {
      outcome = text.substring("### ".length()).strip();
    } else if (!text.isBlank()) {
      item(item);
    }
  }

  private void title(Item item) {
    if (item.text().equals("# " + question)) {
      section = Section.ESSAY;
    } else if (!item.text().isBlank() && !item.text().startsWith("<!--")) {
      throw wrong(item.line(), "the title # " + question, item.text());
    }
  }

  private void item(Item item) {
    Matcher form = FORM.matcher(item.text());
    Matcher leftOut = LEFT_OUT.matcher(item.text());
    Matcher row = ROW.matcher(item.text());
    if (section == Section.TESTS && form.matches()) {
      form(item, form);
    } else if (section == Section.TESTS && leftOut.matches() && !forms.isEmpty()) {
      for (String design : names(leftOut.group(1))) {
        forms.get(forms.size() - 1).leftOut().put(design, leftOut.group(2));
      }
    } else if (section == Section.OUTCOMES && row.matches() && !outcome.isEmpty()) {
      rows.add(new GradingTable.Row(
          outcome, grade(item, row.group(1)), List.of(row.group(2).split(" +")), row.group(3)));
    } else {
      throw wrong(
          item.line(),
          section == Section.TESTS
              ? "- `NAME` asks SCENARIO on N CPUs of DESIGN, DESIGN"
              : "### OUTCOME, or below it - GRADE in `TEST TEST`: SENTENCE",
          item.text());
    }
  }

  private void form(Item item, Matcher form) {
    String pattern = form.group(1);
    List<String> designs = form.group(4).equals("no design") ? List.of() : names(form.group(4));
    if (pattern.contains("*") == designs.isEmpty()) {
      throw wrong(item.line(), "a star in the name, for the design that is asked", item.text());
    }
    forms.add(new GradingTable.Form(
        pattern, form.group(2), Integer.parseInt(form.group(3)), designs, new LinkedHashMap<>()));
  }

  private static List<String> names(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  private Grade grade(Item item, String id) {
    for (Grade grade : Grade.ofTables()) {
      if (grade.id.equals(id)) {
        return grade;
      }
    }
    throw wrong(
        item.line(),
        "a grade of "
            + Grade.ofTables().stream().map(grade -> grade.id).collect(Collectors.joining(", ")),
        id);
  }

  private GradingTable table(int lines) {
    if (section != Section.OUTCOMES) {
      throw wrong(lines, "the headings ## Tests and ## Outcomes", "the end of the file");
    }
    GradingTable table =
        new GradingTable(question, essay.toString().strip(), List.copyOf(forms), List.copyOf(rows));
    if (!table.mistakes().isEmpty()) {
      throw new IllegalArgumentException(file + ": " + String.join("; ", table.mistakes()));
    }
    return table;
  }

  private IllegalArgumentException wrong(int line, String expected, String found) {
    return new IllegalArgumentException(
        file + ":" + line + ": expected " + expected + ", found " + found);
  }
}
