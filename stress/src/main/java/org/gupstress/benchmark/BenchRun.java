// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.gupstress.process.ChildJvm;
import org.gupstress.process.Conclusion;
import org.gupstress.process.CtrlC;
import org.gupstress.process.Refused;
import org.gupstress.process.ResultRowsFile;
import org.gupstress.process.RunDirectory;
import org.gupstress.report.BenchFigure;
import org.gupstress.report.BenchHeadline;
import org.gupstress.report.BenchResults;
import org.gupstress.report.BenchSvg;
import org.gupstress.report.BenchText;
import org.gupstress.report.ResultFile;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Runs benchmarks: plans them for the budget, lets JMH run them in JVMs of its own, reads its JSON,
 * which stays as it is, and makes rows and pictures of it.
 *
 * <p>Rows are written again after every invocation of JMH, so a run that is interrupted, or whose
 * time is up, leaves those of all rounds that were finished. Every run has a directory of its own,
 * with what JMH wrote in each round.
 */
public final class BenchRun {
  /** What JMH's results need, with room to spare. */
  private static final int RESULTS_MB = 64;

  /** What tables and pictures take, and the JVM beside them. */
  private static final double SECONDS_AT_THE_END = 1.5;

  private static final String JMH_JSON = "jmh.json";

  /** A round, a leg and the file tell where it is in the directory of the run. */
  private static final int PATH_NAMES = 3;

  /**
   * What to run.
   *
   * @param designs ids, or empty for all
   * @param questions classes of benchmarks, or empty for all
   * @param threads numbers of threads of curves, or empty for some
   * @param budget null: as long as it takes
   * @param jar benchmarks.jar
   * @param directory under which the run makes one of its own
   * @param json where the rows go
   * @param svg where the pictures go, or null for the directory of the run
   */
  public record Options(
      Effort effort,
      List<String> designs,
      List<String> questions,
      Collection<Integer> threads,
      @Nullable Duration budget,
      Path jar,
      Path directory,
      Path json,
      @Nullable Path svg) {}

  private final Options options;
  private final BenchPlan plan;
  private final Rounds rounds;
  private final Pace pace = new Pace();
  private final ResultRowsFile file;
  private final PrintWriter out;
  private final long start = System.nanoTime();
  private final List<Question> skipped;
  private final Set<Leg> cut = new LinkedHashSet<>();

  private BenchRun(Options options, PrintWriter out) throws Refused {
    this.options = options;
    this.out = out;
    int processors = Runtime.getRuntime().availableProcessors();
    this.plan = BenchPlan.of(
        options.effort(),
        options.designs(),
        options.questions(),
        options.threads(),
        options.budget(),
        processors);
    this.rounds = new Rounds(plan.legs(), processors);
    this.skipped = new ArrayList<>(plan.skipped());
    if (!Files.isReadable(options.jar())) {
      throw Refused.misused(
          "there is no " + options.jar() + ": mvn package makes it, --jar names another");
    }
    this.file = ResultRowsFile.of(BenchResults.ENGINE, options.json(), options.budget());
  }

  /** Runs them and prints tables on the sheet. */
  public static Conclusion run(Options options, PrintWriter out, Sheet sheet)
      throws Refused, InterruptedException {
    return new BenchRun(options, out).run(sheet);
  }

  private Conclusion run(Sheet sheet) throws Refused, InterruptedException {
    Path svg = svgDirectory();
    Path directory = RunDirectory.make(options.directory(), RESULTS_MB);
    out.print(plan.text());
    out.flush();
    try (CtrlC ctrlC = new CtrlC()) {
      int planned = Math.max(plan.effort().rounds(), plan.effort().headlineRounds());
      for (int round = 0; round < planned; round++) {
        for (Question question : plan.questions()) {
          List<Leg> legs = legs(question, round);
          if (round == 0 && !hasRoom(question)) {
            skipped.add(question);
          } else {
            run(legs, round, directory, ctrlC);
          }
        }
      }
      int next = plan.effort().rounds();
      for (Question question : plan.questions()) {
        run(beside(question), next, directory, ctrlC);
      }
      for (int round = planned; round < planned + Effort.EXTRA_ROUNDS; round++) {
        run(inDoubt(), round, directory, ctrlC);
      }
      BenchResults results = save();
      if (!results.isEmpty()) {
        BenchText.print(results, sheet);
      }
      draw(results, svg == null ? directory : svg);
      out.printf(
          "Results: %s; JMH's own: %s; pictures: %s%n",
          options.json(), directory, svg == null ? directory : svg);
      notCovered(ctrlC.isPressed() ? "the run was interrupted" : "the time was up");
      out.flush();
      return conclusion(results);
    }
  }

