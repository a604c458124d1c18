// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.List;
import java.util.Locale;
import org.gupstress.mutant.Change.Place;

/**
 * What became of a change, as it is kept in a file: tabs between the fields.
 *
 * @param line where the place was then
 * @param cell design/scenario/kernel that caught it; empty if none did
 * @param by the claim and its harm, or the condition that was not met; empty if nothing was
 * @param asked how many cells were to be asked, at most, when it was judged last
 * @param cells how many cells come there
 * @param different how many of those that were asked took other steps than without the change
 */
record Row(
    Place place,
    int line,
    Verdict verdict,
    String cell,
    String by,
    int asked,
    int cells,
    int different,
    double seconds) {
  private static final int FIELDS = 14;
  private static final int STATES_MAX = 200_000;
  private static final int STATES_AFTER_HARM = 2_000;

  static Row parse(String text) {
    List<String> words = List.of(text.split("\t", -1));
    if (words.size() != FIELDS) {
      throw new IllegalArgumentException(
          "expected " + FIELDS + " fields, found " + words.size() + ": " + text);
    }
    Place place = new Place(
        words.get(0),
        words.get(1),
        Operator.of(words.get(2)),
        Integer.parseInt(words.get(3)),
        words.get(4),
        words.get(5));
    return new Row(
        place,
        Integer.parseInt(words.get(6)),
        Verdict.of(words.get(7)),
        words.get(8),
        words.get(9),
        Integer.parseInt(words.get(10)),
        Integer.parseInt(words.get(11)),
        Integer.parseInt(words.get(12)),
        Double.parseDouble(words.get(13)));
  }

  String text() {
    return String.join(
        "\t",
        place.file(),
        place.method(),
        place.operator().id(),
        Integer.toString(place.nth()),
        place.before(),
        place.after(),
        Integer.toString(line),
        verdict.id(),
        cell,
        by,
        Integer.toString(asked),
        Integer.toString(cells),
        Integer.toString(different),
        String.format(Locale.ROOT, "%.1f", seconds));
  }

  Row caughtBy(Caught caught) {
    String where = caught.design() + "/" + caught.scenario() + "/" + caught.kernel();
    String what = caught.harm().isEmpty() ? caught.by() : caught.by() + ": " + caught.harm();
    return new Row(
        place,
        line,
        Verdict.CAUGHT,
        where,
        what.replaceAll("\\s+", " "),
        asked,
        cells,
        different,
        seconds);
  }

  Row asked(int most, int all, int others) {
    return new Row(place, line, verdict, cell, by, most, all, others, seconds);
  }

  /** Whether anything is known: without a cell nobody survives. */
  boolean isJudged() {
    return verdict != Verdict.SURVIVED || asked > 0;
  }

  /** Whether there are cells that come there and were not asked. */
  boolean isOpen() {
    return (verdict == Verdict.SURVIVED || verdict == Verdict.TIMED_OUT) && asked < cells;
  }

  static Row pending(Change change) {
    return new Row(change.place(), change.line(), Verdict.PENDING, "", "", 0, 0, 0, 0);
  }

  /** The cell that caught it. */
  Cell caughtIn() {
    List<String> words = List.of(cell.split("/", 3));
    return new Cell(
        words.get(0), words.get(1), words.get(2), STATES_MAX, STATES_AFTER_HARM, Cell.UNKNOWN);
  }
}
