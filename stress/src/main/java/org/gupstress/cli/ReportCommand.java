// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.gupstress.court.Audited;
import org.gupstress.court.Changes;
import org.gupstress.process.Refused;
import org.gupstress.report.ReportRows;
import org.gupstress.report.ReportText;
import org.gupstress.report.html.ChangesData;
import org.gupstress.report.html.HtmlPage;
import org.gupstress.report.html.Replayer;
import org.gupstress.result.JunitXml;
import org.gupstress.result.WholeFile;
import org.gupstress.text.Sheet;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes a page for a browser: one file, which needs no network.")
  private @Nullable Path html;

  @Option(
      names = "--design",
      split = ",",
      paramLabel = "FILE",
      description = "Designs of your own that counterexamples on the page are of.")
  private List<String> designs = List.of();

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "FILE",
      description = "Scenarios of your own that counterexamples on the page are of.")
  private List<String> scenarios = List.of();

  @Mixin
  private final AgainstOption against = new AgainstOption();

  @Mixin
  private final OwnOptions own = new OwnOptions();

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
    Path page = html;
    if (page != null) {
      checkPage(page);
    }
    against.read();
    List<ReportRows> reports = files.stream().map(ReportCommand::read).toList();
    Sheet sheet = format.sheet(terminal);
    List<JunitXml.Case> cases = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      cases.addAll(shown(files.get(i), new ReportText(reports.get(i)), sheet));
    }
    junit.write(terminal, () -> cases);
    List<Audited> audits =
        reports.stream().flatMap(report -> report.court().audits().stream()).toList();
    Changes changes = against.changes(audits);
    int status = against.print(changes, ExitStatus.AS_EXPECTED, sheet);
    if (page != null) {
      write(page, reports, changes);
    }
    if (reports.stream().allMatch(ReportRows::isEmpty)) {
      terminal.err().println("gupstress: there are no rows, so there is nothing to report");
      return ExitStatus.NOTHING_RAN;
    }
    return status;
  }

  /** Prints a report. Rows that do not fit together are the fault of who wrote them. */
  private List<JunitXml.Case> shown(Path file, ReportText report, Sheet sheet) {
    try {
      report.print(full, evidence, sheet);
      return !junit.isWanted(terminal) ? List.of() : report.cases();
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException
        | NullPointerException e) {
      throw Refused.misused(file + ": the rows do not fit together: " + e);
    }
  }

  private void checkPage(Path page) {
    for (Path file : files) {
      if (page.toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize())) {
        throw Refused.misused(
            "--html and the result file must be two files, found " + page + " for both");
      }
    }
    Checks.writable(page, HtmlPage.MARK);
  }

  private void write(Path page, List<ReportRows> reports, @Nullable Changes changes) {
    ChangesData since = changes == null ? null : new ChangesData(changes, against.name());
    Rerun.Known known = new Rerun.Known(
        designs.stream().map(own::design).toList(),
        scenarios.stream().map(own::scenario).toList());
    try {
      WholeFile.at(page, HtmlPage.MARK)
          .write(out -> HtmlPage.write(reports, since, token -> replayed(token, known), out));
    } catch (IOException e) {
      throw Refused.unwritten(page, e, "");
    }
    terminal.err().println("gupstress: wrote " + page);
  }

  private static Replayer.Replayed replayed(String token, Rerun.Known known) {
    try {
      Rerun rerun = Rerun.of(token, known);
      return new Replayer.Replayed(rerun.plan(), rerun.trace(), "");
    } catch (Refused e) {
      return Replayer.Replayed.not(String.valueOf(e.getMessage()));
    }
  }

  private static ReportRows read(Path file) {
    try {
      return ReportRows.read(file);
    } catch (IOException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }
}
