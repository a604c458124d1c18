// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gupstress.claim.Harm;
import org.gupstress.claim.Lockdep;
import org.gupstress.design.Designs;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Sometimes;
import org.jspecify.annotations.Nullable;

/**
 * Explores all interleavings of a plan.
 *
 * <p>Guarantees: a claim that holds holds in every interleaving within the printed bound; the
 * counterexample of a violated one is a shortest, fewest pre-emptions first. Assumes that
 * operations are functions of what they read; one that is not, that throws, or that loops without
 * touching memory becomes a finding.
 *
 * <p>Leaves out: weak memory, unless the plan has a model of it. In a bounded number of
 * pre-emptions what leaves a store buffer counts as none.
 */
public final class Explorer {
  private static final String UNREPEATABLE =
      "a counterexample cannot be walked again: the design does something else each time";

  private Explorer() {}

  /** Runs a search to its end or to one of its limits. */
  public static Result explore(Plan plan, Options options) {
    long start = System.nanoTime();
    Searched searched = search(plan, options);
    return conclude(searched.search, searched.reductions, searched.broken, start);
  }

  /**
   * How likely the harms at the end of an interleaving are along it. Without an answer for a harm
   * where the search came to no end.
   *
   * @param harms that the schedule does with its last step
   */
  public static Map<Harm, Odds> odds(
      Plan plan, Options options, Schedule schedule, Set<Harm> harms) {
    Map<Harm, Odds> odds = new EnumMap<>(Harm.class);
    Searched searched = search(plan, options);
    Search search = searched.search;
    if (searched.broken != null || search.stopped() != null || search.fault() != null) {
      return odds;
    }
    int[] states = new PathWalker(plan, searched.reductions).states(schedule, search.visited);
    if (states.length < schedule.contexts().size()) {
      return odds;
    }
    search.graph.judgeLocks();
    Analysis analysis = new Analysis(search.graph, search.visited.size() + 1);
    for (Harm harm : harms) {
      odds.put(harm, analysis.odds(new Mark.Done(harm), states));
    }
    return odds;
  }

  /**
   * A search that is over.
   *
   * @param reductions with which it was made
   * @param broken how the design broke the contract of operations, or null
   */
  private record Searched(
      Search search, Reductions reductions, @Nullable String broken) {}

  private static Searched search(Plan plan, Options options) {
    Reductions reductions = options.reductions();
    int contexts = plan.cpus();
    for (int cpu = 0; cpu < plan.cpus(); cpu++) {
      contexts += plan.scenario().interrupts(cpu).isEmpty() ? 0 : 1;
    }
    if (contexts > StateGraph.INSIDE_MAX) {
      throw new IllegalArgumentException("CPUs and interrupt handlers are at most "
          + StateGraph.INSIDE_MAX
          + " together, not "
          + contexts);
    }
    contexts += Machine.choices(plan.memory()) * plan.cpus();
    if (contexts > StateGraph.CONTEXTS_MAX) {
      throw new IllegalArgumentException(
          "under " + plan.memory().id() + " there are too many CPUs: " + plan.cpus());
    }
    Search search = new Search(plan, options, contexts);
    String broken = Supervision.run(search, reductions);
    if (search.isSymmetryBroken()) {
      reductions = reductions.withoutSymmetry();
      search = new Search(plan, options, contexts);
      broken = Supervision.run(search, reductions);
    }
    return new Searched(search, reductions, broken);
  }

  /**
   * Walks each counterexample of the user's once more, with new machines. Takes the tokens off
   * those that another walk does not confirm; returns what was different, or null.
   */
  private static @Nullable String doubt(
      Plan plan, Reductions reductions, Map<Harm, Result.Violation> violations) {
    if (Designs.all().contains(plan.design())) {
      return null;
    }
    String different = null;
    PathWalker again = new PathWalker(plan, reductions);
    for (Map.Entry<Harm, Result.Violation> entry : violations.entrySet()) {
      Result.Violation found = entry.getValue();
      Token token = found.token();
      if (token != null && !again.stamp(token.schedule()).equals(token.stamp())) {
        String now = Replay.difference(plan, reductions, token.schedule());
        different = now == null ? different : now;
        different = different == null ? UNREPEATABLE : different;
        entry.setValue(found.withoutToken());
      }
    }
    return different;
  }

