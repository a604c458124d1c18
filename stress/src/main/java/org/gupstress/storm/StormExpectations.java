// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Expectations;
import org.gupstress.scenario.Load;
import org.gupstress.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/**
 * What a storm may do to a design: what the explorer must find in the scenarios whose operations
 * the storm's workloads contain.
 *
 * <ul>
 *   <li>Of what scenarios have beside pins and unpins, a storm has a put_page that was not
 *       converted, in {@link Workload#FUTEX} alone. The page that it leaks is not reclaimed
 *       either. See {@link Load} for what it has not: interrupts, for one. A scenario that
 *       has any of the rest is not expected here.
 *   <li>Nobody unpins twice (G-02).
 *   <li>Buffers that reclaim drops under a pin are counted, with every design.
 * </ul>
 *
 * <p>Once memory is corrupted, nothing that follows is unexpected, but that the machine had to be
 * stopped: a storm mends what is corrupted, and goes on.
 */
public final class StormExpectations {
  /**
   * What a result is worth.
   *
   * @param unexpected harms that nothing known explains
   * @param isMissed whether a design that is known to be broken was not caught
   * @param isIdle whether the storm was to press, ran to its end, and reclaimed nothing: it says
   *     nothing about memory that runs short
   */
  public record Judgement(List<HarmCount> unexpected, boolean isMissed, boolean isIdle) {
    public boolean isSurprised() {
      return !unexpected.isEmpty() || isMissed;
    }
  }

  private StormExpectations() {}

  /** The races that explain a harm, or an empty list if nobody expects it. */
  public static List<String> causes(String design, StormSetup setup, String harm) {
    Harm known = known(harm);
    TreeSet<String> causes = scenarios(setup)
        .flatMap(scenario -> causes(design, scenario, setup.kernel(), known).stream())
        .collect(Collectors.toCollection(TreeSet::new));
    if (known == Harm.NOT_RECLAIMED) {
      causes.addAll(causes(design, setup, Harm.REF_LEAKED.id()));
    }
    return List.copyOf(causes);
  }

  private static List<String> causes(
      String design, Scenario scenario, Kernel kernel, @Nullable Harm harm) {
    return harm == null
        ? List.of()
        : Expectations.causes(Expectations.measureOf(design), scenario.id(), kernel, harm).stream()
            .filter(cause -> !cause.equals("G-02"))
            .toList();
  }

  private static Stream<Scenario> scenarios(StormSetup setup) {
    return Catalogue.all().stream()
        .filter(scenario -> load(setup).containsAll(scenario.load()))
        // a storm goes on, so it is held against what follows from a harm, too
        .filter(scenario -> !scenario.endsAtHarm());
  }

  /** What a storm has of what scenarios may have. */
  private static Set<Load> load(StormSetup setup) {
    return setup.mix().has(Workload.FUTEX) ? Set.of(Load.UNCONVERTED_PUTS) : Set.of();
  }

  private static @Nullable Harm known(String id) {
    return Arrays.stream(Harm.values())
        .filter(harm -> harm.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  /**
   * The command that shows how the harm comes about, or null if no scenario of a shipped design has
   * it.
   */
  public static @Nullable String counterexample(String design, StormSetup setup, String harm) {
    return counterexample(design, setup, harm, cause -> true);
  }

  /**
   * The command that shows how pages are stranded in this way, or null if the catalogue has none.
   */
  public static @Nullable String counterexample(String design, StormSetup setup, StrandedWay way) {
    return counterexample(design, setup, Harm.STRANDED.id(), way.races()::contains);
  }

  private static @Nullable String counterexample(
      String design, StormSetup setup, String harm, Predicate<String> cause) {
    return scenarios(setup)
        .filter(s -> Expectations.knows(design))
        .filter(s -> causes(design, s, setup.kernel(), known(harm)).stream().anyMatch(cause))
        .findFirst()
        .map(s -> "explore --design " + design + " --scenario " + s.id()
            + (setup.kernel().equals(Kernel.PRODUCTION)
                ? ""
                : " --kernel " + setup.kernel().id())
            + " --trace " + harm)
        .orElse(null);
  }

  /** Whether the harm damages memory that others use. */
  public static boolean isCorruption(String harm) {
    Harm known = known(harm);
    return known != null
        && Set.of(Claim.UNION_INTACT, Claim.LIST_INTACT, Claim.NO_USE_AFTER_FREE)
            .contains(known.claim());
  }

  /** Holds a result against what is known of the design. */
  public static Judgement judge(String design, StormSetup setup, StormResult result) {
    double corruptedSeconds = result.harms().stream()
        .filter(count -> isCorruption(count.harm()) && isExpected(design, setup, count.harm()))
        .mapToDouble(HarmCount::firstSeconds)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
    List<HarmCount> unexpected = result.harms().stream()
        .filter(count -> !isExpected(design, setup, count.harm()))
        .filter(count -> count.firstSeconds() < corruptedSeconds || isLastOf(count, result))
        .toList();
    boolean isCaught = result.harms().stream()
        .map(HarmCount::harm)
        .anyMatch(harm -> isExpected(design, setup, harm));
    return new Judgement(
        unexpected,
        Designs.isNegativeControl(design) && setup.mix().pins() && !isCaught,
        setup.isToPress()
            && result.ending() == StormResult.Ending.PLANNED
            && result.reclaimedPages() == 0);
  }

  /** Whether it is what the watchdog found when it stopped the machine. */
  private static boolean isLastOf(HarmCount count, StormResult result) {
    return result.ending() == StormResult.Ending.PANIC
        && (count.harm().equals(Harm.ENDLESS.id())
            || count.harm().equals(Harm.DEADLOCK.id())
            || count.harm().equals(Harm.CONTRACT.id()));
  }

  private static boolean isExpected(String design, StormSetup setup, String harm) {
    return !causes(design, setup, harm).isEmpty();
  }
}
