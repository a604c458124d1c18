// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;
import org.gupstress.storm.Perturbation;
import org.gupstress.storm.Sizing;
import org.gupstress.storm.StormEngine;
import org.gupstress.storm.StormPlan;
import org.gupstress.storm.StormResult;
import org.gupstress.storm.StormSetup;
import org.gupstress.storm.Storms;
import org.gupstress.storm.WorkloadMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A storm is set up as asked for, written while it blows, and judged by what it did. */
class StormCommandTest {
  @TempDir
  private Path directory;

  private Path file() {
    return directory.resolve("result.json");
  }

  private CommandLineRun storm(StormEngine engine, String... more) {
    List<String> words = new ArrayList<>(List.of("storm", "--json", file().toString()));
    words.addAll(List.of(more));
    return CommandLineRun.of(engine, words.toArray(String[]::new));
  }

  private StormPlan plannedBy(String... words) {
    List<StormPlan> plans = new ArrayList<>();
    storm(
        (plan, observer) -> {
          plans.add(plan);
          return Storms.result();
        },
        words);
    assertThat(plans).hasSize(1);
    return plans.get(0);
  }

  @Test
  void isSetUpAsAskedFor() {
    StormPlan plan = plannedBy(
        "--design",
        "rfc-nov",
        "--workload",
        "dio-mapped:3,readtwice",
        "--cpus",
        "7",
        "--pages",
        "1m",
        "--duration",
        "2m",
        "--seed",
        "-5",
        "--kernel",
        "debug",
        "--perturb",
        "tremble",
        "--no-events",
        "--pressure",
        "3",
        "--file-size",
        "256k",
        "--processes",
        "5");
    assertThat(plan.design().id()).isEqualTo("rfc-nov");
    assertThat(plan.setup())
        .isEqualTo(new StormSetup(
            Storms.SETUP.mix(),
            new Sizing(3, 1 << 18, 5, 8, 2),
            7,
            1 << 20,
            Duration.ofMinutes(2),
            -5,
            Kernel.DEBUG,
            Perturbation.TREMBLE,
            false));
  }

  @Test
  void hasDefaults() {
    assertThat(plannedBy("--design", "foll-pin").setup())
        .isEqualTo(new StormSetup(
            WorkloadMix.USUAL,
            Sizing.USUAL,
            Runtime.getRuntime().availableProcessors(),
            65_536,
            Duration.ofMinutes(1),
            1,
            Kernel.PRODUCTION,
            Perturbation.NONE,
            true));
    assertThat(plannedBy("--design", "foll-pin", "--events").setup().events()).isTrue();
  }

  @Test
  void aKnownDefectIsFoundAndShown() throws IOException {
    CommandLineRun run = storm(Storms::fake, "--design", "rfc-oct");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("stranded (never-stranded), known as R-01")
        .contains("explore --design rfc-oct --scenario pin-unpin --trace stranded");
    assertThat(Files.readAllLines(file())).hasSize(8);
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("result.json", "result.rfc-oct.hlog");
  }

