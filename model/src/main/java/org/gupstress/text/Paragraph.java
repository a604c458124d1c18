// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** Text broken into lines at spaces, and inside a word only where the word alone is too long. */
public final class Paragraph {
  private Paragraph() {}

  /** Lines of at most this width, without indentation. */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (StringTokenizer words = new StringTokenizer(text, " "); words.hasMoreTokens(); ) {
      String rest = words.nextToken();
      if (line.length() > 0 && line.length() + 1 + rest.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      while (rest.length() > width) {
        lines.add(rest.substring(0, width));
        rest = rest.substring(width);
      }
      line.append(line.length() == 0 ? "" : " ").append(rest);
    }
    lines.add(line.toString());
    return lines;
  }

  /** Width of the longest word, which is how narrow a column can be. */
  public static int widestWord(String text) {
    int widest = 0;
    for (StringTokenizer words = new StringTokenizer(text, " "); words.hasMoreTokens(); ) {
      widest = Math.max(widest, words.nextToken().length());
    }
    return widest;
  }
}
