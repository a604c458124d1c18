// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Odds;
import org.gupstress.explore.Options;
import org.gupstress.process.Refused;
import org.gupstress.report.ResultTokens;
import org.gupstress.report.export.ItfTrace;
import org.gupstress.report.export.PerfettoTrace;
import org.gupstress.result.WholeFile;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.OddsText;
import org.gupstress.text.Sheet;
import org.gupstress.text.TraceText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Counterexamples, run again. */
@Command(
    name = "replay",
    description = "Runs a counterexample again and shows it step by step.",
    version = Gupstress.VERSION,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  gupstress replay rfc-oct/pin-unpin/production/2x1#0123abcd.a12b5a",
      "  gupstress replay result.json",
      "  gupstress replay --design MyPin.java my-pin/pin-unpin/production/2x1#0123abcd.a12b5a"
    })
final class ReplayCommand implements Callable<Integer> {
  /** What a mail, a terminal or a shell puts between the parts of a token or around them. */
  private static final Pattern BETWEEN_PARTS =
      Pattern.compile("[\\s\\p{Cntrl}\"'`<>|\\\\\u00a0\u2018-\u201f]+");

  private static final String ITF_MARK = "\"format\":\"ITF\"";
  private static final int STATES_MAX = 3_000_000;

  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "TOKEN|FILE",
      description = "A token, which may be in several parts as a mail folds it; or a result.json.")
  private List<String> words = List.of();

  @Option(names = "--full", description = "Shows every access and every field of the pages.")
  private boolean full;

  @Option(
      names = "--anyway",
      description = "Walks the schedule of a token that was made for another edition of the design"
          + " as far as it goes, and says what happens: does a change prevent that interleaving?"
          + " 0 if something is wrong at its end, 1 if not.")
  private boolean anyway;

  @Option(
      names = "--design",
      split = ",",
      paramLabel = "FILE",
      description = "Designs of your own that tokens name, as files or classes.")
  private List<String> designs = List.of();

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "FILE",
      description = "Scenarios of your own that tokens name.")
  private List<String> scenarios = List.of();

  @Option(
      names = "--itf",
      paramLabel = "FILE",
      description = "Of a token: writes the states in the format of Apalache and Quint.")
  private @Nullable Path itf;

  @Option(
      names = "--perfetto",
      paramLabel = "FILE",
      description = "Of a token: writes a trace for ui.perfetto.dev; a step takes a microsecond.")
  private @Nullable Path perfetto;

  @Option(
      names = "--budget",
      paramLabel = "T",
      description = "Of a token: time to explore how likely its harms were at each step, like 30s."
          + " Default: 10s.")
  private Duration budget = Duration.ofSeconds(10);

  @Mixin
  private final OwnOptions own = new OwnOptions();

  @Mixin
  private final FormatOption format = new FormatOption();

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path file = words.size() == 1 ? existing(words.get(0)) : null;
    if (file != null) {
      return replay(file);
    }
    String token = BETWEEN_PARTS.matcher(String.join("", words)).replaceAll("");
    if (token.indexOf('#') < 0) {
      throw Refused.misused(
          "\"" + String.join(" ", words) + "\" is no file and no token: a token is"
              + " design/scenario/kernel/CPUSxROUNDS#stamp.schedule");
    }
    return replay(token);
  }

  private static @Nullable Path existing(String word) {
    try {
      Path path = Path.of(word);
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private Rerun.Known known() {
    return new Rerun.Known(
        designs.stream().map(own::design).toList(),
        scenarios.stream().map(own::scenario).toList());
  }

  private int replay(String token) {
    Rerun rerun = anyway ? Rerun.anyway(token, known()) : Rerun.of(token, known());
    Sheet sheet = format.sheet(terminal);
    TraceText.print(rerun.plan(), rerun.token(), rerun.trace(), full, sheet);
    if (rerun.obstacle() != null) {
      sheet.text(rerun.howFar());
    }
    odds(rerun, sheet);
    export(itf, ITF_MARK, out -> ItfTrace.write(rerun.plan(), rerun.token(), rerun.trace(), out));
    export(
        perfetto,
        token,
        out -> PerfettoTrace.write(rerun.plan(), rerun.token(), rerun.trace(), out));
    if (!rerun.isReproduced()) {
      sheet.text("did not reproduce: nothing is wrong after the last step");
    }
    return rerun.isReproduced() ? ExitStatus.AS_EXPECTED : ExitStatus.SURPRISED;
  }

  /** How likely each harm at the end was along the way; the search for that has its own limits. */
  @SuppressWarnings("try")
  private void odds(Rerun rerun, Sheet sheet) {
    Set<Harm> harms = EnumSet.noneOf(Harm.class);
    rerun.trace().conclusion().forEach(finding -> harms.add(finding.harm()));
    if (harms.isEmpty() || rerun.obstacle() != null) {
      return;
    }
    Options options = Options.DEFAULT
        .withReductions(rerun.reductions())
        .withBudget(budget)
        .withStatesMax(STATES_MAX);
    Map<Harm, Odds> odds;
    try (Ticker ticker =
        new Ticker(terminal, budget, () -> "exploring " + rerun.plan().name())) {
      odds = Explorer.odds(rerun.plan(), options, rerun.token().schedule(), harms);
    }
    sheet.blank();
    OddsText.print(odds, sheet);
    if (odds.isEmpty()) {
      sheet.text("The odds along the way are not known: not all interleavings were explored in "
          + Numbers.seconds(budget.toNanos() / 1e9) + "; --budget gives more time.");
    }
  }

  private static void export(@Nullable Path file, String mark, WholeFile.Content content) {
    if (file == null) {
      return;
    }
    Checks.writable(file, mark);
    try {
      WholeFile.at(file, mark).write(content);
    } catch (IOException e) {
      throw Refused.unwritten(file, e, "");
    }
  }

  private int replay(Path file) {
    if (itf != null || perfetto != null) {
      throw Refused.misused("--itf and --perfetto take a token, found the file " + file);
    }
    Sheet sheet = format.sheet(terminal);
    List<ResultTokens.Entry> entries = read(file);
    Rerun.Known known = known();
    int reproduced = 0;
    for (ResultTokens.Entry entry : entries) {
      boolean isReproduced = Rerun.of(entry.token(), known).does(entry.harm());
      reproduced += isReproduced ? 1 : 0;
      String line = (isReproduced ? "reproduced " : "did not reproduce ")
          + entry.harm()
          + " "
          + entry.token();
      // whole, however long it is: it is to be copied
      sheet.row(List.of(new Sheet.Span(Ink.PLAIN, line)));
    }
    sheet.text(reproduced + " of " + Numbers.of(entries.size(), "counterexample") + " reproduced");
    if (entries.isEmpty()) {
      return ExitStatus.NOTHING_RAN;
    }
    return reproduced == entries.size() ? ExitStatus.AS_EXPECTED : ExitStatus.SURPRISED;
  }

  private static List<ResultTokens.Entry> read(Path file) {
    try {
      return ResultTokens.read(file);
    } catch (IOException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }
}
