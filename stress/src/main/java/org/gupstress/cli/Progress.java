// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.Arrays;
import java.util.List;
import org.gupstress.claim.Claim;
import org.gupstress.explore.Verdict;
import org.gupstress.report.Case;

/** One line that says how far the audit is and what it found last; silent without a terminal. */
final class Progress {
  private static final int WIDTH = 79;

  private final Terminal terminal;
  private final int all;
  private int done;

  Progress(Terminal terminal, int all) {
    this.terminal = terminal;
    this.all = all;
  }

  synchronized void done(Case c) {
    done++;
    if (terminal.isInteractive()) {
      List<String> violated = Arrays.stream(Claim.values())
          .filter(claim -> c.verdict(claim) == Verdict.VIOLATED)
          .map(Claim::id)
          .toList();
      show(done
          + "/"
          + all
          + " "
          + c.plan().design().id()
          + " "
          + c.plan().scenario().id()
          + " "
          + c.plan().kernel().id()
          + (violated.isEmpty() ? ": nothing violated" : ": violated " + violated));
    }
  }

  synchronized void clear() {
    if (terminal.isInteractive()) {
      show("");
      terminal.out().print('\r');
      terminal.out().flush();
    }
  }

  private void show(String text) {
    String line = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
    terminal.out().print('\r' + line + " ".repeat(WIDTH - line.length()));
    terminal.out().flush();
  }
}
