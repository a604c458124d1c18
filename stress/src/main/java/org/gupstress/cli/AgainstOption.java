// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gupstress.court.Audited;
import org.gupstress.court.Changes;
import org.gupstress.process.Refused;
import org.gupstress.report.ChangesText;
import org.gupstress.report.ReportRows;
import org.gupstress.text.Sheet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** An earlier run, to say what has changed since: the same option for audit and report. */
final class AgainstOption {
  @Option(
      names = "--against",
      paramLabel = "OLD",
      description = "A result file of an earlier audit: prints what is new, gone, rarer or more"
          + " often. The status is 1 if anything is violated that was not.")
  private @Nullable Path file;

  private List<Audited> earlier = List.of();

  /** Reads the earlier run, before a later one may overwrite it. */
  void read() {
    if (file == null) {
      return;
    }
    try {
      earlier = ReportRows.read(file).court().audits();
    } catch (IOException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
    if (earlier.isEmpty()) {
      throw Refused.misused("--against: expected the result of an audit, found none in " + file);
    }
  }

  /** What has changed, or null if nobody asked. */
  @Nullable
  Changes changes(List<Audited> later) {
    return file == null ? null : Changes.between(earlier, later);
  }

  /** The name of the file. */
  String name() {
    return String.valueOf(file);
  }

  /** Prints what has changed; returns the status with it. */
  int print(@Nullable Changes changes, int status, Sheet sheet) {
    if (changes == null) {
      return status;
    }
    ChangesText.print(changes, name(), sheet);
    return changes.isWorse() && status == ExitStatus.AS_EXPECTED ? ExitStatus.SURPRISED : status;
  }
}
