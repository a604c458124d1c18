// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.gupstress.benchmark.BenchRun;
import org.gupstress.benchmark.Effort;
import org.gupstress.benchmark.OwnDesign;
import org.gupstress.design.PinDesign;
import org.gupstress.process.Conclusion;
import org.gupstress.process.Refused;
import org.gupstress.report.BenchJunit;
import org.gupstress.report.BenchPrinter;
import org.gupstress.userfile.OwnCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a pin costs. */
@Command(
    name = "bench",
    description = "Measures with JMH what a pin costs, and what it does to lru_lock.",
    version = Gupstress.VERSION,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A run goes in rounds; each measures one fork of everything. If the time is too short "
          + "for all, the output names what is missing, and the status is 4. A benchmark that "
          + "fails in a fork has a row with the reason, and the status is 1. Rows of other "
          + "engines in the result file stay. benchmarks.jar takes JMH's own options.",
      "",
      "Examples:",
      "  gupstress bench",
      "  gupstress bench --question PinUnpin,GupFast --design get-page,foll-pin",
      "  gupstress bench MyPin.java",
      "  gupstress bench --full --question LruLockContention --threads 1,2,4,8,16"
    })
final class BenchCommand implements Callable<Integer> {
  private static final String JAR = "benchmarks.jar";

  private static final List<String> BESIDE_A_FILE = List.of("get-page", "foll-pin");

  private final Terminal terminal;

  @Option(
      names = "--quick",
      description = "What the questions turn on, in 10 minutes. The default.")
  private boolean quick;

  @Option(names = "--full", description = "All combinations, in hours.")
  private boolean full;

  @Option(
      names = "--question",
      split = ",",
      paramLabel = "Q",
      description = "Only these: PinUnpin, LruLockContention, PinAgainstReclaim, GupFast,"
          + " FaultPinUnpin, HarnessCost, HarnessFloor, SpinsAndTails.")
  private List<String> questions = List.of();

  @Option(
      names = "--design",
      split = ",",
      paramLabel = "D",
      description =
          "Only these: see gupstress list designs; or a file like MyPin.java, or a class.")
  private List<String> designs = List.of();

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "A design in a file. Without --design it is measured beside get-page and" + " foll-pin.")
  private List<String> files = List.of();

  @Mixin
  private final OwnOptions own = new OwnOptions();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "The numbers of threads of curves. Default: 1,2,4,8 or as many as there are"
          + " processors. More than that are marked.")
  private List<Integer> threads = List.of();

  @Option(
      names = "--budget",
      paramLabel = "T",
      description = "Time for all of it, like 90s or 20m. Default: 10m for --quick; --full takes as"
          + " long as it takes.")
  private @Nullable Duration budget;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The benchmarks. Default: " + JAR + " as the build leaves it.")
  private @Nullable Path jar;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where what JMH writes goes. Default: bench-results.")
  private Path results = Path.of("bench-results");

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where the rows go. Default: result.json.")
  private Path json = Path.of("result.json");

  @Option(
      names = "--svg",
      paramLabel = "DIR",
      description =
          "Where the pictures go, one for each question; made if it is not there. Default:"
              + " beside JMH's results.")
  private @Nullable Path svg;

  @Mixin
  private final JunitOption junit = new JunitOption();

  @Mixin
  private final FormatOption format = new FormatOption();

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (quick && full) {
      throw Refused.misused("bench takes --quick or --full, and one of them only");
    }
    junit.check(List.of(json));
    threads.forEach(n -> Checks.threads("--threads", n));
    Effort effort = full ? Effort.FULL : Effort.QUICK;
    List<PinDesign> chosen = chosen();
    BenchRun.Options options = new BenchRun.Options(
        effort,
        chosen.stream().map(PinDesign::id).toList(),
        chosen.stream().flatMap(BenchCommand::own).toList(),
        questions,
        threads,
        budget == null ? effort.budget() : budget,
        jar == null ? usualJar() : jar,
        results,
        json,
        svg);
    BenchPrinter printer = new BenchPrinter(format.sheet(terminal));
    Conclusion conclusion = BenchRun.run(options, terminal.out(), printer);
    junit.write(terminal, () -> BenchJunit.cases(printer.printed()));
    return ExitStatus.of(conclusion);
  }

  /** The designs to be measured; none: all shipped ones. */
  private List<PinDesign> chosen() {
    List<String> words = new ArrayList<>(designs);
    if (designs.isEmpty() && !files.isEmpty()) {
      words.addAll(BESIDE_A_FILE);
    }
    for (String file : files) {
      if (!OwnCode.isFile(file)) {
        throw Refused.misused("expected a file like MyPin.java, found " + file);
      }
      words.add(file);
    }
    OwnOptions.Chosen<PinDesign> chosen = own.designs(words);
    if (!chosen.refused().isEmpty()) {
      throw Refused.misused(chosen.refused().get(0));
    }
    return chosen.things();
  }

  private static Stream<OwnDesign> own(PinDesign design) {
    Map<String, byte[]> classes = OwnCode.compiled(design);
    return classes.isEmpty()
        ? Stream.of()
        : Stream.of(new OwnDesign(design.id(), design.getClass().getName(), classes));
  }

  /** Beside this program's jar, or where the build leaves it. */
  private static Path usualJar() {
    Path here = here();
    Path beside = here.resolveSibling(JAR);
    return Files.exists(beside)
        ? beside
        : here.resolveSibling("../../bench/target/" + JAR).normalize();
  }

  private static Path here() {
    CodeSource source = BenchCommand.class.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw Refused.misused("--jar must say where " + JAR + " is: " + e.getMessage());
    }
  }
}
