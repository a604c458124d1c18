// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.gupstress.litmus.LitmusRun;
import org.gupstress.memory.MemoryModel;
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;
import org.gupstress.result.LitmusFile;
import org.gupstress.result.LitmusFile.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Holds the explorer's memory models against tables that others have computed. */
@Command(
    name = "litmus",
    description = {
      "Explores small programs over two words and their halves under each memory",
      "model for which a file has their final states, and compares."
    },
    version = Gupstress.VERSION,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: gupstress litmus programs.jsonl",
      "",
      "One JSON object a line: name; cpus, for each CPU its operations in order, like",
      "\"write A 1\", \"read B.lo\", \"mb\"; and sc, tso, arm64: every final state under",
      "that model, like {\"A\": 1, \"B\": 0, \"cpu0.r0\": 0}.",
      "",
      "Exit status: 0 all are equal; 1 some differ; 2 it is no such file; 3 no program",
      "has states to compare with."
    })
final class LitmusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of programs.")
  private List<Path> files = List.of();

  LitmusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Refused {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files) {
      entries.addAll(read(file));
    }
    Map<MemoryModel, Integer> compared = new EnumMap<>(MemoryModel.class);
    Map<MemoryModel, Integer> different = new EnumMap<>(MemoryModel.class);
    for (Entry entry : entries) {
      entry.expected().forEach((model, expected) -> {
        compared.merge(model, 1, Integer::sum);
        if (!isEqual(entry, model, expected)) {
          different.merge(model, 1, Integer::sum);
        }
      });
    }
    compared.forEach((model, count) -> terminal
        .out()
        .printf(
            "%-5s  %d programs, %d differ%n", model.id(), count, different.getOrDefault(model, 0)));
    if (compared.isEmpty()) {
      terminal.err().println("gupstress: no program has states to compare with");
      return ExitStatus.NOTHING_RAN;
    }
    return different.isEmpty() ? ExitStatus.AS_EXPECTED : ExitStatus.SURPRISED;
  }

  private static List<Entry> read(Path file) throws Refused {
    try {
      FileKind.checkReadable(file);
      return LitmusFile.read(file);
    } catch (IOException e) {
      throw Refused.misused("cannot read programs from " + file + ": " + e.getMessage());
    }
  }

  private boolean isEqual(Entry entry, MemoryModel model, SortedSet<String> expected) {
    SortedSet<String> found = LitmusRun.finalStates(entry.litmus(), model);
    if (found.equals(expected)) {
      return true;
    }
    terminal.out().println(entry.litmus().name() + " under " + model.id() + ":");
    print("missing", expected, found);
    print("too many", found, expected);
    return false;
  }

  private void print(String what, SortedSet<String> states, SortedSet<String> others) {
    states.stream()
        .filter(state -> !others.contains(state))
        .forEach(state -> terminal.out().println("  " + what + ": " + state));
  }
}
