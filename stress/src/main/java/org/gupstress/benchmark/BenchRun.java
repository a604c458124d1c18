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
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;
import org.gupstress.process.RunDirectory;
import org.gupstress.result.Head;
import org.gupstress.result.ResultFile;
import org.gupstress.result.WholeFile;
import org.gupstress.text.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Runs benchmarks. It plans them for the budget, starts JMH in JVMs of its own, reads JMH's JSON
 * and makes rows and pictures of it.
 *
 * <p>The rows are written again after every run of JMH. So a run that is interrupted, or whose time
 * is up, leaves the rows of all rounds that were finished. Every run has a directory of its own for
 * what JMH writes in each round.
 */
public final class BenchRun {
  /** The room that JMH's results need, and some to spare. */
  private static final int RESULTS_MB = 64;

  /** The time for tables and pictures, and for the end of the JVM. */
  private static final double SECONDS_AT_THE_END = 1.5;

  /** The names of a JSON file below the directory of the run: round, run of JMH, file. */
  private static final int PATH_NAMES = 3;

  /**
   * What to run.
   *
   * @param designs ids, or empty for all
   * @param own designs of the user's, which the ids may name beside the shipped ones
   * @param questions classes of benchmarks, or empty for all
   * @param threads numbers of threads of curves, or empty for some
   * @param budget null: no limit
   * @param jar benchmarks.jar
   * @param directory under which the run makes one of its own
   * @param json where the rows go
   * @param svg where the pictures go, made if it is not there; null: the directory of the run
   */
  public record Options(
      Effort effort,
      List<String> designs,
      List<OwnDesign> own,
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
  private final JmhCommand jmh;
  private final RunTimes runTimes = new RunTimes();
  private final ResultFile file;
  private final PrintWriter out;
  private final BenchView view;
  private final long start = System.nanoTime();
  private final List<Question> skipped;
  private final Set<JmhRun> cut = new LinkedHashSet<>();

  /** How a JVM of JMH's came to its end that somebody killed, or empty. */
  private String killed = "";

  /** Why nothing can be measured any more, or null. */
  private @Nullable Refused broken;

  private BenchRun(Options options, PrintWriter out, BenchView view) throws Refused {
    this.options = options;
    this.out = out;
    this.view = view;
    int processors = Runtime.getRuntime().availableProcessors();
    this.plan = BenchPlan.of(
        options.effort(),
        options.designs(),
        options.own().stream().map(OwnDesign::id).toList(),
        options.questions(),
        options.threads(),
        options.budget(),
        processors);
    this.rounds = new Rounds(plan.runs(), processors);
    this.skipped = new ArrayList<>(plan.skipped());
    this.jmh = JmhCommand.of(options.jar(), options.own());
    this.file = ResultFile.open(options.json(), Head.of(options.budget()));
  }

  /** Runs them, and shows the rows. */
  public static Conclusion run(Options options, PrintWriter out, BenchView view)
      throws Refused, InterruptedException {
    return new BenchRun(options, out, view).run();
  }

  private Conclusion run() throws Refused, InterruptedException {
    try (file;
        CtrlC ctrlC = new CtrlC()) {
      Path directory = RunDirectory.make(options.directory(), RESULTS_MB);
      Path svg = pictures(directory);
      jmh.prepare(directory);
      out.print(plan.text());
      out.flush();
      int planned = Math.max(plan.effort().rounds(), plan.effort().headlineRounds());
      for (int round = 0; round < planned; round++) {
        for (Question question : plan.questions()) {
          List<JmhRun> runs = runs(question, round);
          if (round == 0 && !hasRoom(question)) {
            skipped.add(question);
          } else {
            run(runs, round, directory, ctrlC);
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
        view.print(results);
      }
      draw(results, svg);
      out.printf("Results: %s; JMH's own: %s; pictures: %s%n", options.json(), directory, svg);
      notCovered(whyNot(ctrlC));
      out.flush();
      if (broken != null) {
        throw broken;
      }
      file.end();
      file.check();
      return conclusion(results);
    }
  }

  private String whyNot(CtrlC ctrlC) {
    if (ctrlC.isPressed()) {
      return "the run was interrupted";
    }
    if (broken != null) {
      return "nothing more could be written";
    }
    return killed.isEmpty() ? "the time was up" : "JMH's JVM " + killed;
  }

  // ---- rounds

  /** The runs of a question that the plan has in this round. */
  private List<JmhRun> runs(Question question, int round) {
    return plan.runs(question).stream().filter(run -> plan.rounds(run) > round).toList();
  }

  /** The runs of a question that are no headlines. They get one more round if there is time. */
  private List<JmhRun> beside(Question question) {
    return plan.runs(question).stream().filter(run -> !run.sweep().isHeadline()).toList();
  }

  /** Whether all rounds of a question fit into the time, after those of the questions begun. */
  private boolean hasRoom(Question question) {
    double needed = 0;
    for (JmhRun run : plan.runs()) {
      boolean isUnderWay = rounds.finished(run) > 0 || run.question() == question;
      int left = plan.effort().rounds() - rounds.finished(run);
      needed += isUnderWay && !cut.contains(run) ? left * seconds(run) : 0;
    }
    return needed <= secondsLeft();
  }

  /**
   * The headlines of the questions that more rounds could answer better: a figure is noisy, or a
   * limit is open.
   */
  private List<JmhRun> inDoubt() {
    List<BenchFigure> figures = rounds.figures();
    Set<String> noisy = new HashSet<>();
    figures.stream()
        .filter(figure -> !figure.hasFailed() && figure.isNoisy())
        .forEach(figure -> noisy.add(figure.question() + figure.label() + figure.threads()));
    List<JmhRun> headlines =
        plan.runs().stream().filter(run -> run.sweep().isHeadline()).toList();
    Set<String> questions = new HashSet<>();
    headlines.stream()
        .filter(run -> run.configurations().stream().anyMatch(one -> noisy.contains(run.key(one))))
        .forEach(run -> questions.add(run.question().id()));
    Comparisons.of(figures).stream()
        .filter(BenchComparison::isInDoubt)
        .forEach(headline -> questions.add(headline.question()));
    return headlines.stream()
        .filter(run -> questions.contains(run.question().id()))
        .toList();
  }

  /** Runs all of them, or none if there is no time for all: they are compared with each other. */
  private void run(List<JmhRun> runs, int round, Path directory, CtrlC ctrlC)
      throws Refused, InterruptedException {
    List<JmhRun> going = runs.stream()
        .filter(run -> rounds.finished(run) == round && !cut.contains(run))
        .toList();
    boolean isTooLate = going.stream().mapToDouble(this::seconds).sum() > secondsLeft();
    for (JmhRun run : going) {
      if (ctrlC.isPressed() || isTooLate || broken != null || secondsLeft() <= 0) {
        cut.add(run);
      } else {
        String name = String.format(
            Locale.ROOT, "%02d-%s", plan.runs().indexOf(run), run.question().id());
        run(run, directory.resolve("round-" + (round + 1)).resolve(name), ctrlC);
        save();
        if (!cut.contains(run)) {
          out.printf(Locale.ROOT, "Round %d, %s: %.0f s%n", round + 1, run, secondsGone());
          out.flush();
        }
      }
    }
  }

  private double seconds(JmhRun run) {
    return runTimes.seconds(plan.seconds(run));
  }

  /** The directory for pictures, which is made if it is not there. */
  private Path pictures(Path directory) throws Refused {
    Path svg = options.svg() == null ? directory : options.svg();
    try {
      return Files.createDirectories(svg);
    } catch (IOException e) {
      throw Refused.misused(
          "cannot make the directory " + svg + " for pictures: " + FileKind.why(e));
    }
  }

  private double secondsLeft() {
    Duration budget = options.budget();
    return budget == null ? 1e9 : budget.toMillis() / 1e3 - secondsGone() - SECONDS_AT_THE_END;
  }

  private double secondsGone() {
    return (System.nanoTime() - start) / 1e9;
  }

  // ---- one run of JMH

  private void run(JmhRun run, Path directory, CtrlC ctrlC) throws Refused, InterruptedException {
    boolean ended;
    ChildJvm jvm;
    double before = secondsGone();
    try {
      jvm = new ChildJvm(jmh.arguments(run, plan.effort(), directory), directory);
      ctrlC.stops(jvm);
      ended = jvm.ends((long) (secondsLeft() * 1e3));
    } catch (IOException e) {
      broken = broken == null ? Refused.unwritten(directory, e, ": JMH cannot run there") : broken;
      cut.add(run);
      return;
    }
    if (!ended) {
      killed = killed.isEmpty() ? jvm.killed() : killed;
      cut.add(run);
    } else {
      take(run, jvm.console(), directory.resolve(JmhCommand.JSON));
      runTimes.took(plan.seconds(run), secondsGone() - before);
    }
  }

  /** Takes the measurements of every configuration, or the reason why it failed. */
  private void take(JmhRun run, Path printed, Path json) throws Refused {
    Map<Configuration, JmhResult> results = new HashMap<>();
    String complaint = "";
    JmhOutput console;
    try {
      console = JmhOutput.of(printed);
    } catch (IOException e) {
      broken = broken == null ? Refused.unwritten(printed, e, ": what JMH says is lost") : broken;
      cut.add(run);
      return;
    }
    try {
      for (JmhResult result : written(json)) {
        results.put(result.configuration(), result);
      }
    } catch (IOException e) {
      int names = json.getNameCount();
      complaint = "what JMH wrote to " + json.subpath(names - PATH_NAMES, names)
          + " cannot be read: " + e.getMessage();
    }
    for (Configuration configuration : run.configurations()) {
      JmhResult result = results.get(configuration);
      if (result == null) {
        String why = complaint.isEmpty() ? console.whyNot(configuration) : complaint;
        rounds.fail(run, configuration, why);
      } else {
        take(run, configuration, result);
      }
    }
    rounds.finish(run);
  }

  private void take(JmhRun run, Configuration configuration, JmhResult result) {
    try {
      rounds.add(
          run,
          configuration,
          Measurement.of(run.question(), configuration.method(), run.threads(), result));
    } catch (IOException e) {
      rounds.fail(run, configuration, "JMH's result is not whole: " + e.getMessage());
    }
  }

  /** JMH makes an empty file at its start. */
  private static List<JmhResult> written(Path json) throws IOException {
    return Files.exists(json) && Files.size(json) > 0 ? JmhResult.read(json) : List.of();
  }

  // ---- what comes of it

  private BenchResults save() throws Refused {
    List<BenchFigure> figures = rounds.figures();
    BenchResults results =
        new BenchResults(figures, Fits.of(figures), Comparisons.of(figures), Shapes.of(figures));
    for (String question : results.questions()) {
      file.put(BenchResults.ENGINE, question, results.of(question).rows());
    }
    return results;
  }

  private void draw(BenchResults results, Path directory) throws Refused {
    for (String question : results.questions()) {
      Path picture = directory.resolve(question + ".svg");
      try {
        WholeFile.at(picture, "<svg").write(svg -> view.draw(results, question, svg));
      } catch (IOException e) {
        throw Refused.unwritten(picture, e, "");
      }
    }
  }

  private void notCovered(String why) {
    if (!skipped.isEmpty()) {
      out.println(BenchPlan.notCovered(skipped));
    }
    Map<String, Integer> configurations = new LinkedHashMap<>();
    for (JmhRun run : cut) {
      int finished = rounds.finished(run);
      if (finished < plan.rounds(run)) {
        configurations.merge(
            run.question().id() + ", " + finished + " of " + plan.rounds(run) + " rounds",
            run.configurations().size(),
            Integer::sum);
      }
    }
    configurations.forEach((what, count) -> out.printf(
        "Not finished, as %s: %s of %s%n", why, what, Numbers.of(count, "configuration")));
  }

  private Conclusion conclusion(BenchResults results) {
    boolean isWhole =
        skipped.isEmpty() && cut.stream().allMatch(run -> rounds.finished(run) >= plan.rounds(run));
    if (results.figures().stream().allMatch(BenchFigure::hasFailed)) {
      return isWhole ? Conclusion.NOTHING_RAN : Conclusion.BUDGET_SPENT;
    }
    if (results.figures().stream().anyMatch(BenchFigure::hasFailed)) {
      return Conclusion.SURPRISED;
    }
    return isWhole ? Conclusion.AS_EXPECTED : Conclusion.BUDGET_SPENT;
  }
}
