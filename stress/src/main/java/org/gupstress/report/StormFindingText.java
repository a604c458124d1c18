// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.List;
import org.gupstress.storm.CpuOperation;
import org.gupstress.storm.HarmCount;
import org.gupstress.storm.PageEvent;
import org.gupstress.storm.StormExpectations;
import org.gupstress.storm.StormFinding;
import org.gupstress.storm.StormRecord;
import org.gupstress.storm.UnionWords;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** What went wrong, who did it, and how to see it step by step. */
final class StormFindingText {
  private static final int COLUMN = 4;
  private static final int EVENTS_SHOWN = 6;

  private final StormRecord story;
  private final boolean full;
  private final Sheet sheet;

  StormFindingText(StormRecord story, boolean full, Sheet sheet) {
    this.story = story;
    this.full = full;
    this.sheet = sheet;
  }

  void print() {
    sheet.blank();
    if (story.findings().isEmpty()) {
      sheet.text(Ink.BOLD, "", "Findings: none");
      return;
    }
    sheet.text(Ink.BOLD, "", "Findings");
    story.findings().forEach(this::print);
  }

  void print(StormFinding finding) {
    List<String> causes = StormExpectations.causes(story.design(), story.setup(), finding.harm());
    sheet.text(
        Ink.RED,
        "  ",
        COLUMN,
        finding.harm() + " (" + finding.claim() + ")"
            + (causes.isEmpty() ? "" : ", known as " + String.join(" ", causes))
            + ", at " + Numbers.seconds(finding.seconds()) + times(finding.harm()));
    line(finding.sentence());
    if (!finding.actors().isEmpty()) {
      line("by "
          + String.join(
              ", ", finding.actors().stream().map(StormFindingText::operation).toList()));
    }
    union(finding);
    events(finding.events());
    String command =
        StormExpectations.counterexample(story.design(), story.setup(), finding.harm());
    if (command != null) {
      line("step by step: " + command);
    }
  }

  private void line(String text) {
    sheet.text(Ink.PLAIN, " ".repeat(COLUMN), text);
  }

  private String times(String harm) {
    return story.result() == null
        ? ""
        : story.result().harms().stream()
            .filter(count -> count.harm().equals(harm))
            .mapToLong(HarmCount::times)
            .mapToObj(times -> ", " + Numbers.of(times, "time"))
            .findFirst()
            .orElse("");
  }

  static String operation(CpuOperation running) {
    return "cpu" + running.cpu() + " in " + running.operation();
  }

  private void union(StormFinding finding) {
    if (finding.before() != null) {
      line("its union before: " + words(finding.before()));
    }
    if (finding.after() != null) {
      line("its union after: " + words(finding.after()));
    }
  }

  private static String words(UnionWords words) {
    return "0x" + Long.toHexString(words.word8()) + " 0x" + Long.toHexString(words.word16());
  }

  private void events(List<PageEvent> events) {
    int hidden = full ? 0 : Math.max(0, events.size() - EVENTS_SHOWN);
    if (hidden > 0) {
      line(Numbers.of(hidden, "earlier event") + " of the page: report --full");
    }
    for (PageEvent event : events.subList(hidden, events.size())) {
      line(Numbers.micros(event.nanos()) + " us cpu" + event.cpu() + " " + event.text());
    }
  }
}
