// SPDX-License-Identifier: Apache-2.0
package org.gupstress.userfile;

import java.util.List;

/** What a user wrote cannot be run; says in one or more lines why, and where. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_MAX = 10;

  Refused(String line) {
    super(plain(line));
  }

  /** A sentence, and below it what it is about. */
  Refused(String head, List<String> lines) {
    super(plain(head)
        + lines.stream()
            .limit(SHOWN_MAX)
            .map(line -> "\n  " + plain(line))
            .reduce("", String::concat)
        + (lines.size() > SHOWN_MAX ? "\n  and " + (lines.size() - SHOWN_MAX) + " more" : ""));
  }

  /** What users wrote is quoted, and could steer a terminal. */
  private static String plain(String quoted) {
    return quoted.replaceAll("\\p{Cntrl}", "?");
  }
}
