// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.page.Kernel;

/**
 * What the shipped designs must be found to do, derived by hand from the catalogue of races, each
 * harm with the race that explains it. The 2018 postings are the negative controls: a harm that is
 * not found any more is as much a failure as one that nobody expected.
 *
 * <p>The ids are those of {@link org.gupstress.race.Race}.
 */
public final class Expectations {
  /** In place of a scenario: all that are not shipped. */
  static final String ANYWHERE = "*";

  private static final ExpectationTable TABLE = ExpectationTable.of(
      PinExpectations::addTo,
      FileExpectations::addTo,
      PairExpectations::addTo,
      ProcessExpectations::addTo);

  private Expectations() {}

  /** Whether anything is expected of the design at all: users' designs have no expectations. */
  public static boolean knows(String design) {
    return Designs.find(design).isPresent();
  }

  /** The design whose harms are expected of this one: a user's is measured by unpatched Linux. */
  public static String measureOf(String design) {
    return knows(design) ? design : Designs.UNPATCHED.id();
  }

  /**
   * The sound designs, other than this one, that do the harm there too, in whichever kernel: where
   * one asserts, another goes on to it.
   */
  public static List<String> sharedBy(String design, String scenario, Kernel kernel, Harm harm) {
    return Designs.sound().stream()
        .map(PinDesign::id)
        .filter(sound -> !sound.equals(design))
        .filter(sound ->
            configured(kernel).anyMatch(either -> harms(sound, scenario, either).contains(harm)))
        .toList();
  }

  /** The kernel in both its configurations. */
  private static Stream<Kernel> configured(Kernel kernel) {
    return Kernel.usual().stream()
        .map(usual -> new Kernel(usual.config(), kernel.release(), kernel.switches()));
  }

  /**
   * The races that explain a harm: those of a shipped design, or else those by which sound designs
   * do the same.
   */
  public static List<String> explain(String design, String scenario, Kernel kernel, Harm harm) {
    if (knows(design)) {
      return causes(design, scenario, kernel, harm);
    }
    return sharedBy(design, scenario, kernel, harm).stream()
        .flatMap(sound ->
            configured(kernel).flatMap(either -> causes(sound, scenario, either, harm).stream()))
        .distinct()
        .toList();
  }

  /** The harms that the usual run of a scenario must find. */
  public static Set<Harm> harms(String design, String scenario, Kernel kernel) {
    return TABLE.causes(design, scenario, kernel).keySet();
  }

  /**
   * The races that explain a harm, or an empty list if nobody expects it. In a scenario that is not
   * shipped these are the races that a design has wherever it pins.
   */
  public static List<String> causes(String design, String scenario, Kernel kernel, Harm harm) {
    List<String> there = TABLE.causes(design, scenario, kernel).getOrDefault(harm, List.of());
    if (there.isEmpty() && isPosting(design) && Catalogue.isOfAllReleases(scenario)) {
      List<String> own =
          TABLE.races(design, comparable(scenario), harm).stream().sorted().toList();
      String cause = ProcessExpectations.causeOfPosting(harm);
      return own.isEmpty() && cause != null ? List.of(cause) : own;
    }
    return there.isEmpty() && !Catalogue.isTaken(scenario)
        ? TABLE.causes(design, ANYWHERE, kernel).getOrDefault(harm, List.of())
        : there;
  }

  /**
   * The races that explain a harm where its scenario runs at another size than it usually does.
   *
   * <p>A negative control with one more CPU has more of its races: those that it has there anyway
   * and that do this harm elsewhere, or else all of its races that do it. A scenario counts if it
   * has no load that this one has not. A harm that the control does nowhere has no race, and
   * neither has one that a sound design does not do at the usual size.
   */
  public static List<String> causesAtOtherSizes(
      String design, String scenario, Kernel kernel, Harm harm) {
    List<String> usual = causes(design, scenario, kernel, harm);
    if (!usual.isEmpty() || !Designs.isNegativeControl(design)) {
      return usual;
    }
    Set<String> there = TABLE.races(design, scenario, kernel);
    Set<String> anywhere = TABLE.races(design, comparable(scenario), harm);
    boolean isOneOfThose = anywhere.stream().anyMatch(there::contains);
    return anywhere.stream()
        .filter(race -> !isOneOfThose || there.contains(race))
        .sorted()
        .toList();
  }

  /** The same of any design, as {@link #explain} has it at the usual size. */
  public static List<String> explainAtOtherSizes(
      String design, String scenario, Kernel kernel, Harm harm) {
    return knows(design)
        ? causesAtOtherSizes(design, scenario, kernel, harm)
        : explain(design, scenario, kernel, harm);
  }

  private static boolean isPosting(String design) {
    return knows(design)
        && Designs.sound().stream().noneMatch(sound -> sound.id().equals(design));
  }

  /** The scenarios that have nothing that this one has not. */
  private static Set<String> comparable(String scenario) {
    Set<Load> load = Catalogue.shipped().stream()
        .filter(known -> known.id().equals(scenario))
        .findFirst()
        .map(Scenario::load)
        .orElse(Set.of());
    return Catalogue.shipped().stream()
        .filter(other -> load.containsAll(other.load()))
        .map(Scenario::id)
        .collect(Collectors.toSet());
  }
}
