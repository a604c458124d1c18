// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gupstress.claim.Finding;
import org.gupstress.claim.PageFields;
import org.gupstress.explore.Trace;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Op;

/** The steps of a trace, one lane a CPU: each line stands below the name of the CPU it is about. */
final class Lanes {
  private static final int GUTTER = 5;
  private static final int LANE_MAX = 36;

  /** Accesses that tell nothing where what they see goes without saying. */
  private static final Set<Op> READS =
      EnumSet.of(Op.READ64, Op.READ32, Op.READ_BITS64, Op.READ_IF64);

  private final Sheet sheet;
  private final boolean full;
  private final int lane;
  private final String[] operation;
  private final Arena names;
  private final Map<Integer, PageStrip> strips = new HashMap<>();
  private final List<Integer> hidden = new ArrayList<>();
  private final List<Trace.Step> steps;
  private int cpu = -1;
  private String path = "";

  Lanes(Sheet sheet, int cpus, Trace trace, boolean full) {
    this.sheet = sheet;
    this.full = full;
    this.names = trace.names();
    this.steps = trace.steps();
    this.lane = Math.min(LANE_MAX, (sheet.width() - GUTTER) / (cpus + 1));
    this.operation = new String[cpus];
    Arrays.fill(operation, "");
    trace.initial().forEach(page -> strips.put(page.page(), new PageStrip(page, names)));
  }

  void print() {
    StringBuilder heading = new StringBuilder(" ".repeat(GUTTER));
    for (int c = 0; c < operation.length; c++) {
      heading.append("cpu").append(c).append(" ".repeat(Math.max(1, lane - 4)));
    }
    sheet.row(List.of(new Sheet.Span(Ink.BOLD, heading.toString())));
    for (int i = 0; i < steps.size(); i++) {
      Trace.Step step = steps.get(i);
      if (step.cpu() != cpu) {
        flush();
        cpu = step.cpu();
        path = "";
      }
      announce(step);
      if (isShown(i)) {
        flush();
        step(i);
      } else {
        hidden.add(i);
      }
    }
    flush();
  }

  /** Reads are left out, but for the last before another CPU goes on: what it saw is stale then. */
  private boolean isShown(int i) {
    Trace.Step step = steps.get(i);
    return full
        || !isRead(step)
        || !step.pages().isEmpty()
        || !step.findings().isEmpty()
        || i + 1 == steps.size()
        || steps.get(i + 1).cpu() != step.cpu();
  }

  private static boolean isRead(Trace.Step step) {
    return step.access() != null && READS.contains(step.access().access().op());
  }

  private void announce(Trace.Step step) {
    String name = step.operation() + (step.inInterrupt() ? " (interrupt)" : "");
    if (!name.equals(operation[cpu])) {
      flush();
      operation[cpu] = name;
      path = "";
      sheet.text(Ink.BOLD, lead("", 0), name);
    }
  }

  private void flush() {
    if (hidden.size() == 1) {
      step(hidden.get(0));
    } else if (!hidden.isEmpty()) {
      sheet.text(Ink.FAINT, lead("", 4), "... " + hidden.size() + " reads");
    }
    hidden.clear();
  }

  private void step(int i) {
    Trace.Step step = steps.get(i);
    String now = FunctionPath.of(step.callers());
    if (!now.equals(path) && !now.isEmpty()) {
      sheet.text(Ink.FAINT, lead("", 2), now + ":");
    }
    path = now;
    String lead = lead(Integer.toString(i + 1), 4);
    sheet.text(Ink.PLAIN, lead, lead.length() + 2, step.text(names));
    for (PageFields page : step.pages()) {
      PageStrip strip = new PageStrip(page, names);
      PageStrip before = strips.put(page.page(), strip);
      String text = full || before == null ? strip.text() : strip.since(before);
      sheet.text(Ink.FAINT, lead("", 6) + "| ", text);
    }
    for (Finding finding : step.findings()) {
      sheet.text(Ink.RED, " ".repeat(GUTTER) + "=> ", finding.label() + ": " + finding.text());
    }
  }

  private String lead(String number, int inner) {
    String gutter = " ".repeat(Math.max(0, GUTTER - 1 - number.length())) + number + " ";
    return gutter + " ".repeat(lane * Math.max(0, cpu) + inner);
  }
}
