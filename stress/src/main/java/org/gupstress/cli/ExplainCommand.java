// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.concurrent.Callable;
import org.gupstress.process.Refused;
import org.gupstress.sampling.Explain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** From an outcome to an interleaving. */
@Command(
    name = "explain",
    description = "Prints the shortest interleaving that ends in an outcome of a jcstress test.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  gupstress explain PinVsDrain.RfcNov torn-count"})
final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "TEST", description = "Like PinVsDrain.RfcNov.")
  private String test = "";

  @Parameters(index = "1", paramLabel = "OUTCOME", description = "As the table names it.")
  private String outcome = "";

  @Option(names = "--full", description = "Every access, not only what changes a page.")
  private boolean full;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      Explain.run(test, outcome, full, terminal.out());
    } catch (Refused refused) {
      throw new UsageError(String.valueOf(refused.getMessage()));
    } catch (NoClassDefFoundError missing) {
      throw JcstressCommand.withoutJcstress(missing);
    }
    return ExitStatus.AS_EXPECTED;
  }
}
