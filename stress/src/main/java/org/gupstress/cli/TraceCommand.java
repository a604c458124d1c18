// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gupstress.process.Refused;
import org.gupstress.report.TracedText;
import org.gupstress.result.Head;
import org.gupstress.result.ResultFile;
import org.gupstress.result.WholeFile;
import org.gupstress.trace.ScenarioFile;
import org.gupstress.trace.TraceReader;
import org.gupstress.trace.TraceRecord;
import org.gupstress.trace.TraceRowWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A trace of a real machine, held against the model. */
@Command(
    name = "trace",
    description = {
      "Reads what ftrace has written of a machine: what reclaim did, and whether what",
      "happened to each page can happen in the model; with page_ref events and",
      "stacks, who holds its references."
    },
    version = Gupstress.VERSION,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  gupstress trace trace.txt.gz",
      "  gupstress trace trace.txt --pfn 0x1d4af2",
      "  gupstress trace trace.txt --scenario-file HotPage.java",
      "",
      "A trace for it: cd /sys/kernel/tracing; echo 1 > events/vmscan/enable, the",
      "same for pagemap, filemap, writeback, migrate, lock (and page_ref, where the",
      "kernel has it); run the load; cat trace > trace.txt. Or trace-cmd report.",
      "",
      "Exit status: 0 it was read; 1 a page did what the model says no page can do;",
      "2 it is no trace, or its clock goes back; 3 it has none of these events."
    })
final class TraceCommand implements Callable<Integer> {
  private static final Pattern CLASS = Pattern.compile("([A-Z][A-Za-z0-9]*)\\.java");
  private static final Pattern PFN = Pattern.compile("(0x)?[0-9a-fA-F]{1,13}");

  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE",
      description = "Text of ftrace (trace, trace_pipe) or of trace-cmd report; gzip too.")
  private Path file = Path.of("");

  @Option(
      names = "--pfn",
      paramLabel = "N",
      split = ",",
      description = "Shows the history of this page, like 0x1d4af2 or 1919730; or of several.")
  private List<String> pfns = List.of();

  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "result.json",
      paramLabel = "FILE",
      description = "Writes the results there; rows of others stay. Without FILE: result.json.")
  private @Nullable Path json;

  @Option(
      names = "--scenario-file",
      paramLabel = "OUT.java",
      description = "Writes a scenario with the last operations on the page with most events.")
  private @Nullable Path scenario;

  @Mixin
  private final FormatOption format = new FormatOption();

  TraceCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Refused {
    List<Long> pages = pages();
    String name = scenario == null ? "" : className(scenario);
    Path rows = json;
    if (rows == null) {
      return read(pages, name, null);
    }
    try (ResultFile out = ResultFile.open(rows, Head.of(null))) {
      int status = read(pages, name, out);
      out.end();
      out.check();
      return status;
    }
  }

  private int read(List<Long> pages, String name, @Nullable ResultFile out) {
    TraceReader reader = TraceReader.read(file);
    if (reader.isEmpty()) {
      terminal
          .err()
          .println("gupstress: nothing in " + file + " is read here; it has "
              + String.join(", ", reader.unreadNames())
              + "; the events are those of pagemap, filemap, vmscan, writeback, kmem, migrate,"
              + " page_ref and lock");
      return ExitStatus.NOTHING_RAN;
    }
    TraceRecord trace = reader.record(pages);
    TracedText.print(trace, format.sheet(terminal));
    if (out != null) {
      TraceRowWriter.write(trace, out);
    }
    if (scenario != null) {
      write(reader, name, scenario);
    }
    return trace.refinement().mistakes() > 0 ? ExitStatus.SURPRISED : ExitStatus.AS_EXPECTED;
  }

  private List<Long> pages() {
    List<Long> pages = new ArrayList<>();
    for (String word : pfns) {
      boolean isHex = word.startsWith("0x");
      if (!PFN.matcher(word).matches() || (!isHex && !word.matches("[0-9]+"))) {
        throw Refused.quoting(
            "--pfn takes the number of a page frame, like 0x1d4af2 or 1919730; found \"" + word
                + "\"");
      }
      pages.add(isHex ? Long.parseLong(word.substring(2), 16) : Long.parseLong(word));
    }
    return pages;
  }

  private static String className(Path path) {
    Matcher matcher = CLASS.matcher(String.valueOf(path.getFileName()));
    if (!matcher.matches()) {
      throw Refused.quoting("--scenario-file takes a class name and .java, letters and digits,"
          + " like HotPage.java; found \"" + path + "\"");
    }
    if (Files.exists(path)) {
      throw Refused.quoting(path + " exists; --scenario-file does not write over anything");
    }
    Checks.writable(path, "");
    return matcher.group(1);
  }

  private void write(TraceReader reader, String name, Path path) {
    String id = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    ScenarioFile made = reader.scenario(name, id);
    if (made == null) {
      terminal.err().println("gupstress: no page has an event, so there is no scenario");
      return;
    }
    try {
      WholeFile.at(path, "").write(out -> out.write(made.text().getBytes(UTF_8)));
    } catch (IOException e) {
      throw Refused.unwritten(path, e, "");
    }
    terminal
        .out()
        .println("Wrote " + path + ", with " + made.operations()
            + " operations. Explore it with: gupstress explore --design get-page --scenario "
            + path);
  }
}