  /** What operations of users' scenarios were to find in a register, and never found. */
  private static List<String> idle(Search search) {
    Plan plan = search.plan;
    List<String> idle = new ArrayList<>();
    if (Catalogue.isShipped(plan.scenario())) {
      return idle;
    }
    for (int cpu = 0; cpu < plan.cpus(); cpu++) {
      List<Operation> program =
          plan.scenario().program(plan.scenario().role(cpu), plan.rounds(), plan.design());
      for (int i = 0; i < Math.min(program.size(), Long.SIZE); i++) {
        if ((search.idle(cpu) >>> i & 1) != 0) {
          idle.add("operation " + (i + 1) + " of cpu" + cpu + ", "
              + program.get(i).name() + ", found something in its register" + advice(program, i));
        }
      }
    }
    return idle;
  }

  /** What to write instead of an operation that was to give back twice. */
  private static String advice(List<Operation> program, int at) {
    Operation empty = program.get(at);
    return program.subList(0, at).stream()
            .anyMatch(earlier ->
                (earlier.writes() & empty.writes()) != 0 && earlier.name().equals(empty.name()))
        ? "; to give a pin back twice, make the first one unpinKeeping(...)"
        : "";
  }

  private static Result conclude(
      Search search, Reductions reductions, @Nullable String stopped, long start) {
    String broken = stopped;
    Map<Harm, Result.Violation> violations = new EnumMap<>(Harm.class);
    Map<String, Result.Ending> endings = new TreeMap<>();
    int states = search.visited.size();
    BigInteger interleavings = BigInteger.ZERO;
    int longest = 0;
    boolean isScenarios = search.stopped() instanceof Stop.ScenarioBroke;
    if (broken == null && !isScenarios) {
      try {
        Lockdep lockdep = search.graph.judgeLocks();
        Analysis analysis = new Analysis(search.graph, states + 1);
        interleavings = analysis.interleavings();
        longest = analysis.longest();
        if (!search.graph.harms().isEmpty() || !search.graph.outcomes().isEmpty()) {
          try {
            Counterexamples counterexamples = new Counterexamples(
                search, lockdep, analysis, new PathWalker(search.plan, reductions));
            endings.putAll(counterexamples.endings());
            violations.putAll(counterexamples.violations());
            broken = doubt(search.plan, reductions, violations);
          } catch (RuntimeException | StackOverflowError e) {
            violations.clear();
            broken = UNREPEATABLE + ": " + Blame.says(search.plan, e);
          }
        }
      } catch (OutOfMemoryError full) {
        // which harms there are is known without their shortest counterexamples
        search.stop(Stop.OutOfMemory.of("", full));
        for (Harm harm : search.graph.harms()) {
          violations.putIfAbsent(
              harm, new Result.Violation(harm, "", harm.sentence(), 0, 0, Odds.of(0), null));
        }
      }
    }
    broken = stopped == null && search.fault() != null ? search.fault() : broken;
    if (broken != null && !isScenarios) {
      Result.Violation shown = violations.get(Harm.CONTRACT);
      Token token = shown == null ? null : shown.token();
      int steps = shown == null ? 0 : shown.steps();
      // what is said is what the token shows
      boolean isTold =
          shown != null && shown.token() != null && !shown.text().equals(Harm.CONTRACT.sentence());
      String says = shown != null && isTold ? shown.text() : broken;
      violations.put(
          Harm.CONTRACT,
          new Result.Violation(Harm.CONTRACT, "", says, 0, steps, Odds.of(0), token));
    }
    List<String> unmet = new ArrayList<>();
    // what a run would have met behind its first harm is not missing
    boolean isCutShort = search.plan.scenario().endsAtHarm() && !violations.isEmpty();
    for (int i = 0; i < search.sometimes.length; i++) {
      Sometimes condition = search.sometimes[i];
      if ((search.met.get() >>> i & 1) == 0 && !isCutShort) {
        unmet.add(condition.sentence());
      }
    }
    if (!isCutShort && search.stopped() == null) {
      unmet.addAll(idle(search));
    }
    return new Result(
        search.plan,
        search.options,
        search.stopped(),
        states,
        search.transitions.get(),
        (System.nanoTime() - start) / 1e9,
        longest,
        interleavings,
        search.visited.bytes(),
        (double) states * states / 2 / Math.pow(2, 64),
        search.falsePositives.get(),
        List.copyOf(unmet),
        violations,
        endings,
        inOrder(search.outcomes.keySet()));
  }

  /** Always in the same order, whichever worker met them first. */
  private static Set<Map<String, Object>> inOrder(Set<Map<String, Object>> outcomes) {
    return outcomes.stream()
        .sorted(Comparator.comparing(Map::toString))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
