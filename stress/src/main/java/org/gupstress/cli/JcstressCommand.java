// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.gupstress.process.Refused;
import org.gupstress.report.OutcomeTables;
import org.gupstress.sampling.OutcomeRun;
import org.gupstress.sampling.Profile;
import org.gupstress.userfile.OwnCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Real threads, and what they end in. */
@Command(
    name = "jcstress",
    description = "Samples the outcome tests on real threads and explains every outcome.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Status 0 means that every configuration of the plan has run, that each known defect "
          + "was seen often enough (100 times in a full lean run), and no forbidden outcome; 4 "
          + "that the budget did not suffice, or that the run was interrupted: what has finished "
          + "has its rows. A test named in full that this machine has too few processors for is "
          + "refused. Rows of other engines, and of tests that the run did not run, stay in the "
          + "result file.",
      "",
      "Examples:",
      "  gupstress jcstress --profile lean",
      "  gupstress jcstress --test PinVsDrain --design rfc-nov --budget 1m",
      "  gupstress jcstress --test PinVsDrain --actors-beyond-cpus"
    })
final class JcstressCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "lean, quick or default. Default: lean.")
  private Profile profile = Profile.LEAN;

  @Option(names = "--design", split = ",", paramLabel = "D", description = "Only these designs.")
  private List<String> designs = List.of();

  @Option(
      names = "--test",
      split = ",",
      paramLabel = "T",
      description = "Only these, like PinVsDrain or PinVsDrain.RfcNov.")
  private List<String> tests = List.of();

  @Option(names = "--budget", paramLabel = "T", description = "Time for all of it, like 60s or 5m.")
  private @Nullable Duration budget;

  @Option(
      names = "--actors-beyond-cpus",
      description = "Adds the tests with more actors than processors: without it they are not part"
          + " of the plan.")
  private boolean beyondCpus;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where jcstress's reports go. Default: jcstress-results.")
  private Path results = Path.of("jcstress-results");

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where the rows go. Default: result.json.")
  private Path json = Path.of("result.json");

  @Mixin
  private final JunitOption junit = new JunitOption();

  @Option(
      names = "--read",
      paramLabel = "FILE",
      description =
          "Reports what a result file (.bin.gz) of jcstress.jar has, or all those of a directory,"
              + " and runs nothing. A test that --test names in full must be in it.")
  private @Nullable Path read;

  @Mixin
  private final FormatOption format = new FormatOption();

  JcstressCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    for (String design : designs) {
      if (OwnCode.isFile(design)) {
        throw Refused.misused("jcstress runs shipped designs only, found " + design
            + ": its tests are compiled with the designs, and each of their outcomes has a grade;"
            + " explore, audit and storm run a design of yours");
      }
    }
    junit.check(List.of(json));
    OutcomeRun.View view = tests -> OutcomeTables.print(tests, format.sheet(terminal));
    OutcomeRun.Options options = new OutcomeRun.Options(
        profile, designs, tests, budget, beyondCpus, results, json, junit.file());
    try {
      return ExitStatus.of(
          read == null
              ? OutcomeRun.run(options, terminal.out(), view)
              : OutcomeRun.read(read, options, terminal.out(), view));
    } catch (NoClassDefFoundError missing) {
      throw withoutJcstress(missing);
    }
  }

  static Refused withoutJcstress(NoClassDefFoundError missing) {
    return Refused.misused(
        "jcstress.jar must lie beside gupstress.jar; not found: " + missing.getMessage());
  }
}
