// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.List;
import java.util.Locale;
import org.gupstress.explore.Tool;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The man page, in the macros of man(7), made of what picocli knows of each command. The generator
 * of picocli writes AsciiDoc, which takes a converter of many megabytes to become a man page.
 */
final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /** The page of a command line with commands. */
  static String of(CommandLine line) {
    ManPage made = new ManPage();
    made.head(line);
    line.getSubcommands().values().forEach(made::command);
    made.foot();
    return made.page.toString();
  }

  private void head(CommandLine line) {
    put(".\\\" SPDX-License-Identifier: Apache-2.0");
    put(".TH " + Tool.NAME.toUpperCase(Locale.ROOT) + " 1 \"\" \"" + Tool.NAME + " " + Tool.VERSION
        + "\" \"User Commands\"");
    put(".SH NAME");
    text(Tool.NAME + " - is a way to pin pages with get_user_pages safe?");
    put(".SH SYNOPSIS");
    put(".B " + Tool.NAME);
    put(".RI [ COMMAND ] \" \" [ OPTION ...]");
    put(".SH DESCRIPTION");
    text(String.join(" ", line.getCommandSpec().usageMessage().description()));
    put(".SH COMMANDS");
  }

  private void command(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    put(".SS " + escaped(spec.qualifiedName()));
    text(String.join(" ", spec.usageMessage().description()));
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      argument(".I " + escaped(parameter.paramLabel()), parameter);
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        String names = escaped(String.join(", ", option.names()));
        String value =
            option.arity().max() > 0 ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : "";
        argument("\\fB" + names + "\\fR" + value, option);
      }
    }
    footer(List.of(spec.usageMessage().footer()));
  }

  private void argument(String name, ArgSpec argument) {
    put(".TP");
    put(name);
    text(String.join(" ", argument.description()));
  }

  /** Examples, which stand as they are. */
  private void footer(List<String> lines) {
    if (!lines.isEmpty()) {
      put(".PP");
      put(".nf");
      lines.stream().filter(line -> !line.isEmpty()).forEach(this::text);
      put(".fi");
    }
  }

  private void foot() {
    put(".SH EXIT STATUS");
    text("0 as expected; 1 a claim is violated that must not be, or a known race was not found;"
        + " 2 usage; 3 nothing ran; 4 a limit was reached; 5 internal error.");
    put(".SH ENVIRONMENT");
    environment("JAVA_HOME", "The JDK, from 17 on; without it the one of the PATH.");
    environment("GUPSTRESS_JAVA_OPTS", "Options for the JVM, like -Xmx2g.");
    environment(
        "LC_ALL, LC_CTYPE, LANG",
        "Where they ask for C or POSIX, C.UTF-8 is set, so that files can have names with letters"
            + " outside of ASCII.");
    environment("NO_COLOR, CLICOLOR_FORCE", "No colours; colours where nobody watches, too.");
    environment("COLUMNS", "The width of the terminal.");
  }

  private void environment(String name, String sentence) {
    put(".TP");
    put(".B " + escaped(name));
    text(sentence);
  }

  private void text(String text) {
    String plain = escaped(text);
    // a line that begins so would be a macro
    put(plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }

  private void put(String line) {
    page.append(line).append('\n');
  }
}
