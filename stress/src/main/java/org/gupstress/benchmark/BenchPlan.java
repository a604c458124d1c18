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
 * What is measured, and for how long. A run goes in rounds, and a round measures one fork of every
 * configuration. So figures that are compared were measured within a minute or so and were
 * disturbed alike, and the forks of a figure are spread over the whole run. The headline figures,
 * on which a question turns, get more rounds. The time that is left goes to one more round of the
 * others, and then to the headlines whose interval is still too wide.
 *
 * <p>The budget has room for a question if the rounds that measure everything fit into it.
 *
 * @param runs in the order of the questions
 * @param skipped questions for which the budget has no room
 */
record BenchPlan(Effort effort, List<JmhRun> runs, List<Question> skipped) {
  /** The time of one run of JMH without its forks. */
  private static final double SECONDS_PER_JMH_RUN = 0.6;

  /** The fewest points of a curve to which the Universal Scalability Law can be fitted. */
  private static final int POINTS = 4;

  /**
   * Plans a run.
   *
   * @param designs ids, or empty for all
   * @param own ids of designs of the user's, beside the shipped ones
   * @param questions names of classes, or empty for all
   * @param threads numbers of threads of curves, or empty for some
   */
  static BenchPlan of(
      Effort effort,
      List<String> designs,
      List<String> own,
      List<String> questions,
      Collection<Integer> threads,
      @Nullable Duration budget,
      int processors)
      throws Refused {
    checkNames(designs, own, questions);
    Collection<Integer> counts =
        threads.isEmpty() ? usualThreads(processors) : new TreeSet<>(threads);
    List<JmhRun> runs = new ArrayList<>();
    for (Question question : Question.values()) {
      boolean isNamed = questions.stream().anyMatch(question.id()::equalsIgnoreCase);
      if (questions.isEmpty() || isNamed) {
        runs.addAll(runs(question, effort, designs, own, isNamed, counts));
      }
    }
    if (runs.isEmpty()) {
      throw new Refused(
          Conclusion.NOTHING_RAN,
          "none of the chosen questions measures any of the chosen designs");
    }
    return new BenchPlan(effort, runs, List.of()).within(budget);
  }

  private static void checkNames(List<String> designs, List<String> own, List<String> questions)
      throws Refused {
    List<String> knownDesigns =
        new ArrayList<>(Designs.all().stream().map(PinDesign::id).toList());
    knownDesigns.addAll(own);
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

  /**
   * The runs of a question. A sweep without designs is kept if the question has others with
   * designs: it is what they are compared with.
   */
  private static List<JmhRun> runs(
      Question question,
      Effort effort,
      List<String> designs,
      List<String> own,
      boolean isNamed,
      Collection<Integer> threads) {
    List<Sweep> sweeps = Sweeps.of(question, effort).stream()
        .map(sweep -> sweep.with(own, Sweeps.SOME).of(designs))
        .filter(sweep -> !sweep.configurations().isEmpty())
        .toList();
    boolean isMeant =
        designs.isEmpty() || isNamed || sweeps.stream().anyMatch(Sweep::isAboutDesigns);
    List<JmhRun> runs = new ArrayList<>();
    for (Sweep sweep : isMeant ? sweeps : List.<Sweep>of()) {
      for (BenchThreads group : sweep.threadGroups(threads)) {
        for (Sweep rest : sweep.without(measured(runs, group))) {
          runs.add(new JmhRun(question, rest, group));
        }
      }
    }
    return runs;
  }

  /** What the runs with these threads measure already: no two runs measure the same. */
  private static Set<Configuration> measured(List<JmhRun> runs, BenchThreads threads) {
    return runs.stream()
        .filter(run -> run.threads().equals(threads))
        .flatMap(run -> run.configurations().stream())
        .collect(Collectors.toSet());
  }

  /** Takes the questions in their order, as long as there is time for one more. */
  private BenchPlan within(@Nullable Duration budget) throws Refused {
    double seconds = budget == null ? Double.MAX_VALUE : budget.toMillis() / 1e3;
    List<JmhRun> kept = new ArrayList<>();
    List<Question> left = new ArrayList<>();
    double needed = Double.MAX_VALUE;
    double planned = 0;
    for (Question question : questions()) {
      double one = seconds(question);
      needed = Math.min(needed, one);
      if (planned + one <= seconds) {
        planned += one;
        kept.addAll(runs(question));
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

  /** The questions that the run asks. */
  List<Question> questions() {
    return runs.stream().map(JmhRun::question).distinct().toList();
  }

  List<JmhRun> runs(Question question) {
    return runs.stream().filter(run -> run.question() == question).toList();
  }

  /** The number of rounds that are planned for a run of JMH. */
  int rounds(JmhRun run) {
    return run.sweep().isHeadline() ? effort.headlineRounds() : effort.rounds();
  }

  /** About how long the rounds take that measure everything. */
  double seconds() {
    return questions().stream().mapToDouble(this::seconds).sum();
  }

  private double seconds(Question question) {
    return effort.rounds() * runs(question).stream().mapToDouble(this::seconds).sum();
  }

  /** About how long all rounds take. */
  double secondsOfAllRounds() {
    return runs.stream().mapToDouble(run -> rounds(run) * seconds(run)).sum();
  }

  /** About how long a run of JMH takes. */
  double seconds(JmhRun run) {
    return SECONDS_PER_JMH_RUN + run.configurations().size() * effort.secondsPerFork();
  }

  int configurations() {
    return runs.stream().mapToInt(run -> run.configurations().size()).sum();
  }

  /** The plan in a line or two. */
  String text() {
    String text = String.format(
        Locale.ROOT,
        "Plan: %s; %d rounds with a fork of each (about %.0f s), headlines in %d rounds (%.0f s in"
            + " all).%n",
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
