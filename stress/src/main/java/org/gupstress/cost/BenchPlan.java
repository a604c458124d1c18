// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.run.Conclusion;
import org.gupstress.run.Refused;
import org.gupstress.text.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * What a run measures, and for how long.
 *
 * @param legs in the order of the questions
 * @param skipped questions for which the budget has no room
 */
record BenchPlan(Effort effort, List<Leg> legs, List<Question> skipped) {
  /** What an invocation of JMH takes beside its forks. */
  static final double SECONDS_PER_LEG = 0.6;

  /** The fewest points of a curve to which the Universal Scalability Law can be fitted. */
  private static final int POINTS = 4;

  /**
   * Plans a run.
   *
   * @param designs ids, or empty for all
   * @param questions names of classes, or empty for all
   * @param threads numbers of threads of curves, or empty for some
   */
  static BenchPlan of(
      Effort effort,
      List<String> designs,
      List<String> questions,
      Collection<Integer> threads,
      @Nullable Duration budget,
      int processors)
      throws Refused {
    checkNames(designs, questions);
    Collection<Integer> counts =
        threads.isEmpty() ? usualThreads(processors) : new TreeSet<>(threads);
    List<Leg> legs = new ArrayList<>();
    for (Question question : Question.values()) {
      boolean isNamed = questions.stream().anyMatch(question.id()::equalsIgnoreCase);
      if (questions.isEmpty() || isNamed) {
        legs.addAll(legs(question, effort, designs, isNamed, counts));
      }
    }
    if (legs.isEmpty()) {
      throw new Refused(
          Conclusion.NOTHING_RAN, "no question chosen is about any of the designs chosen");
    }
    return new BenchPlan(effort, legs, List.of()).within(budget);
  }

  private static void checkNames(List<String> designs, List<String> questions) throws Refused {
    List<String> knownDesigns = Designs.all().stream().map(PinDesign::id).toList();
    for (String design : designs) {
      if (!knownDesigns.contains(design)) {
        throw Refused.unknown("design", design, knownDesigns);
      }
    }
    List<String> known = Arrays.stream(Question.values()).map(Question::id).toList();
    for (String question : questions) {
      if (known.stream().noneMatch(question::equalsIgnoreCase)) {
        throw Refused.unknown("question", question, known);
      }
    }
  }

  /** Powers of two, up to the processors, and as many more as a fit needs. */
  static Collection<Integer> usualThreads(int processors) {
    Collection<Integer> threads = new TreeSet<>();
    for (int n = 1; n <= processors || threads.size() < POINTS; n *= 2) {
      threads.add(n);
    }
    return threads;
  }

  /** Without designs in it a sweep stays where it is the floor of one that has some. */
  private static List<Leg> legs(
      Question question,
      Effort effort,
      List<String> designs,
      boolean isNamed,
      Collection<Integer> threads) {
    List<Sweep> sweeps = Sweeps.of(question, effort).stream()
        .map(sweep -> sweep.of(designs))
        .filter(sweep -> !sweep.combinations().isEmpty())
        .toList();
    boolean isMeant =
        designs.isEmpty() || isNamed || sweeps.stream().anyMatch(Sweep::isAboutDesigns);
    List<Leg> legs = new ArrayList<>();
    for (Sweep sweep : isMeant ? sweeps : List.<Sweep>of()) {
      for (Crew crew : sweep.crews(threads)) {
        legs.add(new Leg(question, sweep, crew));
      }
    }
    return legs;
  }

  /** Takes the questions in their order, as long as there is time for one more. */
  private BenchPlan within(@Nullable Duration budget) throws Refused {
    double seconds = budget == null ? Double.MAX_VALUE : budget.toMillis() / 1e3;
    List<Leg> kept = new ArrayList<>();
    List<Question> left = new ArrayList<>();
    double needed = Double.MAX_VALUE;
    double planned = 0;
    for (Question question : Question.values()) {
      BenchPlan one = only(question);
      if (one.legs.isEmpty()) {
        continue;
      }
      needed = Math.min(needed, one.seconds());
      if (planned + one.seconds() <= seconds) {
        planned += one.seconds();
        kept.addAll(one.legs);
      } else {
        left.add(question);
      }
    }
    if (kept.isEmpty()) {
      throw new Refused(
          Conclusion.BUDGET_SPENT,
          String.format(
              Locale.ROOT,
              "a budget of %.0f s is too small for any question: the shortest takes about %.0f s;"
                  + " skipped: %s",
              seconds,
              needed,
              ids(left)));
    }
    return new BenchPlan(effort, kept, left);
  }

  private BenchPlan only(Question question) {
    return new BenchPlan(
        effort, legs.stream().filter(leg -> leg.question() == question).toList(), List.of());
  }

  private static String ids(List<Question> questions) {
    return String.join(", ", questions.stream().map(Question::id).toList());
  }

  /** About how long it takes. */
  double seconds() {
    return legs.stream().mapToDouble(this::seconds).sum();
  }

  double seconds(Leg leg) {
    return SECONDS_PER_LEG + leg.combinations().size() * effort.seconds();
  }

  int configurations() {
    return legs.stream().mapToInt(leg -> leg.combinations().size()).sum();
  }

  /** What is going to happen, in a line or two. */
  String text() {
    String text = String.format(
        Locale.ROOT,
        "Plan: %s in %s forks each, about %.0f s.%n",
        Numbers.of(configurations(), "configuration"),
        effort.forks(),
        seconds());
    return skipped.isEmpty() ? text : text + notCovered() + System.lineSeparator();
  }

  String notCovered() {
    return "Not covered by the budget: " + ids(skipped) + ".";
  }
}
