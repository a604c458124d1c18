// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gupstress.design.PinDesign;
import org.gupstress.scenario.Operation.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Which scenarios have an operation of the pin API on one CPU and something else on another, at the
 * same time: read off their programs. What is behind a wait meets nothing in front of the signal.
 */
public final class PairMatrix {
  private final Set<String> pins = new LinkedHashSet<>();
  private final Set<String> others = new LinkedHashSet<>();
  private final Map<List<String>, Set<String>> scenarios = new LinkedHashMap<>();

  private PairMatrix() {}

  /** The matrix of the programs that the scenarios have for a design. */
  public static PairMatrix of(List<Scenario> scenarios, PinDesign design) {
    PairMatrix matrix = new PairMatrix();
    for (Scenario scenario : scenarios) {
      matrix.add(scenario, design);
    }
    return matrix;
  }

  /** The operations of the pin API. */
  public List<String> pins() {
    return List.copyOf(pins);
  }

  /** What else happens to pages, and behind it the operations of the pin API again. */
  public List<String> others() {
    Set<String> all = new LinkedHashSet<>(others);
    all.addAll(pins);
    return List.copyOf(all);
  }

  /** The scenarios that have both at once, in their order. */
  public List<String> scenarios(String pin, String other) {
    return List.copyOf(scenarios.getOrDefault(List.of(pin, other), Set.of()));
  }

  /** Why no scenario has both at once, or null if nothing keeps them apart. */
  public static @Nullable String impossible(String pin, String other) {
    if (other.equals("fault huge") || other.equals("break_layouts")) {
      return "is of pages that are on no LRU and in no file";
    }
    if (other.equals("balance_pgdat") && !pin.equals("unpin")) {
      return "is what kswapd does, again and again";
    }
    return pin.equals("gup_fast") && other.equals("split")
        ? "the flush of TLBs that keeps gup_fast out of a split is not modelled"
        : null;
  }

  private void add(Scenario scenario, PinDesign design) {
    List<List<Operation>> programs = programs(scenario, design);
    for (List<Operation> one : programs) {
      for (Operation operation : one) {
        Set<String> names = switch (operation.kind()) {
          case PIN -> pins;
          case KERNEL -> others;
          case SCENERY -> new LinkedHashSet<>();
        };
        names.add(operation.name());
      }
      for (List<Operation> other : programs) {
        if (one != other) {
          meet(scenario.id(), one, other);
        }
      }
    }
  }

  private static List<List<Operation>> programs(Scenario scenario, PinDesign design) {
    List<List<Operation>> programs = new ArrayList<>();
    for (int cpu = 0; cpu < scenario.cpus().usual(); cpu++) {
      programs.add(scenario.program(scenario.role(cpu), scenario.rounds().usual(), design));
      programs.add(scenario.interrupts(cpu));
    }
    return programs;
  }

  private void meet(String scenario, List<Operation> user, List<Operation> other) {
    for (int i = 0; i < user.size(); i++) {
      for (int j = 0; j < other.size(); j++) {
        if (user.get(i).kind() == Kind.PIN
            && other.get(j).kind() != Kind.SCENERY
            && !isBehind(user, i, other, j)
            && !isBehind(other, j, user, i)) {
          scenarios
              .computeIfAbsent(
                  List.of(user.get(i).name(), other.get(j).name()), pair -> new LinkedHashSet<>())
              .add(scenario);
        }
      }
    }
  }

  /** Whether one waits for a signal that comes after the other. */
  private static boolean isBehind(List<Operation> one, int i, List<Operation> other, int j) {
    return contains(one.subList(0, i), Programs.waitForSignal())
        && contains(other.subList(j, other.size()), Programs.signal());
  }

  private static boolean contains(List<Operation> program, Operation wanted) {
    return program.stream().anyMatch(operation -> operation.name().equals(wanted.name()));
  }
}
