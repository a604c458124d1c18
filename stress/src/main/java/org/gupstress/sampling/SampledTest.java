// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.util.List;
import org.gupstress.outcome.Grade;

/**
 * What a run says of one test: a row of the result file, and all that reports print of it.
 *
 * @param name like PinVsDrain.RfcNov
 * @param sentence of the scenario
 * @param isExpected whether no outcome was forbidden and each control was seen often enough
 * @param isComplete whether the whole plan has run, without a complaint of jcstress
 * @param reason why it has not, or empty
 * @param actors threads at once
 * @param planned configurations; at least as many, if nobody knows the plan
 * @param executed configurations
 * @param seconds of all iterations
 * @param rate samples per second of iteration
 * @param isControl whether it has an outcome that a run must show
 * @param controlMin how often
 * @param searchStopped why the explorer has not tried all orders, or empty
 * @param outcomes the graded ones first, as their table has them; none if nothing ran
 * @param html jcstress's own report, or empty
 */
public record SampledTest(
    String name,
    String design,
    String scenario,
    String kernel,
    String sentence,
    String verdict,
    boolean isExpected,
    boolean isComplete,
    String reason,
    int actors,
    int planned,
    boolean isPlanKnown,
    int executed,
    long samples,
    double seconds,
    long rate,
    boolean isControl,
    long controlMin,
    String searchStopped,
    List<Mode> modes,
    List<SampledOutcome> outcomes,
    String html) {

  /** How often a full lean run must show each outcome that is a control. */
  public static final int SEEN_MIN = 100;

  /**
   * Configurations that were compiled alike, with the same flags.
   *
   * @param rate samples per second of iteration
   */
  public record Mode(String mode, String flags, int configurations, long samples, long rate) {}

  public boolean hasRun() {
    return samples > 0;
  }

  /** Outcomes that were seen and must not be. */
  public List<String> forbidden() {
    return outcomes.stream()
        .filter(outcome -> outcome.isSeen() && outcome.grade() == Grade.FORBIDDEN)
        .map(SampledOutcome::outcome)
        .toList();
  }

  /** Outcomes that the run must show. */
  public List<SampledOutcome> controls() {
    return outcomes.stream().filter(outcome -> outcome.grade() == Grade.CONTROL).toList();
  }

  /** Those it showed too seldom; what was cut short has lost none. */
  public List<String> controlsLost() {
    return controls().stream()
        .filter(control -> isComplete && control.samples() < controlMin)
        .map(SampledOutcome::outcome)
        .toList();
  }

  public boolean isControlLost() {
    return !controlsLost().isEmpty();
  }

  /** Samples in which a known defect showed. */
  public long controlSeen() {
    return controls().stream().mapToLong(SampledOutcome::samples).sum();
  }

  /** Like PinVsDrain. */
  public String question() {
    return name.substring(0, name.indexOf('.'));
  }
}
