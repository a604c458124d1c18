// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges generated changes, one after the other. */
final class Judge {
  private final Coverage coverage;
  private final Map<String, Map<String, byte[]>> originals = new HashMap<>();
  private boolean isStuck;

  Judge(Coverage coverage) {
    this.coverage = coverage;
  }

  /** Whether a thread was given up that may still run: this process is of no more use. */
  boolean isStuck() {
    return isStuck;
  }

  /**
   * @param from cells that have been asked already, and have not caught it
   * @param to cells after which it is left for another time
   * @param different how many of those that have been asked took other steps
   */
  Row judge(Change change, int from, int to, int different) {
    long start = System.nanoTime();
    if (change.place().operator() == Operator.DROP_BARRIER) {
      return row(change, Verdict.UNORDERED, start);
    }
    List<Cell> cells = coverage.cellsOf(change);
    if (to == 0 && !cells.isEmpty()) {
      // not judged: another round asks
      return row(change, Verdict.SURVIVED, start);
    }
    Map<String, byte[]> classes;
    try {
      classes = Sources.compile(Map.of(change.place().file(), Generated.all().changed(change)));
    } catch (Sources.DoesNotCompile e) {
      return row(change, Verdict.NOT_COMPILED, start);
    }
    if (areEqual(classes, original(change))) {
      return row(change, Verdict.EQUIVALENT, start);
    }
    if (cells.isEmpty()) {
      return row(change, Verdict.UNREACHED, start);
    }
    int asked = Math.min(cells.size(), to);
    Heard heard = new MutantLoader(classes).judge(cells.subList(Math.min(from, asked), asked));
    isStuck |= heard.isStuck();
    Row none = row(change, heard.unfinished() > 0 ? Verdict.TIMED_OUT : Verdict.SURVIVED, start);
    return heard
        .caught()
        .map(caught -> none.caughtBy(caught))
        .orElse(none)
        .asked(asked, cells.size(), different + heard.different());
  }

  private static Row row(Change change, Verdict verdict, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Row(change.place(), change.line(), verdict, "", "", 0, 0, 0, seconds);
  }

  private Map<String, byte[]> original(Change change) {
    return originals.computeIfAbsent(
        change.place().file(),
        file -> Sources.compile(Map.of(file, Generated.all().source(change))));
  }

  private static boolean areEqual(Map<String, byte[]> some, Map<String, byte[]> others) {
    return some.keySet().equals(others.keySet())
        && some.keySet().stream().allMatch(name -> Arrays.equals(some.get(name), others.get(name)));
  }
}
