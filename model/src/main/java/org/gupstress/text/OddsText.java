// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import java.util.List;
import java.util.Map;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Odds;

/** The odds along a counterexample: in words, and as a curve over its steps. */
public final class OddsText {
  private static final int ROWS = 4;
  private static final int MARGIN = 8;
  private static final int TICK = 10;

  private OddsText() {}

  /** Prints them. */
  public static void print(Harm harm, Odds odds, Sheet sheet) {
    print(Map.of(harm, odds), sheet);
  }

  /** Prints those of several harms that one interleaving does; of the first the curve too. */
  public static void print(Map<Harm, Odds> all, Sheet sheet) {
    all.forEach((harm, odds) -> sheet.text(sentence(harm, odds)));
    all.values().stream()
        .limit(1)
        .filter(odds -> odds.steps() > 0)
        .forEach(odds -> curve(odds, sheet));
  }

  /** In words. */
  public static String sentence(Harm harm, Odds odds) {
    int last = odds.steps();
    int noReturn = odds.noReturn();
    String begin = "Odds of " + harm.id() + ": ";
    if (noReturn == 0) {
      return begin + "every interleaving ends in it, from the start.";
    }
    int steepest = odds.steepest();
    StringBuilder text = new StringBuilder(begin)
        .append("at the start ")
        .append(Numbers.share(odds.after(0)))
        .append(" of the interleavings end in it");
    String below = Numbers.share(odds.after(steepest - 1));
    String above = Numbers.share(odds.after(steepest));
    if (steepest != noReturn && !below.equals(above)) {
      text.append("; step ")
          .append(steepest)
          .append(" takes it from ")
          .append(below)
          .append(" to ")
          .append(above);
    }
    if (noReturn == last) {
      return text.append("; before its last step, ")
          .append(last)
          .append(", ")
          .append(Numbers.share(odds.after(last - 1)))
          .append(" of what may follow does.")
          .toString();
    }
    return text.append("; before step ")
        .append(noReturn)
        .append(" it is ")
        .append(Numbers.share(odds.after(noReturn - 1)))
        .append(". From step ")
        .append(noReturn)
        .append(" on, every interleaving ends in it: the point of no return.")
        .toString();
  }

  private static void curve(Odds odds, Sheet sheet) {
    int room = Math.max(TICK, sheet.width() - MARGIN - 1);
    int each = (odds.steps() + room) / room;
    int columns = (odds.steps() + each - 1) / each + 1;
    for (int row = ROWS; row > 0; row--) {
      StringBuilder line = new StringBuilder(label(row));
      for (int column = 0; column < columns; column++) {
        double share = odds.after(Math.min(odds.steps(), column * each));
        // a full row is certainty, an empty one impossibility
        boolean isFilled = row == ROWS ? share == 1 : share * ROWS > row - 1;
        line.append(isFilled ? '*' : ' ');
      }
      put(Ink.PLAIN, line, sheet);
    }
    StringBuilder axis = new StringBuilder(" ".repeat(MARGIN));
    for (int column = 0; column < columns; column += TICK) {
      String step = Integer.toString(column * each);
      axis.append(step).append(" ".repeat(Math.max(1, TICK - step.length())));
    }
    put(Ink.FAINT, axis, sheet);
  }

  private static String label(int row) {
    String percent = row * 100 / ROWS + " %";
    return " ".repeat(MARGIN - 2 - percent.length()) + percent + " |";
  }

  private static void put(Ink ink, StringBuilder line, Sheet sheet) {
    sheet.row(List.of(new Sheet.Span(ink, line.toString())));
  }
}
