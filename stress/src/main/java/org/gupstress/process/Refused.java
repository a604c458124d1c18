// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import java.util.List;
import org.gupstress.report.Nearest;

/** A wish that cannot be fulfilled; the message is a sentence that says why. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;
  private final Conclusion conclusion;

  public Refused(Conclusion conclusion, String sentence) {
    super(sentence);
    this.conclusion = conclusion;
  }

  public static Refused misused(String sentence) {
    return new Refused(Conclusion.MISUSED, sentence);
  }

  public static Refused unknown(String what, String wanted, List<String> known) {
    String nearest = String.join(", ", Nearest.to(wanted, known));
    return misused(
        "no " + what + " is called \"" + plain(wanted) + "\"; the nearest are " + nearest);
  }

  /** What users wrote is quoted, and could steer a terminal. */
  private static String plain(String quoted) {
    return quoted.replaceAll("\\p{Cntrl}", "?");
  }

  public Conclusion conclusion() {
    return conclusion;
  }
}
