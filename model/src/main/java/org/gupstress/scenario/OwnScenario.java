// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import org.gupstress.design.Declarations;
import org.gupstress.design.Mm;
import org.gupstress.vm.MmPart;
import org.gupstress.vm.Vma;

/** What a scenario that is not of the catalogue must be before any of it runs. */
public final class OwnScenario {
  private static final int CPUS_MAX = 8;
  private static final int ROUNDS_MAX = 99;
  private static final int PAGES_MAX = 64;
  private static final int CONDITIONS_MAX = 32;
  private static final int PTES_MAX = 4096;
  private static final int FILES_MAX = 16;

  /** As many as the claims about processes tell apart. */
  private static final int PROCESSES_MAX = 8;

  /** As many as a pin can be of, for the claims. */
  private static final int PTES_OF_PROCESSES_MAX = 250;

  private OwnScenario() {}

  /**
   * Checks what a scenario says of itself.
   *
   * @throws IllegalArgumentException that says what was expected, and what was found
   */
  public static void check(Scenario scenario) {
    Declarations.checkNames(scenario.id(), scenario.summary());
    if (Catalogue.isTaken(scenario.id())) {
      throw new IllegalArgumentException(
          "id(): expected another one than a shipped scenario has, found " + scenario.id());
    }
    if (scenario.getClass() != Spec.class) {
      Declarations.checkStateless(scenario.getClass());
    }
    check("cpus()", scenario.cpus(), CPUS_MAX);
    check("rounds()", scenario.rounds(), ROUNDS_MAX);
    Mm.Shape shape = scenario.shape(scenario.cpus().max());
    Declarations.checkRange("shape().pages()", shape.pages(), 1, PAGES_MAX);
    Declarations.checkRange("shape().cpus()", shape.cpus(), 1, CPUS_MAX);
    for (Duty duty : scenario.duties()) {
      if (!duty.name().isEmpty()) {
        Declarations.checkNames(duty.name(), duty.otherwise());
      }
    }
    checkSpace(shape.space());
    scenario.misbehaving().keySet().forEach(role -> checkRole(scenario, role));
    Declarations.checkRange("sometimes().size()", scenario.sometimes().size(), 0, CONDITIONS_MAX);
  }

  /** Areas lie behind each other, within the ptes, and map what files have. */
  private static void checkSpace(Mm.Space space) {
    Declarations.checkRange("space().ptes()", space.ptes(), 0, PTES_MAX);
    Declarations.checkRange("space().files()", space.files(), 1, FILES_MAX);
    Declarations.checkRange("space().blocks()", space.blocks(), 0, PTES_MAX);
    Declarations.checkRange("space().queueDepth()", space.queueDepth(), 1, PTES_MAX);
    checkProcesses(space);
    int next = 0;
    for (int i = 0; i < space.areas().size(); i++) {
      Vma area = space.areas().get(i);
      String what = "space().areas().get(" + i + ")";
      Declarations.checkRange(what + ".firstPte()", area.firstPte(), next, space.ptes());
      Declarations.checkRange(what + ".ptes()", area.ptes(), 1, space.ptes() - area.firstPte());
      next = area.firstPte() + area.ptes();
      if (area.kind() != Vma.Kind.ANONYMOUS) {
        Declarations.checkRange(what + ".file()", area.file(), 0, space.files() - 1);
        Declarations.checkRange(
            what + ".firstBlock()", area.firstBlock(), 0, space.blocks() - area.ptes());
      }
    }
  }

  /** Processes share the ptes evenly; what khugepaged collapses is a table of one. */
  private static void checkProcesses(Mm.Space space) {
    Declarations.checkRange("space().processes()", space.processes(), 0, PROCESSES_MAX);
    if (space.processes() == 0) {
      return;
    }
    String ptes = "space().ptes() of " + space.processes() + " processes";
    Declarations.checkRange(ptes, space.ptes(), space.processes(), PTES_OF_PROCESSES_MAX);
    int ofEach = space.ptes() / space.processes();
    Declarations.checkRange(
        ptes, space.ptes(), ofEach * space.processes(), ofEach * space.processes());
    if (space.parts().contains(MmPart.PMD)) {
      Declarations.checkRange(ptes + " that have MmPart.PMD", ofEach, 1, 1);
    }
  }

  private static void checkRole(Scenario scenario, int role) {
    for (int cpu = 0; cpu < scenario.cpus().max(); cpu++) {
      if (scenario.role(cpu) == role) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "misbehaving(): expected a role that a CPU has, found " + role);
  }

  private static void check(String what, Scenario.Range range, int max) {
    Declarations.checkRange(what + ".max()", range.max(), 1, max);
    Declarations.checkRange(what + ".min()", range.min(), 1, range.max());
    Declarations.checkRange(what + ".usual()", range.usual(), range.min(), range.max());
  }
}
