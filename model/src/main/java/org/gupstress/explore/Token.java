// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gupstress.memory.MemoryModel;

/**
 * A counterexample in one word: {@code design/scenario/kernel/CPUSxROUNDS#STAMP.SCHEDULE}, to be
 * pasted into a mail and replayed by whoever reads it.
 *
 * @param memory id of the memory model; not written if it is sequentially consistent
 * @param stamp fingerprint of the tool's version and of what the design does in the scenario
 */
public record Token(
    String design,
    String scenario,
    String kernel,
    int cpus,
    int rounds,
    String memory,
    String stamp,
    Schedule schedule) {
  private static final Pattern TEXT = Pattern.compile(
      "([a-z0-9-]+)/([a-z0-9-]+)/([a-z]+(?:\\+[a-z0-9.-]+)*)/([0-9]{1,2})x([0-9]{1,2})(?:-(tso|arm64))?#([0-9a-f]{8})\\.([a-p0-9+]*+)");

  /** A token for sequentially consistent memory. */
  public Token(
      String design,
      String scenario,
      String kernel,
      int cpus,
      int rounds,
      String stamp,
      Schedule schedule) {
    this(design, scenario, kernel, cpus, rounds, MemoryModel.SC.id(), stamp, schedule);
  }

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
        m.group(6) == null ? MemoryModel.SC.id() : m.group(6),
        m.group(7),
        Schedule.parse(m.group(8)));
  }

  static Token of(Plan plan, String stamp, Schedule schedule) {
    return new Token(
        plan.design().id(),
        plan.scenario().id(),
        plan.kernel().id(),
        plan.cpus(),
        plan.rounds(),
        plan.memory().id(),
        stamp,
        schedule);
  }

  @Override
  public String toString() {
    String model = memory.equals(MemoryModel.SC.id()) ? "" : "-" + memory;
    return String.format(
        "%s/%s/%s/%dx%d%s#%s.%s", design, scenario, kernel, cpus, rounds, model, stamp, schedule);
  }
}
