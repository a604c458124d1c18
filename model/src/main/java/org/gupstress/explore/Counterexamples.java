// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.gupstress.claim.Finding;
import org.gupstress.claim.Harm;
import org.gupstress.claim.LockUse;
import org.gupstress.claim.Lockdep;

/** What a finished search shows: for every mark the shortest path to it, walked once more. */
final class Counterexamples {
  private final Search search;
  private final Lockdep lockdep;
  private final Analysis analysis;
  private final PathWalker walker;

  Counterexamples(Search search, Lockdep lockdep, Analysis analysis, PathWalker walker) {
    this.search = search;
    this.lockdep = lockdep;
    this.analysis = analysis;
    this.walker = walker;
  }

  Map<String, Result.Ending> endings() {
    Map<String, Result.Ending> endings = new TreeMap<>();
    for (String outcome : search.graph.outcomes()) {
      Mark mark = new Mark.Ended(outcome);
      Analysis.Path path = shortest(mark);
      PathWalker.Walk walk = walker.follow(path, List.of());
      endings.put(
          outcome,
          new Result.Ending(
              outcome,
              path.preemptions(),
              path.steps().size(),
              analysis.odds(mark, path.states()).after(0),
              Token.of(search.plan, walk.stamp(), walk.schedule())));
    }
    return endings;
  }

  Map<Harm, Result.Violation> violations() {
    Map<Harm, Result.Violation> violations = new EnumMap<>(Harm.class);
    for (Harm harm : search.graph.harms()) {
      violations.put(harm, violation(harm));
    }
    return violations;
  }

  private Result.Violation violation(Harm harm) {
    Mark mark = new Mark.Done(harm);
    Analysis.Path path = shortest(mark);
    PathWalker.Walk walk = walker.follow(path, List.of());
    if (walk.of(harm) == null) {
      walk = walker.follow(path, others(harm, walk));
    }
    Finding finding = walk.of(harm);
    return new Result.Violation(
        harm,
        finding == null ? "" : finding.name(),
        finding == null ? harm.sentence() : finding.text(),
        path.preemptions(),
        path.steps().size(),
        analysis.odds(mark, path.states()),
        Token.of(search.plan, walk.stamp(), walk.schedule()));
  }

  /** The paths to what makes the end of this one a harm. */
  private List<Analysis.Path> others(Harm harm, PathWalker.Walk walk) {
    List<Analysis.Path> others = new ArrayList<>();
    LockUse use = walk.lockUse();
    List<LockUse> evidence = use == null ? null : lockdep.evidence(harm, use);
    if (evidence != null) {
      for (LockUse other : evidence) {
        others.add(shortest(new Mark.Used(other)));
      }
    }
    return others;
  }

  private Analysis.Path shortest(Mark mark) {
    return Objects.requireNonNull(analysis.shortest(mark));
  }
}
