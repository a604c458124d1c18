// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.Arrays;
import java.util.List;
import org.gupstress.audit.Case;
import org.gupstress.claim.Claim;
import org.gupstress.explore.Verdict;

/** Says how far the audit is and what it found last. */
final class Progress {
  private final LiveLine line;
  private final int all;
  private int done;

  Progress(Terminal terminal, int all) {
    this.line = new LiveLine(terminal);
    this.all = all;
  }

  synchronized void done(Case c) {
    done++;
    List<String> violated = Arrays.stream(Claim.values())
        .filter(claim -> c.verdict(claim) == Verdict.VIOLATED)
        .map(Claim::id)
        .toList();
    line.show(done
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

  synchronized void clear() {
    line.clear();
  }
}
