// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.process.Conclusion;
import org.gupstress.process.Refused;
import org.gupstress.text.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * What a run measures, and for how long. It goes in rounds: in each, one fork of every
 * configuration, so that figures which are held against each other were measured within a minute or
 * so and were disturbed alike, and all of them are spread over the whole run. The figures that a
 * question turns on are measured in further rounds. What time is left after that goes to one more
 * round of the others, and then to the headlines that are in doubt.
 *
 * <p>The budget has room for a question if it has for the rounds in which everything is measured.
 *
 * @param legs in the order of the questions
 * @param skipped questions for which the budget has no room
 */
record BenchPlan(Effort effort, List<Leg> legs, List<Question> skipped) {
  /** What an invocation of JMH takes beside its forks. */
  private static final double SECONDS_PER_LEG = 0.6;

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
        for (Sweep rest : sweep.without(measured(legs, crew))) {
          legs.add(new Leg(question, rest, crew));
        }
      }
    }
    return legs;
  }

  /** What such a crew measures already: nothing is measured by two legs. */
  private static Set<Combination> measured(List<Leg> legs, Crew crew) {
    return legs.stream()
        .filter(leg -> leg.crew().equals(crew))
        .flatMap(leg -> leg.combinations().stream())
        .collect(Collectors.toSet());
  }

  /** Takes the questions in their order, as long as there is time for one more. */
  private BenchPlan within(@Nullable Duration budget) throws Refused {
    double seconds = budget == null ? Double.MAX_VALUE : budget.toMillis() / 1e3;
    List<Leg> kept = new ArrayList<>();
    List<Question> left = new ArrayList<>();
    double needed = Double.MAX_VALUE;
    double planned = 0;
    for (Question question : questions()) {
      double one = seconds(question);
      needed = Math.min(needed, one);
      if (planned + one <= seconds) {
        planned += one;
        kept.addAll(legs(question));
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

  static String ids(List<Question> questions) {
    return String.join(", ", questions.stream().map(Question::id).toList());
  }

  /** Those that are asked. */
  List<Question> questions() {
    return legs.stream().map(Leg::question).distinct().toList();
  }

  List<Leg> legs(Question question) {
    return legs.stream().filter(leg -> leg.question() == question).toList();
  }

  /** In how many rounds a leg is meant to be measured. */
  int rounds(Leg leg) {
    return leg.sweep().isHeadline() ? effort.headlineRounds() : effort.rounds();
  }

  /** About how long the rounds take in which everything is measured. */
  double seconds() {
    return questions().stream().mapToDouble(this::seconds).sum();
  }

  private double seconds(Question question) {
    return effort.rounds() * legs(question).stream().mapToDouble(this::seconds).sum();
  }

  /** About how long all rounds take. */
  double secondsOfAllRounds() {
    return legs.stream().mapToDouble(leg -> rounds(leg) * seconds(leg)).sum();
  }

  /** About how long a leg takes in one round. */
  double seconds(Leg leg) {
    return SECONDS_PER_LEG + leg.combinations().size() * effort.secondsPerFork();
  }

  int configurations() {
    return legs.stream().mapToInt(leg -> leg.combinations().size()).sum();
  }

  /** What is going to happen, in a line or two. */
  String text() {
    String text = String.format(
        Locale.ROOT,
        "Plan: %s, a fork of each in %d rounds (about %.0f s), of headlines in %d (%.0f s in all).%n",
        Numbers.of(configurations(), "configuration"),
        effort.rounds(),
        seconds(),
        effort.headlineRounds(),
        secondsOfAllRounds());
    return skipped.isEmpty() ? text : text + notCovered(skipped) + System.lineSeparator();
  }

  static String notCovered(List<Question> questions) {
    return "Not covered by the budget: " + ids(questions) + ".";
  }
}
