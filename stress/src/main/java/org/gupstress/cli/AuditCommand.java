// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.gupstress.audit.Audit;
import org.gupstress.audit.Case;
import org.gupstress.audit.Hearing;
import org.gupstress.cli.OwnOptions.Chosen;
import org.gupstress.court.AuditLog;
import org.gupstress.court.AuditRow;
import org.gupstress.court.Audited;
import org.gupstress.court.Changes;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.page.Kernel;
import org.gupstress.process.Refused;
import org.gupstress.report.AuditText;
import org.gupstress.report.CourtJunit;
import org.gupstress.result.Head;
import org.gupstress.result.ResultFile;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.gupstress.text.Sheet;
import org.gupstress.userfile.OwnCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Every design in every scenario and both kernels: the court. */
@Command(
    name = "audit",
    description = "Explores every design in every scenario and prints which claims hold.",
    version = Gupstress.VERSION,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  gupstress audit",
      "  gupstress audit --design rfc-oct,rfc-nov --format mail",
      "  gupstress audit --scenario pin-vs-drain --kernel production",
      "  gupstress audit --linux 6.18 --without write_protect_seq",
      "  gupstress audit --design MyPin.java,foll-pin"
    })
final class AuditCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--design",
      split = ",",
      paramLabel = "D",
      description = "Only these designs: shipped ones, or files like MyPin.java, or classes.")
  private List<String> designs = Designs.all().stream().map(PinDesign::id).toList();

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "S",
      description = "Only these scenarios. Files, like MyRace.java, alone: these beside all.")
  private @Nullable List<String> scenarios;

  @Mixin
  private final OwnOptions own = new OwnOptions();

  @Option(
      names = "--kernel",
      paramLabel = "K",
      description = "production, debug or both. Default: both.")
  private String kernel = "both";

  @Mixin
  private final LinuxOptions linux = new LinuxOptions();

  @Mixin
  private final CallersOption callers = new CallersOption();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Runs side by side. Default: 2, or 1 on one processor.")
  private int threads = Math.min(2, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--budget",
      paramLabel = "T",
      description = "Time for all of it, like 60s or 2m. Default: 10m.")
  private Duration budget = Duration.ofMinutes(10);

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where the results go. Default: result.json.")
  private Path json = Path.of("result.json");

  @Mixin
  private final AgainstOption against = new AgainstOption();

  @Mixin
  private final JunitOption junit = new JunitOption();

  @Mixin
  private final FormatOption format = new FormatOption();

  @Option(
      names = "--evidence",
      description = "Shows the shortest way to every violated cell of the court.")
  private boolean evidence;

  AuditCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Refused {
    Checks.threads("--threads", threads);
    junit.check(List.of(json));
    against.read();
    Chosen<PinDesign> chosen = own.designs(designs);
    chosen.refused().forEach(why -> terminal.err().println("gupstress: " + why));
    if (chosen.things().isEmpty() && !chosen.refused().isEmpty()) {
      return ExitStatus.USAGE;
    }
    List<Kernel> kernels =
        "both".equals(kernel) ? Kernel.usual() : List.of(Converters.kernel(kernel));
    List<Plan> plans = plans(chosen.things(), scenarios(), kernels).stream()
        .filter(plan -> !callers.leavesOut(plan.scenario()))
        .toList();
    Map<PinDesign, String> unfit = unfit(chosen.things(), kernels);
    if (plans.isEmpty()) {
      unfit.values().forEach(why -> terminal.err().println("gupstress: n/a: " + why));
      terminal.err().println("gupstress: nothing was chosen, so nothing ran");
      return ExitStatus.NOTHING_RAN;
    }
    int status;
    try (ResultFile file = ResultFile.open(json, new Head(null, budget, threads))) {
      AuditRow asked =
          AuditRow.of(plans, unfit, scenarios != null, callers.isConverted(), evidence);
      status = Checks.isMachineFit(terminal) ? hear(plans, asked, file) : ExitStatus.INTERNAL;
    }
    if (chosen.refused().isEmpty() || status == ExitStatus.INTERNAL) {
      return status;
    }
    terminal.err().println("gupstress: not all designs were heard, see above");
    return ExitStatus.USAGE;
  }

  private List<Plan> plans(List<PinDesign> wanted, List<Scenario> where, List<Kernel> kernels) {
    return linux.isNamed()
        ? Audit.plans(wanted, where, kernels, kernel -> linux.turned(linux.released(kernel)))
        : Audit.plansAsMeant(wanted, where, kernels, linux::turned);
  }

  /** The designs that are not tried in any of the kernels, and why not. */
  private Map<PinDesign, String> unfit(List<PinDesign> wanted, List<Kernel> kernels) {
    Map<PinDesign, String> unfit = new LinkedHashMap<>();
    for (PinDesign one : wanted) {
      List<String> reasons = kernels.stream()
          .map(kernel -> Plan.misfit(one, linux.released(kernel).release()))
          .filter(Objects::nonNull)
          .toList();
      if (linux.isNamed() && reasons.size() == kernels.size()) {
        unfit.put(one, reasons.get(0));
      }
    }
    return unfit;
  }

  @SuppressWarnings("try")
  private int hear(List<Plan> plans, AuditRow asked, ResultFile file) throws Refused {
    long start = System.nanoTime();
    Progress progress = new Progress(terminal, plans.size());
    AuditLog log = new AuditLog(plans, asked, file);
    Hearing hearing;
    try (Ticker ticker = new Ticker(terminal, budget, progress::text, false)) {
      hearing = Hearing.of(plans, threads, budget, found -> {
        log.done(found);
        progress.done(found);
      });
    } finally {
      progress.clear();
    }
    boolean isInterrupted = Thread.interrupted();
    Audited court = log.end(hearing.cases(), (System.nanoTime() - start) / 1e9);
    file.end();
    Sheet sheet = format.sheet(terminal);
    AuditText.print(court, json.toString(), sheet);
    junit.write(terminal, () -> CourtJunit.cases(court));
    Changes changes = against.changes(List.of(court));
    int status = against.print(changes, status(hearing, court), sheet);
    file.check();
    return isInterrupted ? ExitStatus.BUDGET_SPENT : status;
  }

  private int status(Hearing hearing, Audited court) {
    for (String failure : hearing.failures()) {
      terminal.err().println("gupstress: internal error, please report: " + failure);
    }
    if (!hearing.failures().isEmpty()) {
      return ExitStatus.INTERNAL;
    }
    List<String> mistakes = hearing.cases().stream()
        .map(Case::result)
        .filter(Objects::nonNull)
        .map(Result::scenarioBroke)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
    mistakes.forEach(mistake -> terminal.err().println("gupstress: " + mistake));
    if (!mistakes.isEmpty()) {
      return ExitStatus.USAGE;
    }
    if (court.isSurprised()) {
      return ExitStatus.SURPRISED;
    }
    if (!court.isComplete()) {
      return ExitStatus.BUDGET_SPENT;
    }
    court.notJudged().forEach(cell -> terminal.err().println("gupstress: " + cell.nothingJudged()));
    return court.notJudged().isEmpty() ? ExitStatus.AS_EXPECTED : ExitStatus.NOTHING_RAN;
  }

  private List<Scenario> scenarios() {
    List<String> shipped =
        Catalogue.of(linux.release()).stream().map(Scenario::id).toList();
    List<String> words = new ArrayList<>(scenarios == null ? shipped : scenarios);
    if (!words.isEmpty() && words.stream().allMatch(OwnCode::isFile)) {
      words.addAll(shipped);
    }
    Chosen<Scenario> chosen = own.scenarios(words);
    if (!chosen.refused().isEmpty()) {
      throw Refused.misused(String.join("\n", chosen.refused()));
    }
    return chosen.things();
  }
}
