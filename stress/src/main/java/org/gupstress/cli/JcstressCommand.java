// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.gupstress.outcome.OutcomeRun;
import org.gupstress.outcome.Profile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Real threads, and what they end in. */
@Command(
    name = "jcstress",
    description = "Samples the outcome tests on real threads and explains every outcome.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  gupstress jcstress --profile lean",
      "  gupstress jcstress --test PinVsDrain --design rfc-nov --budget 1m",
      "  gupstress jcstress --test PinVsDrain --actors-beyond-cpus"
    })
final class JcstressCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

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
      description = "Also runs tests that have more actors than there are processors.")
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

  @Option(names = "--junit", paramLabel = "FILE", description = "Writes JUnit XML as well.")
  private @Nullable Path junit;

  @Option(
      names = "--read",
      paramLabel = "FILE",
      description = "Reports on a result file (.bin.gz) of jcstress.jar and runs nothing.")
  private @Nullable Path read;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    return OutcomeRun.run(
        new OutcomeRun.Options(
            profile, designs, tests, budget, beyondCpus, results, json, junit, read),
        out,
        err);
  }
}