  @Test
  void theCommandOfAFindingShowsIt() {
    String out = storm(Storms::fake, "--design", "rfc-oct").out();
    String command =
        out.substring(out.indexOf("step by step: ") + 14).lines().findFirst().get();
    CommandLineRun explored = CommandLineRun.of(command.split(" ", -1));
    assertThat(explored.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(explored.out()).contains("=> stranded: ");
  }

  @Test
  void aControlThatIsNotCaughtFails() {
    CommandLineRun run = storm((plan, observer) -> Storms.result(), "--design", "rfc-oct");
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(run.out()).contains("Missing: rfc-oct is known to be broken");
  }

  @Test
  void aHarmOfASoundDesignFails() {
    CommandLineRun run = storm(
        (plan, observer) -> Storms.result(Storms.harm(Harm.STRANDED, 1.5)), "--design", "page-ext");
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(run.out()).contains("Unexpected: page-ext does stranded, 60,000 times");
  }

  @Test
  void aStormThatWasToPressAndReclaimedNothingSaysSo() {
    StormEngine idle = (plan, observer) -> Storms.idle();
    CommandLineRun run = storm(idle, "--design", "page-ext");
    assertThat(run.status()).isEqualTo(ExitStatus.NOTHING_RAN);
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("No pressure: page-ext ran with a working set larger than memory, and no page was"
            + " reclaimed in 3.00 s; 1,000 pages are free.");
    assertThat(report()).isEqualTo(run.out());
    assertThat(storm(idle, "--compare", "page-ext,foll-pin").status())
        .isEqualTo(ExitStatus.NOTHING_RAN);
    // a harm is more
    assertThat(storm(idle, "--design", "rfc-oct").status()).isEqualTo(ExitStatus.SURPRISED);
    // nobody asked for pressure
    assertThat(storm(idle, "--design", "page-ext", "--pressure", "0.8").status())
        .isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @Test
  void designsAreComparedOnTheSameSetupInOneTable() throws IOException {
    List<StormPlan> plans = new ArrayList<>();
    CommandLineRun run = storm(
        (plan, observer) -> {
          plans.add(plan);
          return Storms.fake(plan, observer);
        },
        "--compare",
        "foll-pin,rfc-oct,foll-pin");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(plans).extracting(plan -> plan.design().id()).containsExactly("foll-pin", "rfc-oct");
    assertThat(plans.get(0).setup()).isEqualTo(plans.get(1).setup());
    assertThat(run.lines())
        .filteredOn(line -> line.startsWith("pins/s"))
        .singleElement()
        .asString()
        .matches("pins/s +1,234,567 +1,234,567");
    assertThat(Files.readString(file()))
        .contains("\"row\":\"plan\",\"design\":\"foll-pin\"")
        .contains("\"row\":\"totals\",\"design\":\"rfc-oct\"");
  }

  private String report(String... more) {
    List<String> words = new ArrayList<>(List.of("report", file().toString()));
    words.addAll(List.of(more));
    return CommandLineRun.of(words.toArray(String[]::new)).out();
  }

  @Test
  void theReportPrintsWhatTheStormPrinted() {
    assertThat(storm(Storms::fake, "--design", "rfc-oct", "--cpus", "99").out())
        .contains("99 CPUs took turns on")
        .isEqualTo(report());
    assertThat(storm(Storms::fake, "--design", "rfc-oct", "--format", "mail").out())
        .isEqualTo(report("--format", "mail"))
        .isNotEmpty();
  }

  @Test
  void theReportPrintsTheTableOfAComparison() {
    assertThat(storm(Storms::fake, "--compare", "foll-pin,rfc-oct").out())
        .contains("pins/s")
        .isEqualTo(report());
    assertThat(report("--full")).contains("pins/s", "storm of foll-pin", "storm of rfc-oct");
  }

  @Test
  void stormsOfOtherDesignsStayInTheFileAlsoIfOneIsRefused() {
    storm(Storms::fake, "--design", "foll-pin");
    storm(Storms::fake, "--design", "rfc-oct");
    String before = report();
    assertThat(before).contains("storm of foll-pin", "storm of rfc-oct");
    storm(Storms::fake, "--design", "rfc-oct", "--pages", "7");
    assertThat(report()).isEqualTo(before);
    storm(Storms::fake, "--design", "rfc-oct");
    assertThat(report()).isEqualTo(before);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void histogramsAreNotWrittenThroughALink() throws IOException {
    Path other = directory.resolve("other");
    Files.writeString(other, "of somebody else");
    Files.createSymbolicLink(directory.resolve("result.rfc-oct.hlog"), other);
    Files.createLink(directory.resolve("result.foll-pin.hlog"), other);
    storm(Storms::fake, "--compare", "foll-pin,rfc-oct");
    assertThat(Files.readString(other)).isEqualTo("of somebody else");
    assertThat(Files.readString(directory.resolve("result.rfc-oct.hlog"))).contains("rfc-oct");
    assertThat(Files.readString(directory.resolve("result.foll-pin.hlog"))).contains("foll-pin");
  }

  @Test
  void oneThatIsSurprisingMakesTheComparisonFail() {
    assertThat(storm((plan, observer) -> Storms.result(), "--compare", "foll-pin,rfc-oct")
            .status())
        .isEqualTo(ExitStatus.SURPRISED);
  }

  @Test
  void nothingChosenRunsNothing() {
    CommandLineRun run = storm(Storms::fake, "--compare", ",");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("--compare takes a list with a comma between two of it");
    assertThat(file()).doesNotExist();
  }

  @Test
  void anEngineThatBreaksIsNotTheDesignsFault() throws IOException {
    StormEngine broken = (plan, observer) -> {
      observer.second(Storms.second(1));
      throw new IllegalStateException("out of native memory");
    };
    CommandLineRun run = storm(broken, "--design", "rfc-oct");
    assertThat(run.status()).isEqualTo(ExitStatus.INTERNAL);
    assertThat(run.err()).contains("out of native memory").doesNotContain("\tat ");
    assertThat(Files.readString(file())).contains("\"row\":\"second\"").endsWith("\n]}\n");
  }

  @Test
  void whereNobodyWatchesThereIsALineEveryTenSeconds() {
    StormEngine long25 = (plan, observer) -> {
      for (int second = 1; second <= 25; second++) {
        observer.second(Storms.second(second));
      }
      return Storms.result();
    };
    CommandLineRun run = storm(long25, "--design", "get-page");
    assertThat(run.err().lines())
        .containsExactly(
            "get-page 10/60 s: 0 findings, 1,000 stranded, 1,234,567 pins, 39 reclaimed",
            "get-page 20/60 s: 0 findings, 2,000 stranded, 1,234,567 pins, 39 reclaimed");
    assertThat(run.out()).doesNotContain("\r");
  }

  @Test
  void onATerminalOneLineIsWrittenOverAndGoneInTheEnd() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal watched =
        new Terminal(new PrintWriter(out), new PrintWriter(err), true, Duration.ofMillis(1));
    Main.run(
        watched, Storms::fake, "storm", "--design", "rfc-oct", "--json", file().toString());
    watched.out().flush();
    assertThat(out.toString())
        .contains("\rrfc-oct 3/60 s: 0 findings, 300 stranded, 1,234,567 pins, 39 reclaimed")
        .contains("\r" + " ".repeat(79) + "\r");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceIsRefusedBeforeTheStorm() {
    CommandLineRun run =
        CommandLineRun.of(Storms::fake, "storm", "--design", "rfc-oct", "--json", "/dev/full");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("gupstress: cannot write /dev/full: it is a device");
  }

  @Test
  void aResultThatIsLostIsSaidAndTheReportPrintedAllTheSame() throws IOException {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    StormEngine removing = (plan, observer) -> {
      StormResult result = Storms.fake(plan, observer);
      deleteAll(gone);
      return result;
    };
    CommandLineRun run = CommandLineRun.of(
        removing,
        "storm",
        "--design",
        "rfc-oct",
        "--json",
        gone.resolve("result.json").toString());
    assertThat(run.status()).isEqualTo(ExitStatus.BUDGET_SPENT);
    assertThat(run.out()).contains("stranded pages");
    assertThat(run.err()).contains("cannot write " + gone.resolve("result.json") + ": no such");
  }

  @Test
  void whatIsInterruptedShowsWhatThereIsAndKeepsWhatWasThere() {
    storm(Storms::fake, "--design", "foll-pin");
    storm(Storms::fake, "--design", "rfc-oct");
    String before = report();
    CommandLineRun atOnce = storm(
        (plan, observer) -> {
          throw new InterruptedException();
        },
        "--compare",
        "rfc-oct,foll-pin");
    assertThat(atOnce.err()).doesNotContain("internal error");
    assertThat(report()).isEqualTo(before);
    CommandLineRun later = storm(
        (plan, observer) -> {
          Storms.fake(plan, observer);
          throw new InterruptedException();
        },
        "--design",
        "rfc-oct");
    assertThat(later.status()).isEqualTo(ExitStatus.BUDGET_SPENT);
    assertThat(later.out()).contains("Cut off after 3 seconds");
    assertThat(report()).contains("storm of foll-pin", "Cut off after 3 seconds");
  }

  @Test
  void aLackOfMemoryIsNoErrorOfTheTool() {
    CommandLineRun before = storm(
        (plan, observer) -> {
          throw new OutOfMemoryError("Java heap space");
        },
        "--design",
        "rfc-oct");
    assertThat(before.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(before.err()).contains("out of memory: the heap has ").contains(" MiB");
    CommandLineRun later = storm(
        (plan, observer) -> {
          Storms.fake(plan, observer);
          throw new OutOfMemoryError("unable to create native thread: possibly out of memory");
        },
        "--design",
        "rfc-oct");
    assertThat(later.status()).isEqualTo(ExitStatus.BUDGET_SPENT);
    assertThat(later.err()).contains("no more threads").doesNotContain("heap");
    assertThat(later.out()).contains("Cut off after 3 seconds");
  }

  private static void deleteAll(Path gone) {
    for (File each : Objects.requireNonNull(gone.toFile().listFiles())) {
      assertThat(each.delete()).isTrue();
    }
    assertThat(gone.toFile().delete()).isTrue();
  }

  @Test
  void whatIsThereIsLeftAsItIsUntilTheStormBegins() throws IOException {
    String yesterday = "{\"schema\":\"gupstress-result/2\",\"rows\":[]}";
    Files.writeString(file(), yesterday);
    CommandLineRun tooSmall = storm(Storms::fake, "--design", "rfc-oct", "--pages", "7");
    assertThat(tooSmall.status()).isEqualTo(ExitStatus.USAGE);
    Files.createDirectory(directory.resolve("result.rfc-oct.hlog"));
    CommandLineRun inTheWay = storm(Storms::fake, "--design", "rfc-oct");
    assertThat(inTheWay.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(inTheWay.err()).contains("result.rfc-oct.hlog: it is a directory");
    assertThat(Files.readString(file())).isEqualTo(yesterday);
  }
}
