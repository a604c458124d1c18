// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * A wish that cannot be fulfilled; the message is a sentence that says why. The one exception of
 * the harness that a user is meant to see: the command line prints it and ends with the status of
 * its conclusion.
 */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_MAX = 10;

  private final Conclusion conclusion;

  public Refused(Conclusion conclusion, String sentence) {
    super(sentence);
    this.conclusion = conclusion;
  }

  /** What was asked for cannot be done. */
  public static Refused misused(String sentence) {
    return new Refused(Conclusion.MISUSED, sentence);
  }

  /**
   * Something that a run has found cannot be written: what was asked for is not done.
   *
   * @param remark what stands behind the reason, or empty
   */
  public static Refused unwritten(Path file, IOException e, String remark) {
    return new Refused(
        Conclusion.BUDGET_SPENT, "cannot write " + file + ": " + FileKind.why(e) + remark);
  }

  /** The same, with a sentence that quotes what users wrote. */
  public static Refused quoting(String sentence) {
    return misused(plain(sentence));
  }

  /** A sentence that quotes what users wrote, and below it what it is about, a line each. */
  public static Refused quoting(String head, List<String> lines) {
    return misused(plain(head)
        + lines.stream()
            .limit(SHOWN_MAX)
            .map(line -> "\n  " + plain(line))
            .reduce("", String::concat)
        + (lines.size() > SHOWN_MAX ? "\n  and " + (lines.size() - SHOWN_MAX) + " more" : ""));
  }

  /** There is no such thing, but these are near. */
  public static Refused unknown(String what, String wanted, Collection<String> known) {
    return misused(missing(what, wanted, known));
  }

  /** The sentence that says so. */
  public static String missing(String what, String wanted, Collection<String> known) {
    String name = plain(wanted.length() <= 60 ? wanted : wanted.substring(0, 60) + "...");
    return "there is no " + what + " \"" + name + "\"; nearest: "
        + String.join(", ", Nearest.to(name, known));
  }

  /** What users wrote could steer a terminal. */
  private static String plain(String quoted) {
    return quoted.replaceAll("\\p{Cntrl}", "?");
  }

  public Conclusion conclusion() {
    return conclusion;
  }
}
