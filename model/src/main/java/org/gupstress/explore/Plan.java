// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.MemoryModel;
import org.gupstress.page.Kernel;
import org.gupstress.page.Release;
import org.gupstress.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/** What is explored: a design in a scenario of a certain size, in a kernel. */
public record Plan(
    PinDesign design, Scenario scenario, Kernel kernel, int cpus, int rounds, MemoryModel memory) {
  /** A plan for sequentially consistent memory. */
  public Plan(PinDesign design, Scenario scenario, Kernel kernel, int cpus, int rounds) {
    this(design, scenario, kernel, cpus, rounds, MemoryModel.SC);
  }

  /** The same plan for other memory. */
  public Plan withMemory(MemoryModel other) {
    return new Plan(design, scenario, kernel, cpus, rounds, other);
  }

  public Plan {
    if (!scenario.cpus().contains(cpus)) {
      throw new IllegalArgumentException(String.format(
          "%s runs on %s, not on %d", scenario.id(), range(scenario.cpus(), "CPU"), cpus));
    }
    if (!scenario.rounds().contains(rounds)) {
      throw new IllegalArgumentException(String.format(
          "%s runs for %s, not for %d", scenario.id(), range(scenario.rounds(), "round"), rounds));
    }
  }

  /**
   * Why this is not run: the design is a change to another release, or the scenario is about
   * another. Null if it is.
   */
  public static @Nullable String misfit(PinDesign design, Scenario scenario, Release release) {
    String ofDesign = misfit(design.id(), "is a change to", "to", design.releases(), release);
    return ofDesign != null
        ? ofDesign
        : misfit(scenario.id(), "is about", "about", scenario.releases(), release);
  }

  /** Why the design is not tried in a release; null if it is. */
  public static @Nullable String misfit(PinDesign design, Release release) {
    return misfit(design.id(), "is a change to", "to", design.releases(), release);
  }

  private static @Nullable String misfit(
      String id, String does, String preposition, List<Release> fitting, Release release) {
    if (fitting.isEmpty() || fitting.contains(release)) {
      return null;
    }
    String known = fitting.stream().map(Release::id).collect(Collectors.joining(", "));
    return id + " " + does + " Linux " + known + ", not " + preposition + " " + release.id();
  }

  /** The release that is meant where none is named: of the scenario, of the design, or 4.19. */
  public static Release release(PinDesign design, Scenario scenario) {
    return Stream.of(scenario.releases(), design.releases())
        .filter(said -> !said.isEmpty())
        .map(said -> said.contains(Release.FIRST) ? Release.FIRST : said.get(said.size() - 1))
        .findFirst()
        .orElse(Release.FIRST);
  }

  /** The size at which the audit runs the scenario. */
  public static Plan usual(PinDesign design, Scenario scenario, Kernel kernel) {
    return new Plan(
        design, scenario, kernel, scenario.cpus().usual(), scenario.rounds().usual());
  }

  /** Whether it has the size at which the audit runs the scenario. */
  public boolean isUsual() {
    return cpus == scenario.cpus().usual() && rounds == scenario.rounds().usual();
  }

  /** The machine that it needs. */
  Mm.Shape shape(Heartbeat heartbeat) {
    Mm.Shape shape = scenario.shape(cpus);
    return RemoteDrain.isCalled(withMemory(MemoryModel.SC), heartbeat)
        ? shape.drainedByAll()
        : shape;
  }

  private static String range(Scenario.Range range, String unit) {
    return range.min() == range.max()
        ? count(range.min(), unit)
        : range.min() + " to " + count(range.max(), unit);
  }

  /** design, scenario and kernel, in words. */
  public String name() {
    return design.id() + " in " + scenario.id() + ", " + kernel.id() + " kernel";
  }

  /** CPUs and rounds, in words. */
  public String size() {
    return count(cpus, "CPU") + " x " + count(rounds, "round");
  }

  private static String count(int number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  /** design/scenario/kernel/cpus x rounds. */
  public String id() {
    return design.id() + "/" + scenario.id() + "/" + kernel.id() + "/" + cpus + "x" + rounds
        + (memory.isWeak() ? "-" + memory.id() : "");
  }
}
