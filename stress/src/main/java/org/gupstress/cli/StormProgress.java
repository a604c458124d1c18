// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import org.gupstress.storm.Counter;
import org.gupstress.storm.Place;
import org.gupstress.storm.StormFinding;
import org.gupstress.storm.StormObserver;
import org.gupstress.storm.StormPlan;
import org.gupstress.storm.Tick;
import org.gupstress.storm.TimingInterval;
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

  StormProgress(Terminal terminal, StormPlan plan, StormObserver next) {
    this.terminal = terminal;
    this.line = new LiveLine(terminal);
    this.plan = plan;
    this.next = next;
  }

  @Override
  public void tick(Tick tick) {
    next.tick(tick);
    String text = plan.design().id()
        + " "
        + tick.second()
        + "/"
        + plan.setup().duration().toSeconds()
        + " s: "
        + Numbers.of(findings, "finding")
        + ", "
        + Numbers.count(tick.pages().get(Place.STRANDED))
        + " stranded, "
        + Numbers.of(tick.counts().get(Counter.PINS), "pin")
        + ", "
        + Numbers.count(tick.reclaimedPages())
        + " reclaimed";
    line.show(text);
    if (!terminal.isInteractive() && tick.second() % QUIET_SECONDS == 0) {
      terminal.err().println(text);
    }
  }

  @Override
  public void times(TimingInterval interval) {
    next.times(interval);
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
