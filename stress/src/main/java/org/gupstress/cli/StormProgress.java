// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import org.gupstress.storm.LatencyInterval;
import org.gupstress.storm.PagePlace;
import org.gupstress.storm.StormCounter;
import org.gupstress.storm.StormFinding;
import org.gupstress.storm.StormObserver;
import org.gupstress.storm.StormPlan;
import org.gupstress.storm.StormSecond;
import org.gupstress.text.Numbers;

/**
 * Says how a storm goes, every second on a terminal and every ten elsewhere; passes on what it is
 * told.
 */
final class StormProgress implements StormObserver {
  private static final int QUIET_SECONDS = 10;

  private final Terminal terminal;
  private final LiveLine line;
  private final StormPlan plan;
  private final StormObserver next;
  private int findings;
  private String lastWait = "";

  StormProgress(Terminal terminal, StormPlan plan, StormObserver next) {
    this.terminal = terminal;
    this.line = new LiveLine(terminal);
    this.plan = plan;
    this.next = next;
  }

  @Override
  public void second(StormSecond second) {
    next.second(second);
    String text = plan.design().id()
        + " "
        + second.number()
        + "/"
        + plan.setup().duration().toSeconds()
        + " s: "
        + Numbers.of(findings, "finding")
        + ", "
        + Numbers.count(second.pages().get(PagePlace.STRANDED))
        + " stranded, "
        + Numbers.of(second.counts().get(StormCounter.PINS), "pin")
        + ", "
        + Numbers.count(second.reclaimedPages())
        + " reclaimed";
    line.show(text);
    if (!terminal.isInteractive() && second.number() % QUIET_SECONDS == 0) {
      terminal.err().println(text);
    }
  }

  @Override
  public void latencies(LatencyInterval interval) {
    next.latencies(interval);
  }

  @Override
  public void waiting(String sentence) {
    next.waiting(sentence);
    String text = plan.design().id() + ": " + sentence;
    line.show(text);
    if (!terminal.isInteractive() && !sentence.equals(lastWait)) {
      terminal.err().println(text);
    }
    lastWait = sentence;
  }

  @Override
  public void finding(StormFinding finding) {
    findings++;
    next.finding(finding);
  }

  void clear() {
    line.clear();
  }
}
