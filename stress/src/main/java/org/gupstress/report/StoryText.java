// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.Optional;
import org.gupstress.audit.Court;
import org.gupstress.audit.Evidence;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Reductions;
import org.gupstress.explore.Replay;
import org.gupstress.explore.Token;
import org.gupstress.explore.Trace;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;
import org.gupstress.text.TraceText;

/** One of the races found, step by step: the shortest that takes two CPUs to happen. */
final class StoryText {
  private StoryText() {}

  static void print(Court court, Sheet sheet) {
    Optional<Evidence> shortest = Evidence.shortest(
        court.cases().stream(), (c, v) -> v.preemptions() > 0 && RacesText.isExhibit(c, v.harm()));
    Token token = shortest.map(e -> e.violation().token()).orElse(null);
    if (token == null) {
      return;
    }
    Plan plan = shortest.orElseThrow().found().plan();
    sheet.blank();
    sheet.text(Ink.BOLD, "", "One of them, step by step; replay shows any other like this");
    sheet.blank();
    Trace trace = Replay.run(plan, Reductions.ALL, token.schedule());
    TraceText.print(plan, token, trace, false, sheet);
  }
}
