// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.util.regex.Pattern;

/** Guesses from a line which other tool has written a file. */
final class OtherTool {
  private record Kind(Pattern line, String words) {}

  private static final Kind[] KINDS = {
    new Kind(Pattern.compile("\\[ *[\\d.]+\\] .*"), ", it looks like dmesg"),
    new Kind(Pattern.compile("[{\\[].*"), ", it looks like JSON"),
    new Kind(
        Pattern.compile("\\S.*\\s\\d+(/\\d+)? +\\[\\d+\\] +[\\d.]+: .*"),
        ", it looks like perf script"),
    new Kind(
        Pattern.compile("(\\[pid +\\d+\\] |\\d+ +)?([\\d:.]+ )?\\w+\\(.*\\) += .*"),
        ", it looks like strace"),
    new Kind(Pattern.compile("<.*"), ", it looks like XML or HTML"),
    new Kind(Pattern.compile("\\w+ \\d+"), ", it looks like vmstat")
  };

  private OtherTool() {}

  /** A part of a sentence; empty if nothing comes to mind. */
  static String guess(String line) {
    for (Kind kind : KINDS) {
      if (kind.line().matcher(line.strip()).matches()) {
        return kind.words();
      }
    }
    return "";
  }
}
