// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gupstress.audit.Demonstration;
import org.gupstress.audit.TrialRun;
import org.gupstress.process.Refused;
import org.gupstress.race.Bug;
import org.gupstress.race.Bugs;
import org.gupstress.race.Check;
import org.gupstress.race.Race;
import org.gupstress.race.Races;
import org.gupstress.report.BugText;
import org.gupstress.report.RaceText;
import org.gupstress.sampling.Explain;
import org.gupstress.text.Sheet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A race or bug of the catalogue, or an outcome of a jcstress test: what it is, and an
 * interleaving.
 */
@Command(
    name = "explain",
    description = {
      "Tells what a race is, and shows the shortest interleaving of each design that has it.",
      "Tells what a bug of Linux was, and shows it in the kernel before its fix, and not after it.",
      "Given a jcstress test and an outcome, prints the shortest interleaving that ends so."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  gupstress explain R-07",
      "  gupstress explain M-03",
      "  gupstress explain PinVsDrain.RfcNov torn-count"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "ID|TEST",
      description = "A race or check like R-07 or K-03, see gupstress list races; a bug like M-03,"
          + " see gupstress list bugs; or a jcstress test like PinVsDrain.RfcNov.")
  private String subject = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUTCOME",
      description = "Of the test, as its table names it.")
  private @Nullable String outcome;

  @Option(
      names = "--full",
      description = "Of an outcome: every access, not only what changes a page.")
  private boolean full;

  @Option(
      names = "--budget",
      paramLabel = "T",
      description = "Of a race or bug: time to explore, like 60s or 2m. Default: 1m.")
  private Duration budget = Duration.ofMinutes(1);

  @Mixin
  private final FormatOption format = new FormatOption();

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return outcome == null ? explain(subject) : explain(subject, outcome);
  }

  @SuppressWarnings("try")
  private int explain(String id) {
    Optional<Check> check = Check.find(id);
    if (check.isPresent()) {
      RaceText.print(check.get(), format.sheet(terminal));
      return ExitStatus.AS_EXPECTED;
    }
    Optional<Bug> bug = Bugs.find(id);
    if (bug.isPresent()) {
      return explain(bug.get());
    }
    Race race = Races.find(id).orElseThrow(() -> unknown(id));
    Sheet sheet = format.sheet(terminal);
    RaceText.print(race, sheet);
    Demonstration demonstration;
    try (Ticker ticker = new Ticker(terminal, budget, () -> "exploring what shows " + race.id())) {
      demonstration = Demonstration.of(race, budget);
    }
    RaceText.print(demonstration, sheet);
    if (demonstration.isMissing()) {
      return ExitStatus.SURPRISED;
    }
    return demonstration.isComplete() ? ExitStatus.AS_EXPECTED : ExitStatus.BUDGET_SPENT;
  }

  @SuppressWarnings("try")
  private int explain(Bug bug) {
    Sheet sheet = format.sheet(terminal);
    BugText.print(bug, sheet);
    List<TrialRun> runs;
    try (Ticker ticker = new Ticker(terminal, budget, () -> "exploring what shows " + bug.id())) {
      runs = TrialRun.of(bug, budget);
    }
    BugText.print(runs, sheet);
    if (runs.stream().allMatch(TrialRun::isAsKnown)) {
      return ExitStatus.AS_EXPECTED;
    }
    return runs.stream().allMatch(TrialRun::isComplete)
        ? ExitStatus.SURPRISED
        : ExitStatus.BUDGET_SPENT;
  }

  private static Refused unknown(String id) {
    if (id.contains(".")) {
      return Refused.misused("expected the outcome of a jcstress test after \"" + Names.cut(id)
          + "\", like gupstress explain PinVsDrain.RfcNov torn-count");
    }
    List<String> ids = new ArrayList<>(Races.all().stream().map(Race::id).toList());
    Check.all().forEach(known -> ids.add(known.id()));
    Bugs.all().forEach(known -> ids.add(known.id()));
    return Refused.misused(Names.missing("race, check or bug", id, ids));
  }

  private int explain(String test, String end) {
    try {
      Explain.run(test, end, full, format.sheet(terminal));
    } catch (NoClassDefFoundError missing) {
      throw JcstressCommand.withoutJcstress(missing);
    }
    return ExitStatus.AS_EXPECTED;
  }
}
