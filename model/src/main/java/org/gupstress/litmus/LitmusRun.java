// SPDX-License-Identifier: Apache-2.0
package org.gupstress.litmus;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Memory;
import org.gupstress.memory.MemoryModel;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;

/** Explores litmus tests under a memory model. */
public final class LitmusRun {
  private static final int WORDS = 2;

  private LitmusRun() {}

  /** Whose words the program is about; it pins nothing. */
  private record Words() implements PinDesign {
    @Override
    public String id() {
      return "litmus";
    }

    @Override
    public String summary() {
      return "two words of the node";
    }

    @Override
    public int wordsPerNode() {
      return WORDS;
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      throw new UnsupportedOperationException("a litmus test pins nothing");
    }

    @Override
    public boolean hasQuery() {
      return false;
    }

    @Override
    public boolean isPinned(Mm mm, long page) {
      return false;
    }

    @Override
    public int pinCount(Mm mm, long page) {
      return 0;
    }
  }

  /** The values with which a run ends, by name: cpu0.r0, A. */
  public record FinalValues(Map<String, Long> values) {
    public FinalValues {
      values = new TreeMap<>(values);
    }

    @Override
    public String toString() {
      StringJoiner text = new StringJoiner(" ");
      values.forEach((name, value) -> text.add(name + "=" + value));
      return text.toString();
    }
  }

  /**
   * All final states of a program, as {@link FinalValues} says them.
   *
   * @throws IllegalStateException if the search came to a limit before it was complete
   */
  public static SortedSet<String> finalStates(Litmus litmus, MemoryModel model) {
    int cpus = litmus.cpus().size();
    Scenario scenario = Spec.named("litmus", litmus.name())
        .cpus(cpus, cpus, cpus, IntStream.range(0, cpus).toArray())
        .program((role, rounds, design) -> List.of(operation(litmus.cpus().get(role))))
        .outcome(mm -> state(litmus, mm).toString());
    Plan plan = Plan.usual(new Words(), scenario, Kernel.PRODUCTION).withMemory(model);
    Result result = Explorer.explore(plan, Options.DEFAULT);
    if (result.stopped() != null || !result.violations().isEmpty()) {
      throw new IllegalStateException(litmus.name() + " was not explored to its end: "
          + (result.stopped() == null ? result.violations().keySet() : result.stopped()));
    }
    return new TreeSet<>(result.endings().keySet());
  }

  private static Operation operation(List<LitmusOp> program) {
    return new Operation("program", Operation.Kind.SCENERY, (mm, cpu) -> {
      Memory memory = mm.memory();
      long words = mm.ownWord(0);
      long[] results = new long[Litmus.results(program)];
      int next = 0;
      for (LitmusOp op : program) {
        long result = op.perform(memory, words);
        if (op.verb().returns()) {
          results[next++] = result;
        }
      }
      for (int i = 0; i < results.length; i++) {
        cpu.setRegister(i, results[i]);
      }
    });
  }

  private static FinalValues state(Litmus litmus, Mm mm) {
    Map<String, Long> values = new TreeMap<>();
    for (int word = 0; word < WORDS; word++) {
      values.put(String.valueOf((char) ('A' + word)), mm.memory().read64(mm.ownWord(word)));
    }
    for (int c = 0; c < litmus.cpus().size(); c++) {
      for (int i = 0; i < Litmus.results(litmus.cpus().get(c)); i++) {
        values.put("cpu" + c + ".r" + i, mm.cpu(c).register(i));
      }
    }
    return new FinalValues(values);
  }
}
