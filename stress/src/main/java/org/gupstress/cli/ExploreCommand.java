// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.gupstress.audit.Audit;
import org.gupstress.claim.Harm;
import org.gupstress.court.CellRow;
import org.gupstress.court.ExploreRow;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Reductions;
import org.gupstress.explore.Result;
import org.gupstress.memory.MemoryModel;
import org.gupstress.page.Kernel;
import org.gupstress.process.Refused;
import org.gupstress.report.CourtJunit;
import org.gupstress.report.ExploreText;
import org.gupstress.result.Head;
import org.gupstress.result.ResultFile;
import org.gupstress.scenario.Duty;
import org.gupstress.scenario.Scenario;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One design in one scenario of any size. */
@Command(
    name = "explore",
    description = "Explores all interleavings of one design in one scenario.",
    version = Gupstress.VERSION,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  gupstress explore --design rfc-nov --scenario pin-vs-drain",
      "  gupstress explore --design rfc-oct --scenario pin-unpin --cpus 3 --rounds 2",
      "  gupstress explore --design rfc-nov --scenario pin-vs-drain --trace stranded",
      "  gupstress explore --design MyPin.java --scenario MyRace.java"
    })
final class ExploreCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--design",
      required = true,
      paramLabel = "D",
      description = "See gupstress list designs; or a file like MyPin.java, or a class.")
  private String design = "";

  @Option(
      names = "--scenario",
      required = true,
      paramLabel = "S",
      description = "See gupstress list scenarios; or a file like MyRace.java, or a class.")
  private String scenario = "";

  @Mixin
  private final OwnOptions own = new OwnOptions();

  @Option(
      names = "--cpus",
      paramLabel = "N",
      description = "How many CPUs. Default: the size of the audit.")
  private @Nullable Integer cpus;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each repeats its program. Default: as the audit.")
  private @Nullable Integer rounds;

  @Option(
      names = "--kernel",
      paramLabel = "K",
      description = "production or debug. Default: production.")
  private Kernel kernel = Kernel.PRODUCTION;

  @Option(
      names = "--memory",
      paramLabel = "M",
      description = "What CPUs see of each other: sc, or tso (x86). Default: sc.")
  private MemoryModel memory = MemoryModel.SC;

  @Mixin
  private final LinuxOptions linux = new LinuxOptions();

  @Mixin
  private final CallersOption callers = new CallersOption();

  @Option(names = "--threads", paramLabel = "N", description = "Searchers. Default: 1.")
  private int threads = 1;

  @Option(names = "--max-states", paramLabel = "N", description = "Gives up after so many states.")
  private int statesMax = Options.DEFAULT.statesMax();

  @Option(
      names = "--preemptions",
      paramLabel = "N",
      description = "Only interleavings with at most so many pre-emptions.")
  private int preemptions = Options.UNBOUNDED;

  @Option(
      names = "--budget",
      paramLabel = "T",
      description = "Gives up after this time, like 60s. Default: 10m.")
  private Duration budget = Options.DEFAULT.budget();

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the results there.")
  private @Nullable Path json;

  @Option(names = "--outcomes", description = "Lists the final states.")
  private boolean outcomes;

  @Option(names = "--no-forget", description = "Keeps what ended operations have seen.")
  private boolean noForget;

  @Option(names = "--no-symmetry", description = "Tells CPUs of the same program apart.")
  private boolean noSymmetry;

  @Option(names = "--no-merge", description = "Makes private accesses steps of their own.")
  private boolean noMerge;

  @Mixin
  private final JunitOption junit = new JunitOption();

  @Mixin
  private final FormatOption format = new FormatOption();

  @Option(
      names = "--trace",
      paramLabel = "HARM",
      description = "Shows the counterexample of this harm, not of the first; also by the name that"
          + " the scenario has for it.")
  private @Nullable String trace;

  ExploreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Refused {
    junit.check(json == null ? List.of() : List.of(json));
    Plan plan = plan();
    Options options = options();
    if (callers.leavesOut(plan.scenario())) {
      terminal
          .err()
          .println("gupstress: nothing ran: in " + plan.scenario().id() + " a driver "
              + String.join("; another ", plan.scenario().misbehaving().values())
              + "; --callers converted leaves that out");
      return ExitStatus.NOTHING_RAN;
    }
    Harm harm = trace == null ? null : harm(trace, plan.scenario());
    if (json == null) {
      return print(ExploreRow.of(explored(plan, options), harm));
    }
    try (ResultFile file = ResultFile.open(json, new Head(null, budget, threads))) {
      Result result = explored(plan, options);
      ExploreRow row = ExploreRow.of(result, harm);
      row.write(result, file);
      file.end();
      int status = print(row);
      file.check();
      return status;
    }
  }

  @SuppressWarnings("try")
  private Result explored(Plan plan, Options options) throws Refused {
    try (Ticker ticker = new Ticker(terminal, budget, () -> "exploring " + plan.name())) {
      Result result = Explorer.explore(plan, options);
      String mistake = result.scenarioBroke();
      if (mistake != null) {
        throw Refused.quoting(mistake);
      }
      return result;
    }
  }

  private int print(ExploreRow row) {
    ExploreText.print(row, format.sheet(terminal));
    junit.write(terminal, () -> CourtJunit.cases(row));
    CellRow cell = row.cell();
    if (!cell.unexpected().isEmpty() || !cell.missing().isEmpty()) {
      return ExitStatus.SURPRISED;
    }
    if (!cell.isComplete()) {
      return ExitStatus.BUDGET_SPENT;
    }
    if (!cell.isJudged()) {
      terminal.err().println("gupstress: " + cell.nothingJudged());
      return ExitStatus.NOTHING_RAN;
    }
    return ExitStatus.AS_EXPECTED;
  }

  private static Harm harm(String word, Scenario scenario) {
    return scenario.duties().stream()
        .filter(duty -> duty.name().equals(word))
        .map(Duty::harm)
        .findFirst()
        .orElseGet(() -> Converters.harm(word));
  }

  private Plan plan() {
    if (memory == MemoryModel.ARM64) {
      throw Refused.misused(
          "--memory arm64: of kernel code, sc and tso are judged; what arm64 allows"
              + " is there for litmus programs alone, see gupstress litmus --help");
    }
    Scenario where = own.scenario(scenario);
    int wide = cpus == null ? where.cpus().usual() : cpus;
    int deep = rounds == null ? where.rounds().usual() : rounds;
    Checks.atLeastOne("--cpus", wide);
    Checks.atLeastOne("--rounds", deep);
    PinDesign which = own.design(design);
    Kernel base = linux.isNamed() ? linux.released(kernel) : Audit.meant(kernel, which, where);
    String misfit = Plan.misfit(which, where, base.release());
    if (misfit != null) {
      throw Refused.misused("n/a: " + misfit);
    }
    return Sizes.plan(which, where, linux.turned(base), wide, deep).withMemory(memory);
  }

  private Options options() {
    Checks.threads("--threads", threads);
    Checks.atLeastOne("--max-states", statesMax);
    if (preemptions < 0) {
      throw Refused.misused("--preemptions must be at least 0, found " + preemptions);
    }
    return new Options(
        new Reductions(!noForget, !noSymmetry, !noMerge),
        threads,
        statesMax,
        budget,
        preemptions,
        outcomes,
        Options.UNBOUNDED,
        Set.of());
  }
}
