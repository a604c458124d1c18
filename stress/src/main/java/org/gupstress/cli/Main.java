// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.gupstress.explore.Tool;
import org.gupstress.process.ForeignLetters;
import org.gupstress.process.Interruption;
import org.gupstress.process.Refused;
import org.gupstress.storm.Storm;
import org.gupstress.storm.StormEngine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry: runs a command line and turns whatever happens into a message and a status. */
public final class Main {
  /** Columns that picocli needs at least. */
  private static final int HELP_MIN = 80;

  private Main() {}

  public static void main(String[] args) {
    OptionalInt elsewhere = ForeignLetters.relaunch(args);
    if (elsewhere.isPresent()) {
      System.exit(elsewhere.getAsInt());
    }
    StandardOutput standard = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    Terminal terminal = Terminal.ofProcess(standard);
    Interruption interruption = Interruption.of(Thread.currentThread(), ExitStatus.BUDGET_SPENT);
    int status = run(terminal, args);
    if (interruption.isSignalled()) {
      terminal.out().println("Interrupted: this is what was done until then.");
      say(terminal, "interrupted");
    }
    terminal.out().flush();
    IOException failure = standard.failure();
    if (failure != null) {
      say(terminal, "cannot write to standard output: " + failure.getMessage());
    }
    interruption.end();
    System.exit(
        failure != null && status == ExitStatus.AS_EXPECTED ? ExitStatus.BUDGET_SPENT : status);
  }

  static int run(Terminal terminal, String... args) {
    return run(terminal, new Storm(), args);
  }

  static int run(Terminal terminal, StormEngine storm, String... args) {
    try {
      String[] words = args.length == 0 ? new String[] {"audit"} : args;
      Map<String, Function<Terminal, Object>> all = commands(storm);
      // building a command takes picocli longer than many a search: only the one that is wanted
      Set<String> wanted = all.containsKey(words[0]) ? Set.of(words[0]) : all.keySet();
      CommandLine line = commandLine(terminal, all, wanted);
      // a word is a word: what a file holds whose name follows an @ is nobody's argument
      line.setExpandAtFiles(false);
      Converters.register(line);
      line.setUsageHelpWidth(Math.max(HELP_MIN, terminal.width()));
      line.setOut(terminal.steering());
      line.setErr(terminal.err());
      line.setColorScheme(
          Help.defaultColorScheme(terminal.isColoured() ? Help.Ansi.ON : Help.Ansi.OFF));
      line.setParameterExceptionHandler((e, given) -> misused(terminal, e, given));
      line.setExecutionExceptionHandler((e, command, parsed) -> failed(terminal, e));
      line.setExecutionStrategy(given -> {
        Checks.noGaps(given);
        return new CommandLine.RunLast().execute(given);
      });
      return line.execute(words);
    } catch (RuntimeException | Error e) {
      return failed(terminal, e);
    }
  }

  /** With all commands, for what is written about them. */
  static CommandLine commandLine(Terminal terminal) {
    Map<String, Function<Terminal, Object>> all = commands(new Storm());
    return commandLine(terminal, all, all.keySet());
  }

  private static CommandLine commandLine(
      Terminal terminal, Map<String, Function<Terminal, Object>> all, Set<String> wanted) {
    CommandLine line = new CommandLine(new Gupstress());
    for (Map.Entry<String, Function<Terminal, Object>> command : all.entrySet()) {
      if (wanted.contains(command.getKey())) {
        CommandLine made = new CommandLine(command.getValue().apply(terminal));
        made.addMixin("quiet", new QuietOption(terminal));
        line.addSubcommand(made);
      }
    }
    return line;
  }

  private static Map<String, Function<Terminal, Object>> commands(StormEngine storm) {
    Map<String, Function<Terminal, Object>> commands = new LinkedHashMap<>();
    commands.put("audit", AuditCommand::new);
    commands.put("explore", ExploreCommand::new);
    commands.put("replay", ReplayCommand::new);
    commands.put("list", ListCommand::new);
    commands.put("jcstress", JcstressCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("storm", terminal -> new StormCommand(terminal, storm));
    commands.put("trace", TraceCommand::new);
    commands.put("litmus", LitmusCommand::new);
    commands.put("bench", BenchCommand::new);
    commands.put("report", ReportCommand::new);
    commands.put("new", NewCommand::new);
    return commands;
  }

  private static int misused(Terminal terminal, ParameterException e, String... words) {
    CommandLine command = e.getCommandLine();
    String unknown = e instanceof UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched().get(0)
        : unknownOption(command, words);
    String message = unknown == null ? String.valueOf(e.getMessage()) : unmatched(command, unknown);
    say(terminal, message.replace('\n', ' '));
    terminal.err().println("See " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitStatus.USAGE;
  }

  /** A misspelt option, which picocli takes for a missing one. */
  private static @Nullable String unknownOption(CommandLine command, String... words) {
    for (String word : words) {
      String name = word.indexOf('=') < 0 ? word : word.substring(0, word.indexOf('='));
      CommandSpec spec = command.getCommandSpec();
      if (name.startsWith("--")
          && !spec.optionsMap().containsKey(name)
          && !spec.negatedOptionsMap().containsKey(name)) {
        return name;
      }
    }
    return null;
  }

  private static String unmatched(CommandLine command, String word) {
    Set<String> commands = command.getSubcommands().keySet();
    if (word.startsWith("-")) {
      List<String> options = command.getCommandSpec().optionsMap().keySet().stream()
          .filter(name -> name.startsWith("--"))
          .toList();
      return commands.isEmpty()
          ? Names.missing("option", word, options)
          : "there is no option \"" + word + "\" in front of a command; the commands are "
              + String.join(", ", commands);
    }
    return commands.isEmpty()
        ? "nothing is known about \"" + word + "\" here"
        : Names.missing("command", word, commands);
  }

  private static int failed(Terminal terminal, Throwable e) {
    if (e instanceof Refused refused) {
      say(terminal, String.valueOf(refused.getMessage()));
      return ExitStatus.of(refused.conclusion());
    }
    if (e instanceof OutOfMemoryError full) {
      say(terminal, Scarcity.sentence(full));
      return ExitStatus.BUDGET_SPENT;
    }
    // code of a user's that runs on an interrupted thread ends with an exception of its own
    if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
      return ExitStatus.BUDGET_SPENT;
    }
    say(terminal, "internal error, please report: " + e.toString().replace('\n', ' '));
    if (System.getenv("GUPSTRESS_DEBUG") != null) {
      e.printStackTrace(terminal.err());
    }
    return ExitStatus.INTERNAL;
  }

  private static void say(Terminal terminal, String message) {
    terminal.err().println(Tool.NAME + ": " + message);
    terminal.err().flush();
  }
}
