// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gupstress.claim.Claim;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.page.Release;
import org.jspecify.annotations.Nullable;

/** A machine, a program for each of its CPUs, and what is asked of the run. */
public interface Scenario {
  String id();

  /** One sentence. */
  String summary();

  /** Fewest and most CPUs, and the number that the audit runs. */
  Range cpus();

  /** Fewest and most rounds, and the number that the audit runs. */
  default Range rounds() {
    return new Range(1, 1, 1);
  }

  /** An inclusive range with the default inside it. */
  record Range(int min, int usual, int max) {
    public boolean contains(int value) {
      return value >= min && value <= max;
    }
  }

  /** The releases of Linux that it is about; empty: it may be tried in all. */
  default List<Release> releases() {
    return List.of();
  }

  Mm.Shape shape(int cpus);

  /** Brings the machine into the state in which the CPUs start. */
  void boot(Mm mm);

  /** CPUs of the same role run the same program and may be exchanged for each other. */
  int role(int cpu);

  /** The program of a role, in order. */
  List<Operation> program(int role, int rounds, PinDesign design);

  /** What interrupts this CPU, once each, whenever its interrupts are enabled. */
  default List<Operation> interrupts(int cpu) {
    return List.of();
  }

  List<Sometimes> sometimes();

  /** What it has that another engine may not have. */
  default Set<Load> load() {
    return Set.of();
  }

  /**
   * Names the way in which the run ended, once everything has run; null where the scenario does not
   * tell ends apart. At most {@link #OUTCOMES_MAX} names.
   */
  default @Nullable String outcome(Mm mm) {
    return null;
  }

  /** The most outcomes that a scenario may tell apart: a longer table helps nobody. */
  int OUTCOMES_MAX = 1000;

  /** Claims that the scenario cannot say anything about. */
  default Set<Claim> silentOn() {
    return Set.of(Claim.RECLAIM_PROGRESSES);
  }

  /** Why it says nothing about a claim, and what would make it. */
  default String whySilent(Claim claim) {
    String exception = claim.exception();
    return exception != null
        ? exception
        : "the scenario does not put it to the test; call duty() with a harm of it";
  }

  /** What must be so when everything has run. */
  default List<Duty> duties() {
    return List.of();
  }

  /**
   * Whether every page in use must be counted by reclaim whenever no operation is running. Of
   * scenarios that are not shipped this is always asked.
   */
  default boolean accountsForPages() {
    return false;
  }

  /** Whether all pages must be free when everything has run. */
  default boolean reclaimsEverything() {
    return false;
  }

  /** Whether pins and plain references may be left in registers when everything has run. */
  default boolean keepsPins() {
    return false;
  }

  /**
   * What drivers do wrong with their pins, by the role of their CPU: a put_page for an unpin, one
   * release too many, no set_page_dirty. What comes of it is judged apart from what the design does
   * where every caller keeps to the API.
   */
  default Map<Integer, String> misbehaving() {
    return Map.of();
  }

  /**
   * Whether a run is over where it has done its first harm. Otherwise it goes on as the kernel
   * would, and a race shows all that comes of it.
   */
  default boolean endsAtHarm() {
    return false;
  }
}
