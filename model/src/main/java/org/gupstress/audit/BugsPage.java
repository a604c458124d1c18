// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.explore.Result.Violation;
import org.gupstress.explore.Verdict;
import org.gupstress.page.Release;
import org.gupstress.race.Bug;
import org.gupstress.race.Bugs;
import org.gupstress.race.Trial;
import org.gupstress.text.Paragraph;

/**
 * The bugs that Linux had as a page of Markdown, {@code model/BUGS.md}: what is known of each, and
 * what its trials find when the page is made. Each id has a heading of its own.
 */
public final class BugsPage {
  /** How the page is made again, from the root of the repository. */
  static final String COMMAND =
      "java -cp model/target/classes org.gupstress.audit.BugsPage model/BUGS.md";

  private static final int WIDTH = 100;
  private static final Duration BUDGET = Duration.ofMinutes(10);
  private static final Pattern ID = Pattern.compile("\\bM-[0-9]{2}\\b");

  private final StringBuilder page = new StringBuilder();

  private BugsPage() {}

  /** Writes the page. The one argument is its path. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException(
          "expected the path of the page, found " + args.length + " arguments");
    }
    Files.writeString(Path.of(args[0]), text(Bugs.all()));
  }

  /** The page of these bugs. It runs their trials, less than a minute in all. */
  static String text(List<Bug> bugs) {
    BugsPage made = new BugsPage();
    made.head();
    made.contents(bugs);
    made.releases(bugs);
    bugs.forEach(made::bug);
    made.page.setLength(made.page.length() - 1);
    return made.page.toString();
  }

  private void head() {
    line("<!-- Generated from org.gupstress.race.Bugs and from runs; do not edit. To make it again,"
        + " after a build:");
    line("     " + COMMAND + " -->");
    line("# Bugs that Linux had");
    line("");
    paragraph("What went wrong in Linux where pages are pinned, shared between processes, and"
        + " unmapped. `gupstress explain M-03` shows one step by step. A bug is shown by a pair of"
        + " runs: the kernel before the fix breaks the claim, the same kernel with the fix keeps it"
        + " in every interleaving. The kernels are named as for `--linux` and `--without`;"
        + " [KERNEL.md](KERNEL.md#17-releases) has the switches. Each pair takes a second or less,"
        + " so that no times are given here.");
  }

  private void contents(List<Bug> bugs) {
    line("| bug | what goes wrong | from | to | CVE | claim |");
    line("|---|---|---|---|---|---|");
    for (Bug bug : bugs) {
      List<String> claims = bug.trials().stream()
          .map(trial -> trial.harm().claim().id())
          .distinct()
          .toList();
      line("| " + link(bug.id()) + " | " + bug.title() + " | " + bug.from() + " | " + bug.to()
          + " | " + bug.cve() + " | " + (claims.isEmpty() ? "not shown" : codes(claims)) + " |");
    }
    line("");
  }

  /** What each release does as it is, whatever the catalogue says of it. */
  private void releases(List<Bug> bugs) {
    List<Release> releases = List.of(Release.values());
    paragraph(
        "The same scenarios in each release as it is, on a machine whose TLB flushes interrupt"
            + " nobody. FOLL_PIN is tried in releases that had none, too. The harm is found; or it is in"
            + " no interleaving (-); or the scenario is not about that release (n/a). A release that is"
            + " older than a bug may do its harm for an older reason: fork of 5.7 shares every page,"
            + " pinned or not.");
    line("| bug | scenario | harm | " + joined(releases, Release::id) + " |");
    line("|---|---|---|" + "---|".repeat(releases.size()));
    Set<Trial.Run> seen = new HashSet<>();
    for (Bug bug : bugs) {
      for (Trial trial : bug.trials()) {
        Trial.Run run = trial.before();
        Harm harm = trial.harm();
        if (seen.add(run)) {
          line("| " + link(bug.id()) + " | `" + run.scenario() + "` | `" + harm.id() + "` | "
              + joined(releases, release -> found(run, harm, release)) + " |");
        }
      }
    }
    line("");
  }

  private static String found(Trial.Run run, Harm harm, Release release) {
    Plan plan =
        TrialRun.plan(new Trial.Run(run.design(), run.scenario(), run.kernel().as(release)));
    if (Plan.misfit(plan.design(), plan.scenario(), release) != null) {
      return "n/a";
    }
    Result result = Explorer.explore(plan, Options.DEFAULT);
    if (result.violations().containsKey(harm)) {
      return "found";
    }
    if (result.verdict(harm.claim()) != Verdict.HOLDS) {
      throw new IllegalStateException(
          plan.id() + ": " + harm.claim().id() + " " + said(result.verdict(harm.claim())));
    }
    return "-";
  }

  private static String joined(List<Release> releases, Function<Release, String> cell) {
    return releases.stream().map(cell).collect(Collectors.joining(" | "));
  }

  private void bug(Bug bug) {
    line("## " + bug.id());
    line("");
    // not capitalised: most titles begin with a function
    paragraph("**" + bug.title() + ".** From: " + bug.from() + ". To: " + bug.to() + "."
        + (bug.cve().isEmpty() ? "" : " " + bug.cve() + "."));
    paragraph(linked(bug.story()));
    if (!bug.trials().isEmpty()) {
      line("| scenario | before | harm | pre-emptions | steps | after | claim |");
      line("|---|---|---|---|---|---|---|");
      List<TrialRun> runs = TrialRun.of(bug, BUDGET);
      runs.forEach(this::run);
      line("");
      line("```");
      runs.forEach(run -> line("gupstress replay " + violation(run).token()));
      line("```");
      line("");
    }
    if (!bug.notShown().isEmpty()) {
      paragraph("*What no run shows.* " + linked(bug.notShown()));
    }
    if (!bug.fixes().isEmpty()) {
      line("Fixed by:");
      line("");
      bug.fixes().forEach(fix -> line("- [" + fix.text() + "](" + fix.link() + ")"));
      line("");
    }
  }

  private void run(TrialRun run) {
    Violation found = violation(run);
    line(String.format(
        "| `%s` | `%s` | `%s` | %d | %d | `%s` | `%s` %s |",
        run.trial().before().scenario(),
        run.trial().before().kernel(),
        found.harm().id(),
        found.preemptions(),
        found.steps(),
        run.trial().after().kernel(),
        found.harm().claim().id(),
        said(run.verdictAfter())));
  }

  /**
   * What the kernel before the fix does.
   *
   * @throws IllegalStateException if it does it no more
   */
  private static Violation violation(TrialRun run) {
    Violation found = run.evidence()
        .orElseThrow(() -> new IllegalStateException("not found: " + run.trial()))
        .violation();
    Objects.requireNonNull(found.token(), "no interleaving can be shown");
    return found;
  }

  private static String said(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String link(String id) {
    return "[" + id + "](#" + id.toLowerCase(Locale.ROOT) + ")";
  }

  /** The text with every id that is named in it as a link. */
  private static String linked(String text) {
    return ID.matcher(text).replaceAll(id -> link(id.group()));
  }

  private static String codes(List<String> ids) {
    return ids.stream().map(id -> "`" + id + "`").collect(Collectors.joining(" "));
  }

  private void paragraph(String text) {
    Paragraph.lines(text, WIDTH).forEach(this::line);
    line("");
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
