// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.gupstress.process.Refused;
import org.gupstress.report.ReportText;
import org.gupstress.result.JunitXml;
import org.gupstress.text.Sheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Results, read again. */
@Command(
    name = "report",
    description = "Prints what is in result files, also in those of a run that was killed.",
    version = Gupstress.VERSION,
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  gupstress report result.json"})
final class ReportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Of audit, explore, jcstress, storm, trace or bench.")
  private List<Path> files = List.of();

  @Option(names = "--full", description = "Shows all events of the pages that findings are about.")
  private boolean full;

  @Option(
      names = "--evidence",
      description = "Shows the shortest way to every violated cell of the court.")
  private boolean evidence;

  @Mixin
  private final JunitOption junit = new JunitOption();

  @Mixin
  private final FormatOption format = new FormatOption();

  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    junit.check(files);
    List<ReportText> reports = files.stream().map(ReportCommand::read).toList();
    Sheet sheet = format.sheet(terminal);
    List<JunitXml.Case> cases = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      cases.addAll(shown(files.get(i), reports.get(i), sheet));
    }
    junit.write(() -> cases);
    if (reports.stream().allMatch(ReportText::isEmpty)) {
      terminal.err().println("gupstress: there are no rows, so there is nothing to report");
      return ExitStatus.NOTHING_RAN;
    }
    return ExitStatus.AS_EXPECTED;
  }

  /** Prints a report. Rows that do not fit together are the fault of who wrote them. */
  private List<JunitXml.Case> shown(Path file, ReportText report, Sheet sheet) {
    try {
      report.print(full, evidence, sheet);
      return junit.file() == null ? List.of() : report.cases();
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException
        | NullPointerException e) {
      throw Refused.misused(file + ": the rows do not fit together: " + e);
    }
  }

  private static ReportText read(Path file) {
    try {
      return ReportText.read(file);
    } catch (IOException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }
}
