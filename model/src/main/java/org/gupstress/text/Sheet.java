// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import java.io.PrintWriter;
import java.util.List;

/** What a report is written on: so many columns, ASCII, in colour or not. */
public final class Sheet {
  private final PrintWriter out;
  private final int width;
  private final boolean coloured;

  public Sheet(PrintWriter out, Format format, boolean coloured) {
    this.out = out;
    this.width = format.width();
    this.coloured = coloured && format == Format.TERMINAL;
  }

  public int width() {
    return width;
  }

  /** Ends a paragraph. */
  public void blank() {
    out.println();
  }

  /** A text from the left margin. */
  public void text(String text) {
    text(Ink.PLAIN, "", text);
  }

  /** A text whose lines all begin below the end of what leads it. */
  public void text(Ink ink, String lead, String text) {
    text(ink, lead, lead.length(), text);
  }

  /** A text that is led by something and goes on at this column. */
  public void text(Ink ink, String lead, int column, String text) {
    String before = lead;
    for (String line : Paragraph.lines(ascii(text), width - Math.max(column, lead.length()))) {
      put(before + (coloured ? ink.on(line) : line));
      before = " ".repeat(column);
    }
  }

  /** A token, folded behind its # where it is too long; replay takes the parts as they are. */
  public void token(int column, String token) {
    String indent = " ".repeat(column);
    String lead = indent + "replay: ";
    if (lead.length() + token.length() <= width) {
      put(lead + token);
      return;
    }
    int fold = token.indexOf('#') + 1;
    put(lead + token.substring(0, fold));
    Paragraph.lines(token.substring(fold), width - column).forEach(part -> put(indent + part));
  }

  /** A line that is known to fit, its parts in their colours. */
  public void row(List<Span> spans) {
    StringBuilder line = new StringBuilder();
    int kept = spans.size();
    while (kept > 0 && spans.get(kept - 1).text().isBlank()) {
      kept--;
    }
    for (int i = 0; i < kept; i++) {
      String text = ascii(spans.get(i).text());
      text = i == kept - 1 ? text.stripTrailing() : text;
      line.append(coloured ? spans.get(i).ink().on(text) : text);
    }
    put(line.toString());
  }

  /** A part of a line. */
  public record Span(Ink ink, String text) {}

  private void put(String line) {
    out.println(line.stripTrailing());
  }

  private static String ascii(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(c >= ' ' && c < 127 ? c : c == '\n' || c == '\t' ? ' ' : '?');
    }
    return plain.toString();
  }
}
