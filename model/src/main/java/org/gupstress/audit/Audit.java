// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gupstress.design.Declarations;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Plan;
import org.gupstress.page.Kernel;
import org.gupstress.page.Release;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.OwnScenario;
import org.gupstress.scenario.Scenario;

/**
 * An audit for whoever writes a design and its test: every shipped scenario in both kernels, unless
 * something else is asked for.
 *
 * <pre>{@code
 * Audit.of(new MyPin()).run().assertHolds("never-stranded");
 * }</pre>
 *
 * <p>The design runs in threads of this process. What it keeps on the Java heap, or does apart from
 * accesses to Memory, is found only where it makes a difference on re-execution.
 */
public final class Audit {
  private static final Duration BUDGET = Duration.ofMinutes(10);

  private final List<PinDesign> designs;
  private final List<Scenario> scenarios;
  private final Duration budget;

  private Audit(List<PinDesign> designs, List<Scenario> scenarios, Duration budget) {
    this.designs = designs;
    this.scenarios = scenarios;
    this.budget = budget;
  }

  /**
   * An audit of these designs.
   *
   * @throws IllegalArgumentException if one of them says of itself what cannot be
   */
  public static Audit of(PinDesign... designs) {
    List.of(designs).forEach(Declarations::check);
    return new Audit(List.of(designs), Catalogue.all(), BUDGET);
  }

  /**
   * In these scenarios only.
   *
   * @throws IllegalArgumentException if one of them says of itself what cannot be
   */
  public Audit in(Scenario... others) {
    List.of(others).stream()
        .filter(scenario -> !Catalogue.isShipped(scenario))
        .forEach(OwnScenario::check);
    return new Audit(designs, List.of(others), budget);
  }

  /** Within another time than ten minutes; what it does not reach is not run. */
  public Audit within(Duration time) {
    return new Audit(designs, scenarios, time);
  }

  /** Explores all of it, on two threads where there are two processors. */
  public Court run() {
    List<Plan> plans = plansAsMeant(designs, scenarios, Kernel.usual(), kernel -> kernel);
    int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
    Hearing hearing = Hearing.of(plans, threads, budget, done -> {});
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("the audit was interrupted");
    }
    if (!hearing.failures().isEmpty()) {
      throw new IllegalStateException(
          "the explorer failed: " + hearing.failures().get(0));
    }
    return new Court(hearing.cases());
  }

  /** Every design in every scenario and kernel that fits it, at the usual size. */
  public static List<Plan> plans(
      List<PinDesign> designs, List<Scenario> scenarios, List<Kernel> kernels) {
    return plans(designs, scenarios, kernels, kernel -> kernel);
  }

  /**
   * The same, each in the release that it is about.
   *
   * @param changed what becomes of the kernels beside
   */
  public static List<Plan> plansAsMeant(
      List<PinDesign> designs,
      List<Scenario> scenarios,
      List<Kernel> kernels,
      UnaryOperator<Kernel> changed) {
    return designs.stream()
        .flatMap(design -> scenarios.stream()
            .flatMap(scenario -> plans(
                List.of(design),
                List.of(scenario),
                kernels,
                kernel -> changed.apply(meant(kernel, design, scenario)))
                .stream()))
        .toList();
  }

  /** The kernel, of the release that is meant where none is named with it. */
  public static Kernel meant(Kernel kernel, PinDesign design, Scenario scenario) {
    Release release = Plan.release(design, scenario);
    // what is written with the kernel is meant
    return kernel.release() != Release.FIRST || release == Release.FIRST
        ? kernel
        : kernel.as(release);
  }

  /** The same, each kernel changed first. */
  public static List<Plan> plans(
      List<PinDesign> designs,
      List<Scenario> scenarios,
      List<Kernel> kernels,
      UnaryOperator<Kernel> changed) {
    List<Kernel> all = kernels.stream().map(changed).toList();
    return designs.stream()
        .flatMap(design -> scenarios.stream()
            .flatMap(scenario -> all.stream()
                .filter(kernel -> Plan.misfit(design, scenario, kernel.release()) == null)
                .map(kernel -> Plan.usual(design, scenario, kernel))))
        .toList();
  }
}
