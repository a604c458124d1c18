// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.gupstress.text.Format;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;
import org.junit.jupiter.api.Test;

/** Nothing that a user, a file or a result says steers the terminal. */
class PlainWriterTest {
  private static final String HOSTILE = "a\u001b]0;title\u0007b\rc\u009bd\u202ee";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Terminal terminal(boolean isInteractive) {
    return new Terminal(
        new PrintWriter(out), new PrintWriter(err), isInteractive, Duration.ofDays(1));
  }

  private static void assertPlain(StringWriter written) {
    assertThat(written.toString()).isNotBlank().matches("[ -~\n]*");
  }

  @Test
  void everyWayOfWritingIsEscaped() {
    for (boolean isInteractive : List.of(true, false)) {
      Terminal terminal = terminal(isInteractive);
      for (PrintWriter writer : List.of(terminal.out(), terminal.err())) {
        writer.println(HOSTILE);
        writer.printf("%s%n", HOSTILE);
        writer.write(HOSTILE.toCharArray(), 1, 3);
        writer.append(HOSTILE, 1, 4).write(27);
        writer.flush();
      }
      assertPlain(out);
      assertPlain(err);
    }
    assertThat(err.toString()).contains("a\\u001b]0;title\\u0007b\\u000dc\\u009bd\\u202ee\n");
  }

  @Test
  void aSheetEscapesWhatStandsBetweenItsColours() {
    Terminal terminal = terminal(true);
    Sheet sheet = terminal.sheet(Format.TERMINAL);
    sheet.text(Ink.RED, HOSTILE, HOSTILE);
    sheet.token(2, HOSTILE);
    sheet.row(List.of(new Sheet.Span(Ink.GREEN, HOSTILE)));
    terminal.out().flush();
    assertThat(out.toString().replaceAll("\u001b\\[[0-9]+m", "")).matches("[ -~\n]*");
  }

  @Test
  void whatNobodyHasThoughtOfIsEscapedInMessages() {
    CommandLineRun run = CommandLineRun.of("explain", HOSTILE);
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).matches("[ -~\n]*");
    for (String command : List.of("audit --kernel", "report", "replay", "storm --pages", "list")) {
      String[] words = (command + " " + HOSTILE).split(" ", -1);
      assertThat(CommandLineRun.of(words).err()).as(command).isNotBlank().matches("[ -~\n]*");
    }
  }
}
