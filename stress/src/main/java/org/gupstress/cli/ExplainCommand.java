// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.concurrent.Callable;
import org.gupstress.outcome.Explain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From an outcome to an interleaving. */
@Command(
    name = "explain",
    description = "Prints the shortest interleaving that ends in an outcome of a jcstress test.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  gupstress explain PinVsDrain.RfcNov torn-count"})
final class ExplainCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "TEST", description = "Like PinVsDrain.RfcNov.")
  private String test = "";

  @Parameters(index = "1", paramLabel = "OUTCOME", description = "As the table names it.")
  private String outcome = "";

  @Option(names = "--full", description = "Every access, not only what changes a page.")
  private boolean full;

  @Override
  public Integer call() {
    return Explain.run(
        test, outcome, full, spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}
