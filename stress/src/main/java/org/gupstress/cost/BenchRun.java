// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cost;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gupstress.report.BenchFigure;
import org.gupstress.report.BenchResults;
import org.gupstress.report.BenchSvg;
import org.gupstress.report.BenchText;
import org.gupstress.report.ResultFile;
import org.gupstress.run.ChildJvm;
import org.gupstress.run.Conclusion;
import org.gupstress.run.CtrlC;
import org.gupstress.run.Refused;
import org.gupstress.run.ResultRowsFile;
import org.gupstress.run.RunDirectory;
import org.gupstress.text.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Runs benchmarks: plans them for the budget, lets JMH run them in JVMs of its own, reads its JSON,
 * which stays as it is, and makes rows and pictures of it.
 *
 * <p>Rows are written again after every invocation of JMH, so a run that is interrupted leaves
 * those of all that were finished. Every run has a directory of its own, with what JMH wrote.
 */
public final class BenchRun {
  /** What JMH's results need, with room to spare. */
  private static final int RESULTS_MB = 64;

  private static final String JMH_JSON = "jmh.json";

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
  private final ResultRowsFile file;
  private final PrintWriter out;
  private final int processors;
  private final long start = System.nanoTime();
  private final List<BenchFigure> figures = new ArrayList<>();
  private final List<Leg> uncovered = new ArrayList<>();

  private BenchRun(Options options, PrintWriter out) throws Refused {
    this.options = options;
    this.out = out;
    this.processors = Runtime.getRuntime().availableProcessors();
    this.plan = BenchPlan.of(
        options.effort(),
        options.designs(),
        options.questions(),
        options.threads(),
        options.budget(),
        processors);
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
      for (int i = 0; i < plan.legs().size(); i++) {
        Leg leg = plan.legs().get(i);
        if (ctrlC.isPressed() || secondsLeft() < plan.seconds(leg)) {
          uncovered.add(leg);
        } else {
          run(
              leg,
              directory.resolve(
                  String.format(Locale.ROOT, "%02d-%s", i, leg.question().id())),
              ctrlC);
          save();
        }
      }
      BenchResults results = save();
      BenchText.print(results, sheet);
      draw(results, svg == null ? directory : svg);
      out.printf(
          "Results: %s; JMH's own: %s; pictures: %s%n",
          options.json(), directory, svg == null ? directory : svg);
      notCovered(ctrlC.isPressed() ? "the run was interrupted" : "the time was up");
      out.flush();
      return conclusion();
    }
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
    return budget == null ? 1e9 : budget.toMillis() / 1e3 - secondsGone();
  }

  private double secondsGone() {
    return (System.nanoTime() - start) / 1e9;
  }

  // ---- one invocation of JMH

  private void run(Leg leg, Path directory, CtrlC ctrlC) throws Refused, InterruptedException {
    boolean ended;
    ChildJvm jvm;
    try {
      jvm = new ChildJvm(arguments(leg, directory), directory);
      ctrlC.stops(jvm);
      ended = jvm.ends((long) (secondsLeft() * 1e3));
    } catch (IOException e) {
      throw Refused.misused("cannot run JMH in " + directory + ": " + e.getMessage());
    }
    if (!ended) {
      uncovered.add(leg);
    } else {
      take(leg, jvm.console(), directory.resolve(JMH_JSON));
      out.printf(Locale.ROOT, "%s: %.0f s%n", leg, secondsGone());
      out.flush();
    }
  }

  /** JMH runs once per temporary directory at a time. */
  private List<String> arguments(Leg leg, Path directory) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Djava.io.tmpdir=" + directory);
    arguments.add("-jar");
    arguments.add(options.jar().toAbsolutePath().toString());
    arguments.addAll(leg.options());
    arguments.addAll(plan.effort().options());
    arguments.addAll(List.of("-rf", "json", "-rff", JMH_JSON));
    return arguments;
  }

  /** A figure for every combination, measured or failed. */
  private void take(Leg leg, Path printed, Path json) throws Refused {
    Map<Map<String, String>, JmhResult> results = new LinkedHashMap<>();
    String complaint = "";
    Console console;
    try {
      console = Console.of(printed);
    } catch (IOException e) {
      throw Refused.misused("cannot read " + printed + ": " + e.getMessage());
    }
    try {
      for (JmhResult result : written(json)) {
        if (result.benchmark().equals(leg.benchmark())) {
          results.put(result.params(), result);
        }
      }
    } catch (IOException e) {
      complaint = "what JMH wrote to " + json + " cannot be read: " + e.getMessage();
    }
    for (Map<String, String> params : leg.combinations()) {
      JmhResult result = results.get(params);
      if (result == null) {
        figures.add(failed(leg, params, complaint.isEmpty() ? console.whyNot(params) : complaint));
      } else {
        figures.addAll(measured(leg, params, result));
      }
    }
  }

  /** JMH makes an empty file when it begins. */
  private static List<JmhResult> written(Path json) throws IOException {
    return Files.exists(json) && Files.size(json) > 0 ? JmhResult.read(json) : List.of();
  }

  private List<BenchFigure> measured(Leg leg, Map<String, String> params, JmhResult result) {
    List<BenchFigure> measured = new ArrayList<>();
    try {
      for (Reading reading : Reading.of(leg.question(), leg.sweep().method(), leg.crew(), result)) {
        boolean isEmpty = reading.forks().isEmpty();
        Estimate estimate = Estimate.of(reading.forks());
        measured.add(
            figure(leg, params, reading, estimate, isEmpty ? "no fork has measured it" : ""));
      }
    } catch (IOException e) {
      return List.of(failed(leg, params, "JMH's result is not whole: " + e.getMessage()));
    }
    return measured;
  }

  private BenchFigure failed(Leg leg, Map<String, String> params, String why) {
    Reading none = new Reading("", "", List.of());
    return figure(leg, params, none, new Estimate(Double.NaN, Double.NaN), why);
  }

  private BenchFigure figure(
      Leg leg, Map<String, String> params, Reading reading, Estimate estimate, String failure) {
    Map<String, String> all = new LinkedHashMap<>(params);
    all.putAll(leg.crew().params());
    return new BenchFigure(
        leg.question().id(),
        leg.question().sentence(),
        leg.sweep().method(),
        all,
        reading.metric(),
        reading.unit(),
        leg.crew().threads(),
        leg.crew().threads() > processors,
        reading.forks(),
        estimate.mean(),
        estimate.error(),
        failure);
  }

  // ---- what comes of it

  private BenchResults save() throws Refused {
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
    if (!plan.skipped().isEmpty()) {
      out.println(plan.notCovered());
    }
    for (Leg leg : uncovered) {
      out.println("Not finished, as " + why + ": " + leg);
    }
  }

  private Conclusion conclusion() {
    if (figures.stream().allMatch(BenchFigure::hasFailed)) {
      return uncovered.isEmpty() ? Conclusion.NOTHING_RAN : Conclusion.BUDGET_SPENT;
    }
    if (figures.stream().anyMatch(BenchFigure::hasFailed)) {
      return Conclusion.SURPRISED;
    }
    return uncovered.isEmpty() && plan.skipped().isEmpty()
        ? Conclusion.AS_EXPECTED
        : Conclusion.BUDGET_SPENT;
  }
}
