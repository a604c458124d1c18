// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Expectations;
import org.gupstress.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/**
 * What a storm may do to a design: what the explorer must find in the scenarios whose operations
 * the storm's workloads contain.
 *
 * <ul>
 *   <li>A storm has no interrupts, and nobody unpins twice (G-02).
 *   <li>A put_page that was not converted is in {@link Workload#FUTEX} alone. The page that
 *       it leaks is not reclaimed either.
 *   <li>It has no pages but those of files and anonymous ones, and no charges to a memory cgroup.
 *   <li>Its drivers dirty what the device wrote, so no write may be lost (G-03). Buffers that
 *       reclaim drops under a pin are counted, with every design.
 * </ul>
 *
 * <p>Once memory is corrupted, nothing that follows is unexpected, but that the machine had to be
 * stopped: a storm mends what is corrupted, and goes on.
 */
public final class StormExpectations {
  private static final String UNCONVERTED = "unconverted-put";
  private static final Set<String> NOT_IN_A_STORM = Set.of(
      "unpin-in-interrupt",
      "pin-device-page",
      "pin-hugetlb-page",
      "pin-zero-page",
      "split-after-unpin",
      "memcg-charge-vs-pin",
      "unpin-without-dirtying");
  private static final Set<String> CONTROLS = Set.of("rfc-jul", "rfc-oct", "rfc-nov");

  /**
   * What a result is worth.
   *
   * @param unexpected harms that nothing known explains
   * @param isMissed whether a design that is known to be broken was not caught
   */
  public record Judgement(List<HarmCount> unexpected, boolean isMissed) {
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
        .filter(scenario -> !NOT_IN_A_STORM.contains(scenario.id()))
        // a storm goes on, so it is held against what follows from a harm, too
        .filter(scenario -> !scenario.endsAtHarm())
        .filter(scenario -> !scenario.id().equals(UNCONVERTED) || setup.mix().has(Workload.FUTEX));
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
    return scenarios(setup)
        .filter(s -> Expectations.knows(design))
        .filter(s -> !causes(design, s, setup.kernel(), known(harm)).isEmpty())
        .findFirst()
        .map(s -> "explore --design " + design + " --scenario " + s.id()
            + (setup.kernel() == Kernel.PRODUCTION
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
    return new Judgement(unexpected, CONTROLS.contains(design) && setup.mix().pins() && !isCaught);
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
