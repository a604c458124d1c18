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

/**
 * What a finished search shows: for every mark the shortest way, walked, and what is at its end.
 */
final class Testimony {
  private final Search search;
  private final Lockdep lockdep;
  private final Analysis analysis;
  private final Witness witness;

  Testimony(Search search, Lockdep lockdep, Analysis analysis, Witness witness) {
    this.search = search;
    this.lockdep = lockdep;
    this.analysis = analysis;
    this.witness = witness;
  }

  Map<String, Result.Ending> endings() {
    Map<String, Result.Ending> endings = new TreeMap<>();
    for (String outcome : search.graph.outcomes()) {
      Mark mark = new Mark.Ended(outcome);
      Analysis.Way way = shortest(mark);
      Witness.Account account = witness.follow(way, List.of());
      endings.put(
          outcome,
          new Result.Ending(
              outcome,
              way.preemptions(),
              way.steps().size(),
              analysis.share(mark),
              Token.of(search.plan, account.stamp(), account.schedule())));
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
    Analysis.Way way = shortest(mark);
    Witness.Account account = witness.follow(way, List.of());
    if (account.of(harm) == null) {
      account = witness.follow(way, others(harm, account));
    }
    Finding finding = account.of(harm);
    return new Result.Violation(
        harm,
        finding == null ? harm.sentence() : finding.text(),
        way.preemptions(),
        way.steps().size(),
        analysis.share(mark),
        Token.of(search.plan, account.stamp(), account.schedule()));
  }

  /** The ways to what makes the end of this one a harm. */
  private List<Analysis.Way> others(Harm harm, Witness.Account account) {
    List<Analysis.Way> others = new ArrayList<>();
    LockUse use = account.lockUse();
    List<LockUse> evidence = use == null ? null : lockdep.evidence(harm, use);
    if (evidence != null) {
      for (LockUse other : evidence) {
        others.add(shortest(new Mark.Used(other)));
      }
    }
    return others;
  }

  private Analysis.Way shortest(Mark mark) {
    return Objects.requireNonNull(analysis.shortest(mark));
  }
}
