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
  private String last = "";

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
    last = c.plan().design().id()
        + " "
        + c.plan().scenario().id()
        + " "
        + c.plan().kernel().id()
        + (violated.isEmpty() ? ": nothing violated" : ": violated " + violated);
    line.show(done + "/" + all + " " + last);
  }

  /** How far it is, where no line can be written over. */
  synchronized String text() {
    return done + " of " + all + " runs done" + (last.isEmpty() ? "" : ", last " + last);
  }

  synchronized void clear() {
    line.clear();
  }
}