  // ---- rounds

  /** Those that have been in all rounds before this one and are to be in it. */
  private List<Leg> legs(Question question, int round) {
    return plan.legs(question).stream().filter(leg -> plan.rounds(leg) > round).toList();
  }

  /** Those that no headline is made of: they get one more round if there is time. */
  private List<Leg> beside(Question question) {
    return plan.legs(question).stream().filter(leg -> !leg.sweep().isHeadline()).toList();
  }

  /** Whether it can be measured in all rounds, beside the questions that are under way. */
  private boolean hasRoom(Question question) {
    double needed = 0;
    for (Leg leg : plan.legs()) {
      boolean isUnderWay = rounds.finished(leg) > 0 || leg.question() == question;
      int left = plan.effort().rounds() - rounds.finished(leg);
      needed += isUnderWay && !cut.contains(leg) ? left * seconds(leg) : 0;
    }
    return needed <= secondsLeft();
  }

  /**
   * Of the questions with headlines that are noise, or may or may not be within their limit: all
   * that is held against each other there.
   */
  private List<Leg> inDoubt() {
    List<BenchFigure> figures = rounds.figures();
    Set<String> noisy = new HashSet<>();
    figures.stream()
        .filter(figure -> !figure.hasFailed() && figure.isNoisy())
        .forEach(figure -> noisy.add(figure.question() + figure.label() + figure.threads()));
    List<Leg> headlines =
        plan.legs().stream().filter(leg -> leg.sweep().isHeadline()).toList();
    Set<String> questions = new HashSet<>();
    headlines.stream()
        .filter(leg -> leg.combinations().stream().anyMatch(one -> noisy.contains(leg.key(one))))
        .forEach(leg -> questions.add(leg.question().id()));
    Headlines.of(figures).stream()
        .filter(BenchHeadline::isInDoubt)
        .forEach(headline -> questions.add(headline.question()));
    return headlines.stream()
        .filter(leg -> questions.contains(leg.question().id()))
        .toList();
  }

  /** All of them, so that each can be held against the others, or none. */
  private void run(List<Leg> legs, int round, Path directory, CtrlC ctrlC)
      throws Refused, InterruptedException {
    List<Leg> going = legs.stream()
        .filter(leg -> rounds.finished(leg) == round && !cut.contains(leg))
        .toList();
    boolean isTooLate = going.stream().mapToDouble(this::seconds).sum() > secondsLeft();
    for (Leg leg : going) {
      if (ctrlC.isPressed() || isTooLate || secondsLeft() <= 0) {
        cut.add(leg);
      } else {
        String name = String.format(
            Locale.ROOT, "%02d-%s", plan.legs().indexOf(leg), leg.question().id());
        run(leg, directory.resolve("round-" + (round + 1)).resolve(name), ctrlC);
        save();
        if (!cut.contains(leg)) {
          out.printf(Locale.ROOT, "Round %d, %s: %.0f s%n", round + 1, leg, secondsGone());
          out.flush();
        }
      }
    }
  }

  private double seconds(Leg leg) {
    return pace.seconds(plan.seconds(leg));
  }

  private @Nullable Path svgDirectory() throws Refused {
    Path svg = options.svg();
    if (svg != null && !Files.isDirectory(svg)) {
      throw Refused.misused("cannot draw pictures in " + svg + ": there is no such directory");
    }
    return svg;
  }

  private double secondsLeft() {
    Duration budget = options.budget();
    return budget == null ? 1e9 : budget.toMillis() / 1e3 - secondsGone() - SECONDS_AT_THE_END;
  }

  private double secondsGone() {
    return (System.nanoTime() - start) / 1e9;
  }

  // ---- one invocation of JMH

