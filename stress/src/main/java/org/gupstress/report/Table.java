// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.gupstress.text.Ink;
import org.gupstress.text.Paragraph;
import org.gupstress.text.Sheet;

/**
 * Rows under a heading. Cells wrap at spaces, not inside a word; columns that do not fit beside
 * each other go into a further table below, with the first column again. A column that is too wide
 * even for that stands below the first, row by row.
 */
final class Table {
  private static final int GAP = 2;

  /** A text in its colour. */
  record Cell(Ink ink, String text) {
    static Cell of(String text) {
      return new Cell(Ink.PLAIN, text);
    }
  }

  private final List<List<Cell>> rows = new ArrayList<>();
  private int numbers = Integer.MAX_VALUE;

  Table(List<String> heading) {
    rows.add(heading.stream().map(text -> new Cell(Ink.BOLD, text)).toList());
  }

  Table(String... heading) {
    this(List.of(heading));
  }

  /** From this column on there are numbers, which stand at the right. */
  Table numbersFrom(int column) {
    numbers = column;
    return this;
  }

  void add(List<Cell> row) {
    rows.add(row);
  }

  void add(String... row) {
    rows.add(Arrays.stream(row).map(Cell::of).toList());
  }

  void print(Sheet sheet) {
    int columns = rows.get(0).size();
    int next = 1;
    while (next < columns) {
      int from = next;
      int room = sheet.width() - narrowest(0);
      while (next < columns && (next == from || room >= gap(columns) + narrowest(next))) {
        room -= gap(columns) + narrowest(next++);
      }
      if (from > 1) {
        sheet.blank();
      }
      if (narrowest(0) + gap(columns) + narrowest(from) > sheet.width()) {
        stack(sheet, from);
      } else {
        print(sheet, from, next, gap(columns));
      }
    }
  }

  /** Each cell of the column below the first of its row. */
  private void stack(Sheet sheet, int column) {
    for (List<Cell> row : rows) {
      sheet.text(row.get(0).ink(), "", row.get(0).text());
      sheet.text(row.get(column).ink(), " ".repeat(GAP), row.get(column).text());
    }
  }

  /** Many columns stand closer. */
  private static int gap(int columns) {
    return columns > 4 ? 1 : GAP;
  }

  private int narrowest(int column) {
    int widest = 0;
    for (List<Cell> row : rows) {
      widest = Math.max(widest, Paragraph.widestWord(row.get(column).text()));
    }
    return widest;
  }

  private int widest(int column) {
    int widest = 0;
    for (List<Cell> row : rows) {
      widest = Math.max(widest, row.get(column).text().length());
    }
    return widest;
  }

  private void print(Sheet sheet, int from, int to, int gap) {
    List<Integer> columns = new ArrayList<>(List.of(0));
    for (int column = from; column < to; column++) {
      columns.add(column);
    }
    int[] widths = widths(columns, sheet.width() - gap * (columns.size() - 1));
    for (List<Cell> row : rows) {
      List<List<String>> cells = new ArrayList<>();
      for (int i = 0; i < widths.length; i++) {
        cells.add(Paragraph.lines(row.get(columns.get(i)).text(), widths[i]));
      }
      int height = Collections.max(cells.stream().map(List::size).toList());
      for (int line = 0; line < height; line++) {
        List<Sheet.Span> spans = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
          String text = line < cells.get(i).size() ? cells.get(i).get(line) : "";
          String pad = " ".repeat(Math.max(0, widths[i] - text.length()));
          boolean isNumber = columns.get(i) >= numbers;
          spans.add(new Sheet.Span(Ink.PLAIN, isNumber ? pad : ""));
          spans.add(new Sheet.Span(row.get(columns.get(i)).ink(), text));
          spans.add(new Sheet.Span(Ink.PLAIN, (isNumber ? "" : pad) + " ".repeat(gap)));
        }
        sheet.row(spans);
      }
    }
  }

  /** Every column as narrow as it can be, then what is left over to those that still wrap. */
  private int[] widths(List<Integer> columns, int room) {
    int[] widths = columns.stream().mapToInt(this::narrowest).toArray();
    int left = room - Arrays.stream(widths).sum();
    for (boolean grown = true; left > 0 && grown; ) {
      grown = false;
      for (int i = 0; i < widths.length && left > 0; i++) {
        if (widths[i] < widest(columns.get(i))) {
          widths[i]++;
          left--;
          grown = true;
        }
      }
    }
    return widths;
  }
}
