// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gupstress.cli.OwnOptions.Chosen;
import org.gupstress.cli.ReplayOptions.Source;
import org.gupstress.design.PinDesign;
import org.gupstress.load.LoadProfile;
import org.gupstress.page.Kernel;
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;
import org.gupstress.report.LikeText;
import org.gupstress.report.StormJunit;
import org.gupstress.report.StormsText;
import org.gupstress.result.Head;
import org.gupstress.result.ResultFile;
import org.gupstress.storm.HistogramLog;
import org.gupstress.storm.Perturbation;
import org.gupstress.storm.Sizing;
import org.gupstress.storm.StormEngine;
import org.gupstress.storm.StormExpectations;
import org.gupstress.storm.StormExpectations.Judgement;
import org.gupstress.storm.StormLog;
import org.gupstress.storm.StormPlan;
import org.gupstress.storm.StormRecord;
import org.gupstress.storm.StormResult;
import org.gupstress.storm.StormSetup;
import org.gupstress.storm.WorkloadMix;
import org.gupstress.text.Numbers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One design, or several in turn, at scale. */
@Command(
    name = "storm",
    description = "Runs designs on real threads, with thousands of pages under memory pressure.",
    version = Gupstress.VERSION,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  gupstress storm --design rfc-oct --workload dio-mapped --pressure 3",
      "  gupstress storm --compare get-page,rfc-oct,rfc-fixed --duration 30s",
      "  gupstress storm --design rfc-nov --workload dio-mapped:3,readtwice:1 --pages 1m",
      "",
      "The first is the case of the review: direct I/O into a mapped file of three times the memory.",
      "Exit status: 0 as expected, 1 not, 2 misused, 3 if memory was to run short and nothing was",
      "reclaimed, 4 cut short."
    })
final class StormCommand implements Callable<Integer> {
  private static final int FILE_PAGES_MIN = 16;
  private static final int FILE_PAGES_MAX = 64 << 20;
  private static final int USUAL_PROCESSES = -1;
  private static final int USUAL_CPUS = Integer.MIN_VALUE;
  private static final String USUAL_PAGES = "64k";

  private final Terminal terminal;
  private final StormEngine engine;
  private final List<String> unwritten = new ArrayList<>();
  private boolean isCutShort;

  @Option(
      names = "--design",
      paramLabel = "D",
      description = "See gupstress list designs; or a file like MyPin.java, or a class.")
  private @Nullable String design;

  @Mixin
  private final OwnOptions own = new OwnOptions();

  @Option(
      names = "--compare",
      split = ",",
      paramLabel = "D",
      description = "These designs in turn, with the same seed, in one table.")
  private @Nullable List<String> compared;

  @Option(
      names = "--workload",
      paramLabel = "W:N,...",
      description =
          "What CPUs do, by weight. See gupstress list workloads. Default: ${DEFAULT-VALUE}.")
  private WorkloadMix mix = WorkloadMix.USUAL;

  @Option(
      names = "--pressure",
      paramLabel = "X",
      description =
          "Files and anonymous memory over memory: 3 is three times as much. Where nothing of the"
              + " mix fills files, a stream of reads comes to it. Default: 1.25.")
  private String pressure = "1.25";

  @Option(
      names = "--file-size",
      paramLabel = "N",
      description = "Pages of the file of each process, like 64k. Default: as --pressure needs.")
  private @Nullable String fileSize;

