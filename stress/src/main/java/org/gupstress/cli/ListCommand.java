// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.gupstress.process.Refused;
import org.gupstress.report.ListText;
import org.gupstress.text.Format;
import org.gupstress.text.Sheet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What there is. */
@Command(
    name = "list",
    description =
        "Lists the designs, scenarios, claims, harms, races, bugs and workloads, or one of these.",
    version = Gupstress.VERSION,
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  gupstress list designs", "  gupstress list --pairs"})
final class ListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "WHAT",
      description = "designs, scenarios, claims, harms, races, bugs, workloads")
  private @Nullable String what;

  @Option(
      names = "--pairs",
      description = "What is attacked: which scenario has each operation of the pin API beside"
          + " anything else that happens to pages.")
  private boolean pairs;

  ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Map<String, Consumer<Sheet>> lists = new LinkedHashMap<>();
    lists.put("designs", ListText::designs);
    lists.put("scenarios", ListText::scenarios);
    lists.put("claims", ListText::claims);
    lists.put("harms", ListText::harms);
    lists.put("races", ListText::races);
    lists.put("bugs", ListText::bugs);
    lists.put("workloads", ListText::workloads);
    Sheet sheet = terminal.sheet(Format.TERMINAL);
    if (pairs) {
      if (what != null) {
        throw Refused.misused("--pairs is a list of its own, found \"" + what + "\" beside it");
      }
      ListText.pairs(sheet);
      return ExitStatus.AS_EXPECTED;
    }
    if (what != null) {
      Names.find("list", what, lists.entrySet(), Map.Entry::getKey).getValue().accept(sheet);
      return ExitStatus.AS_EXPECTED;
    }
    boolean isFirst = true;
    for (Consumer<Sheet> list : lists.values()) {
      if (!isFirst) {
        sheet.blank();
      }
      isFirst = false;
      list.accept(sheet);
    }
    return ExitStatus.AS_EXPECTED;
  }
}
