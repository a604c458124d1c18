// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A counterexample in one word: {@code design/scenario/kernel/CPUSxROUNDS#STAMP.SCHEDULE}, to be
 * pasted into a mail and replayed by whoever reads it.
 *
 * @param stamp fingerprint of the tool's version and of what the design does in the scenario
 */
public record Token(
    String design,
    String scenario,
    String kernel,
    int cpus,
    int rounds,
    String stamp,
    Schedule schedule) {
  private static final Pattern TEXT = Pattern.compile(
      "([a-z0-9-]+)/([a-z0-9-]+)/([a-z]+(?:\\+[a-z0-9.-]+)*)/([0-9]{1,2})x([0-9]{1,2})#([0-9a-f]{8})\\.([a-h0-9+]*+)");

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Token parse(String text) {
    Matcher m = TEXT.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "a token is design/scenario/kernel/CPUSxROUNDS#stamp.schedule, like"
              + " rfc-oct/pin-unpin/production/2x1#0123abcd.a12b5a; found \""
              + text
              + "\"");
    }
    return new Token(
        m.group(1),
        m.group(2),
        m.group(3),
        Integer.parseInt(m.group(4)),
        Integer.parseInt(m.group(5)),
        m.group(6),
        Schedule.parse(m.group(7)));
  }

  static Token of(Plan plan, String stamp, Schedule schedule) {
    return new Token(
        plan.design().id(),
        plan.scenario().id(),
        plan.kernel().id(),
        plan.cpus(),
        plan.rounds(),
        stamp,
        schedule);
  }

  @Override
  public String toString() {
    return String.format(
        "%s/%s/%s/%dx%d#%s.%s", design, scenario, kernel, cpus, rounds, stamp, schedule);
  }
}