  @Option(
      names = "--processes",
      paramLabel = "N",
      description = "Each with a mapped file and memory of its own. Default: one for each CPU.")
  private int processes = USUAL_PROCESSES;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      description = "May exceed the processors. Default: as many as there are.")
  private int cpus = USUAL_CPUS;

  @Option(
      names = "--pages",
      paramLabel = "N",
      description = "From 4096 to 4m, like 65536, 64k or 1m. Default: 64k.")
  private @Nullable String pages;

  @Option(
      names = "--duration",
      paramLabel = "T",
      description = "Of the load, for each design, like 60s or 2m. Default: 60s.")
  private Duration duration = Duration.ofSeconds(60);

  @Option(names = "--seed", paramLabel = "S", description = "Of the choices. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--kernel",
      paramLabel = "K",
      description = "production or debug. Default: production.")
  private Kernel kernel = Kernel.PRODUCTION;

  @Option(
      names = "--perturb",
      paramLabel = "P",
      description = "none, starve or tremble: makes rare orders come up. Default: none.")
  private Perturbation perturbation = Perturbation.NONE;

  @Option(
      names = "--events",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Keeps the last events of every page for findings. Default: it does.")
  private boolean events;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where the results go, row by row; rows of others stay. Default: result.json.")
  private Path json = Path.of("result.json");

  @Mixin
  private final ReplayOptions replay = new ReplayOptions();

  @Mixin
  private final JunitOption junit = new JunitOption();

  @Mixin
  private final FormatOption format = new FormatOption();

  StormCommand(Terminal terminal, StormEngine engine) {
    this.terminal = terminal;
    this.engine = engine;
  }

  @Override
  public Integer call() throws Refused {
    junit.check(List.of(json));
    List<PinDesign> designs = designs();
    Source source = replay.source(mix);
    StormSetup setup = source == null ? setup(pages()) : setup(source.load());
    if (designs.isEmpty()) {
      terminal.err().println("gupstress: nothing was chosen, so nothing ran");
      return ExitStatus.NOTHING_RAN;
    }
    Duration all = duration.multipliedBy(designs.size());
    try (ResultFile file = ResultFile.open(json, new Head(seed, all, cpus))) {
      return run(designs, setup, file, replay.isLike() ? source : null);
    }
  }

  private int run(
      List<PinDesign> designs, StormSetup setup, ResultFile file, @Nullable Source like) {
    for (PinDesign each : designs) {
      Path times = beside(file, each);
      // a link is replaced, not followed
      if (!Files.isSymbolicLink(times)) {
        Checks.writable(times, "");
      }
    }
    if (!Checks.isMachineFit(terminal)) {
      return ExitStatus.INTERNAL;
    }
    List<StormRecord> storms = new ArrayList<>();
    for (PinDesign each : designs) {
      if (!isCutShort) {
        run(new StormPlan(each, setup), file).ifPresent(storms::add);
      }
    }
    file.end();
    print(storms);
    if (like != null) {
      storms.forEach(
          storm -> LikeText.print(like.load(), like.dossier(), storm, format.sheet(terminal)));
    }
    junit.write(terminal, () -> StormJunit.cases(storms));
    IOException failure = file.failure();
    if (failure != null) {
      unwritten.add(json + ": " + FileKind.why(failure));
    }
    for (String what : unwritten) {
      terminal.err().println("gupstress: cannot write " + what + "; it holds what came before");
    }
    if (isCutShort && storms.isEmpty()) {
      return ExitStatus.USAGE;
    }
    return unwritten.isEmpty() && !isCutShort ? status(storms) : ExitStatus.BUDGET_SPENT;
  }

  private List<PinDesign> designs() {
    if ((design == null) == (compared == null)) {
      throw Refused.misused("storm takes --design D or --compare D1,D2,..., and one of them only");
    }
    if (design != null) {
      return List.of(own.design(design));
    }
    Chosen<PinDesign> chosen = own.designs(compared);
    if (!chosen.refused().isEmpty()) {
      throw Refused.misused(String.join("\n", chosen.refused()));
    }
    return chosen.things();
  }

  /** With the load of a trace. */
  private StormSetup setup(LoadProfile load) {
    if (replay.isLike() && cpus == USUAL_CPUS) {
      cpus = load.streams().size();
    }
    int own = replay.isLike() && pages == null ? ReplayOptions.pages(load) : pages();
    mix = ReplayOptions.mix(load, own);
    return setup(own);
  }

  private int pages() {
    return Converters.pages(pages == null ? USUAL_PAGES : pages);
  }

  private StormSetup setup(int all) {
    if (cpus == USUAL_CPUS) {
      cpus = Runtime.getRuntime().availableProcessors();
    }
    Checks.threads("--cpus", cpus);
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      throw Refused.misused("--duration must be at least 1s, found " + duration.toMillis() + "ms");
    }
    int least = StormSetup.pagesMin(cpus);
    if (all < least) {
      throw Refused.misused("a storm of " + Numbers.of(cpus, "CPU") + " needs at least " + least
          + " pages: so many can be in the pagevecs and hands of its CPUs; found " + all);
    }
    StormSetup setup =
        new StormSetup(mix, sizing(), cpus, all, duration, seed, kernel, perturbation, events);
    try {
      setup.workingSet();
    } catch (IllegalArgumentException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
    return setup;
  }

  private Sizing sizing() {
    Sizing sizing = Sizing.USUAL.withPressure(Converters.pressure(pressure));
    if (fileSize != null) {
      sizing = sizing.withFilePages(
          Converters.pages("--file-size", FILE_PAGES_MIN, FILE_PAGES_MAX, fileSize));
    }
    if (processes != USUAL_PROCESSES) {
      Checks.atLeastOne("--processes", processes);
      sizing = sizing.withProcesses(processes);
    }
    return sizing;
  }

  /** Runs a storm; what there is of it if it is cut short, nothing if it has not begun. */
  private Optional<StormRecord> run(StormPlan plan, ResultFile file) {
    String design = plan.design().id();
    Path beside = beside(file, plan.design());
    try (HistogramLog times = HistogramLog.to(beside, "storm of " + design)) {
      StormLog log =
          new StormLog(design, plan.setup(), StormRecord.Host.here(compared != null), file, times);
      StormProgress progress = new StormProgress(terminal, plan, log);
      StormResult result = null;
      try {
        result = engine.run(plan, progress);
      } catch (InterruptedException e) {
        isCutShort = true;
      } catch (OutOfMemoryError e) {
        isCutShort = true;
        terminal.err().println("gupstress: " + Scarcity.sentence(e));
      } finally {
        progress.clear();
      }
      if (times.hasFailed()) {
        unwritten.add(beside + ": no space, or no permission");
      }
      return result == null ? log.cut() : Optional.of(log.end(result));
    }
  }

  private static Path beside(ResultFile file, PinDesign design) {
    return file.beside("." + design.id() + ".hlog");
  }

  private void print(List<StormRecord> storms) {
    StormsText.print(storms, false, format.sheet(terminal));
  }

  private static int status(List<StormRecord> storms) {
    boolean isIdle = false;
    for (StormRecord storm : storms) {
      StormResult result = storm.result();
      if (result != null) {
        Judgement judged = StormExpectations.judge(storm.design(), storm.setup(), result);
        if (judged.isSurprised()) {
          return ExitStatus.SURPRISED;
        }
        isIdle |= judged.isIdle();
      }
    }
    return isIdle ? ExitStatus.NOTHING_RAN : ExitStatus.AS_EXPECTED;
  }
}
