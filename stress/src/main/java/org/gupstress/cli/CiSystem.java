// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.result.JunitXml;
import org.gupstress.result.JunitXml.Case;
import org.gupstress.result.JunitXml.Status;

/**
 * What a CI system is told, if its variables say that there is one: an error for each case that has
 * failed (GITHUB_ACTIONS), and a table for the page of the job (GITHUB_STEP_SUMMARY).
 */
final class CiSystem {
  private static final String ACTIONS = "GITHUB_ACTIONS";
  private static final String SUMMARY = "GITHUB_STEP_SUMMARY";
  private static final int SHOWN_MAX = 50;

  private final Terminal terminal;

  CiSystem(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Whether there is one that reads this. */
  boolean isThere() {
    return isAction() || !summary().isEmpty();
  }

  private boolean isAction() {
    return "true".equals(terminal.environment().get(ACTIONS));
  }

  private String summary() {
    return terminal.environment().getOrDefault(SUMMARY, "");
  }

  /** Tells it. */
  void tell(List<Case> cases) {
    if (isAction()) {
      cases.stream()
          .filter(each -> each.status() == Status.FAILED)
          .limit(SHOWN_MAX)
          .forEach(each -> terminal
              .err()
              .println("::error title=" + property(each.suite() + " " + each.name()) + "::"
                  + data(each.message())));
      terminal.err().flush();
    }
    if (!summary().isEmpty()) {
      try {
        Files.writeString(
            Path.of(summary()),
            page(cases),
            UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException | InvalidPathException e) {
        terminal.err().println("gupstress: cannot write the summary of the job: " + e.getMessage());
      }
    }
  }

  private static String page(List<Case> cases) {
    Map<String, int[]> suites = new LinkedHashMap<>();
    for (Case each : cases) {
      suites
          .computeIfAbsent(each.suite(), suite -> new int[Status.values().length])[
          each.status().ordinal()]++;
    }
    StringBuilder page = new StringBuilder(
            "### gupstress\n\n| design | passed | failed | skipped |\n")
        .append("|---|---:|---:|---:|\n");
    suites.forEach((suite, count) -> page.append("| ")
        .append(cell(suite))
        .append(" | ")
        .append(count[Status.PASSED.ordinal()])
        .append(" | ")
        .append(count[Status.FAILED.ordinal()])
        .append(" | ")
        .append(count[Status.SKIPPED.ordinal()])
        .append(" |\n"));
    page.append('\n');
    cases.stream()
        .filter(each -> each.status() == JunitXml.Status.FAILED)
        .limit(SHOWN_MAX)
        .forEach(each -> page.append("- ")
            .append(cell(each.suite() + " " + each.name() + ": " + each.message()))
            .append('\n'));
    return page.append('\n').toString();
  }

  /** A text in which nothing is markup of Markdown or HTML. */
  private static String cell(String text) {
    return PlainWriter.plain(text.replace('\n', ' '))
        .replaceAll("([\\\\`*_{}\\[\\]()<>#|~!&])", "\\\\$1");
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
