// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import java.io.PrintWriter;
import java.util.List;

/** What a report is written on: so many columns, ASCII, in colour or not. */
public final class Sheet {
  private final PrintWriter out;
  private final int width;
  private final boolean coloured;
  private final boolean isMail;

  public Sheet(PrintWriter out, Format format, boolean coloured) {
    this(out, format, format.width(), coloured);
  }

  /** One of another width than the format has. */
  public Sheet(PrintWriter out, Format format, int width, boolean coloured) {
    this.out = out;
    this.width = width;
    this.coloured = coloured && format == Format.TERMINAL;
    this.isMail = format == Format.MAIL;
  }

  /** Whether it is read by somebody who has nothing else of the run at hand. */
  public boolean isMail() {
    return isMail;
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

  /**
   * A text that is led by something and goes on at this column. Where a word of it is too long for
   * that, all of it stands below what leads it, further to the left. Only a word that is wider than
   * the sheet is broken.
   */
  public void text(Ink ink, String leading, int column, String text) {
    String lead = ascii(leading);
    int widest = Paragraph.widestWord(ascii(text));
    if (widest <= width && Math.max(column, lead.length()) + widest > width) {
      if (!lead.isBlank()) {
        put(lead);
      }
      text(ink, " ".repeat(Math.min(column, width - widest)), text);
      return;
    }
    String before = lead;
    for (String line : Paragraph.lines(ascii(text), width - Math.max(column, lead.length()))) {
      put(before + (coloured ? ink.on(line) : line));
      before = " ".repeat(column);
    }
  }

  /**
   * A token, which is never folded: where it is too long it has the next line to itself. In a mail
   * it comes with the command that replays it.
   */
  public void token(int column, String unchecked) {
    String token = ascii(unchecked);
    String lead = " ".repeat(column) + (isMail ? "gupstress replay " : "replay: ");
    if (lead.length() + token.length() <= width) {
      put(lead + token);
    } else {
      put(isMail ? lead + "\\" : lead);
      put(" ".repeat(Math.max(0, Math.min(column, width - token.length()))) + token);
    }
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