  private void run(Leg leg, Path directory, CtrlC ctrlC) throws Refused, InterruptedException {
    boolean ended;
    ChildJvm jvm;
    double before = secondsGone();
    try {
      jvm = new ChildJvm(arguments(leg, directory), directory);
      ctrlC.stops(jvm);
      ended = jvm.ends((long) (secondsLeft() * 1e3));
    } catch (IOException e) {
      throw Refused.misused("cannot run JMH in " + directory + ": " + e.getMessage());
    }
    if (!ended) {
      cut.add(leg);
    } else {
      take(leg, jvm.console(), directory.resolve(JMH_JSON));
      pace.took(plan.seconds(leg), secondsGone() - before);
    }
  }

  /** JMH runs once per temporary directory at a time. */
  private List<String> arguments(Leg leg, Path directory) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Djava.io.tmpdir=" + directory.toAbsolutePath());
    arguments.add("-jar");
    arguments.add(options.jar().toAbsolutePath().toString());
    arguments.addAll(leg.options());
    arguments.addAll(plan.effort().options());
    arguments.addAll(List.of("-rf", "json", "-rff", JMH_JSON));
    return arguments;
  }

  /** Of every combination, what was measured or why it failed. */
  private void take(Leg leg, Path printed, Path json) throws Refused {
    Map<Combination, JmhResult> results = new HashMap<>();
    String complaint = "";
    Console console;
    try {
      console = Console.of(printed);
    } catch (IOException e) {
      throw Refused.misused("cannot read " + printed + ": " + e.getMessage());
    }
    try {
      for (JmhResult result : written(json)) {
        results.put(result.combination(), result);
      }
    } catch (IOException e) {
      int names = json.getNameCount();
      complaint = "what JMH wrote to " + json.subpath(names - PATH_NAMES, names)
          + " cannot be read: " + e.getMessage();
    }
    for (Combination combination : leg.combinations()) {
      JmhResult result = results.get(combination);
      if (result == null) {
        String why = complaint.isEmpty() ? console.whyNot(combination) : complaint;
        rounds.fail(leg, combination, why);
      } else {
        take(leg, combination, result);
      }
    }
    rounds.finish(leg);
  }

  private void take(Leg leg, Combination combination, JmhResult result) {
    try {
      rounds.add(
          leg, combination, Reading.of(leg.question(), combination.method(), leg.crew(), result));
    } catch (IOException e) {
      rounds.fail(leg, combination, "JMH's result is not whole: " + e.getMessage());
    }
  }

  /** JMH makes an empty file when it begins. */
  private static List<JmhResult> written(Path json) throws IOException {
    return Files.exists(json) && Files.size(json) > 0 ? JmhResult.read(json) : List.of();
  }

  // ---- what comes of it

  private BenchResults save() throws Refused {
    List<BenchFigure> figures = rounds.figures();
    BenchResults results =
        new BenchResults(figures, Fits.of(figures), Headlines.of(figures), Shapes.of(figures));
    file.save(results::write);
    return results;
  }

  private static void draw(BenchResults results, Path directory) throws Refused {
    for (String question : results.questions()) {
      Path picture = directory.resolve(question + ".svg");
      try {
        ResultFile.at(picture).write(svg -> BenchSvg.write(results, question, svg));
      } catch (IOException e) {
        throw Refused.misused("cannot draw " + picture + ": " + e.getMessage());
      }
    }
  }

  private void notCovered(String why) {
    if (!skipped.isEmpty()) {
      out.println(BenchPlan.notCovered(skipped));
    }
    Map<String, Integer> configurations = new LinkedHashMap<>();
    for (Leg leg : cut) {
      int finished = rounds.finished(leg);
      if (finished < plan.rounds(leg)) {
        configurations.merge(
            leg.question().id() + ", " + finished + " of " + plan.rounds(leg) + " rounds",
            leg.combinations().size(),
            Integer::sum);
      }
    }
    configurations.forEach((what, count) -> out.printf(
        "Not finished, as %s: %s of %s%n", why, what, Numbers.of(count, "configuration")));
  }

  private Conclusion conclusion(BenchResults results) {
    boolean isWhole =
        skipped.isEmpty() && cut.stream().allMatch(leg -> rounds.finished(leg) >= plan.rounds(leg));
    if (results.figures().stream().allMatch(BenchFigure::hasFailed)) {
      return isWhole ? Conclusion.NOTHING_RAN : Conclusion.BUDGET_SPENT;
    }
    if (results.figures().stream().anyMatch(BenchFigure::hasFailed)) {
      return Conclusion.SURPRISED;
    }
    return isWhole ? Conclusion.AS_EXPECTED : Conclusion.BUDGET_SPENT;
  }
}
