// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.gupstress.scenario.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A design in a file is judged like the shipped ones, by every command. */
class OwnDesignTest {
  /** Counts pins in a plain counter: two at once are one. */
  private static final String LOSES_COUNTS =
      "int pins = mm.memory().read32(mm.ext(page)); mm.memory().write32(mm.ext(page), pins + 1);"
          + " return true;";

  @TempDir
  private Path directory;

  private OwnFile design(String name) {
    return OwnFile.design(directory, name);
  }

  private OwnFile counting(String name) {
    return design(name)
        .replace("bytesOutsidePage() { return 0; }", "bytesOutsidePage() { return 8; }")
        .replace("unpinsWithPutPage() { return true; }", "unpinsWithPutPage() { return false; }")
        .replace(
            "unpin(Mm mm, Cpu cpu, long page) {",
            "unpin(Mm mm, Cpu cpu, long page) { mm.memory().add32(mm.ext(page), -1);")
        .answering("return pinCount(mm, page) > 0;")
        .replace(
            "pinCount(Mm mm, long page) { return 0; }",
            "pinCount(Mm mm, long page) { return mm.memory().readOnce32(mm.ext(page)); }")
        .pinning("mm.memory().addFull32(mm.ext(page), 1); return true;");
  }

  private OwnFile losingCounts(String name) {
    return counting(name)
        .replace("mm.memory().addFull32(mm.ext(page), 1); return true;", LOSES_COUNTS);
  }

  private CommandLineRun audit(String... more) {
    String[] words = new String[more.length + 3];
    words[0] = "audit";
    words[1] = "--json";
    words[2] = directory.resolve("result.json").toString();
    System.arraycopy(more, 0, words, 3, more.length);
    return CommandLineRun.of(words);
  }

  @Test
  void aBrokenDesignIsShownWithItsShortestCounterexample() {
    CommandLineRun run =
        audit("--design", losingCounts("MyPin") + ",foll-pin", "--scenario", "pin-unpin");
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(run.out())
        .contains("my-pin, its shortest counterexample", "=> pin-uncounted", "In a kernel: ")
        .containsPattern("pin-counted +violated! +holds")
        .contains("my-pin: 2 of 12 claims broken; start with pin-uncounted in pin-unpin")
        .contains("foll-pin: holds in 1 scenario x 2 kernels, 2 CPUs, sequentially consistent")
        .contains("Only in my-pin, and not in get-page, page-ext and foll-pin");
  }

  @Test
  void aMailShowsTheSameInSeventyTwoColumns() {
    CommandLineRun run = audit(
        "--design", "" + losingCounts("MyPin"), "--scenario", "pin-unpin", "--format", "mail");
    assertThat(run.out()).contains("=> pin-uncounted", "In a kernel: ");
    assertThat(run.lines()).allMatch(line -> line.length() <= 72);
  }

  @Test
  void aSoundDesignIsAsExpected() {
    CommandLineRun run = audit(
        "--design", "" + counting("MyPin"), "--scenario", "pin-unpin,pin-vs-drain,pin-vs-reclaim");
    assertThat(run.out()).doesNotContain("violated", "Unexpected");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @Test
  void whatSoundDesignsDoAsWellIsSaidAndIsNoFault() {
    CommandLineRun run =
        audit("--design", "" + counting("MyPin"), "--scenario", "writeback-vs-dma,pin-unpin");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("my-pin: holds in 2 scenarios x 2 kernels")
        .contains("Not the fault of my-pin: sound designs do the same no-buffers (R-20) in"
            + " writeback-vs-dma: so do get-page, page-ext and foll-pin");
  }

  @Test
  void whatADriverDoesWrongIsJudgedApart() {
    String mine = "" + counting("MyPin");
    CommandLineRun run = audit("--design", mine, "--scenario", "unconverted-put,pin-unpin");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("refs-balance holds", "unconverted callers R-10 G-02")
        .contains("Unconverted callers: what they do to my-pin, which is not its fault a driver"
            + " gives its pin back with put_page, and unpins the page later:")
        .contains("ref-mismatch (G-02) in unconverted-put: so do page-ext and foll-pin");
    CommandLineRun without = audit(
        "--design", mine, "--scenario", "unconverted-put,pin-unpin", "--callers", "converted");
    assertThat(without.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(without.out()).contains("12 claims, 1 scenario,").doesNotContain("unconverted");
    CommandLineRun misspelt = audit("--design", mine, "--callers", "some");
    assertThat(misspelt.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(misspelt.err()).contains("--callers: expected converted or all, found some");
  }

  /** Its code is its own, whoever calls it. */
  @Test
  void aDesignWhoseCodeBreaksIsNotExcusedByTheDriver() {
    OwnFile design = losingCounts("MyPin")
        .replace(
            "beforePut(Mm mm, long head) {}",
            "beforePut(Mm mm, long head) { throw new IllegalStateException(\"not here\"); }");
    CommandLineRun run = audit("--design", "" + design, "--scenario", "unconverted-put");
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(run.out()).contains("Only in my-pin", "not here");
  }

  @Test
  void severalDesignsStandBesideEachOther() {
    CommandLineRun run = audit(
        "--design", counting("MyPin") + ",foll-pin," + design("Other"), "--scenario", "pin-unpin");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.lines()).anyMatch(line -> line.matches("claim +my-pin +foll-pin +other"));
  }

  @Test
  void twoOfOneNameAreRefused() throws IOException {
    OwnFile one = design("MyPin");
    Path other = Files.createDirectory(directory.resolve("other"));
    CommandLineRun run = audit("--design", one + "," + OwnFile.design(other, "MyPin"));
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("same id(): my-pin, my-pin");
  }

  @Test
  void aTokenReplaysWithTheFileThatItIsFromAndWithNoOther() {
    OwnFile design = losingCounts("MyPin");
    CommandLineRun run =
        CommandLineRun.of("explore", "--design", "" + design, "--scenario", "pin-unpin");
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    String token = run.token();
    CommandLineRun again = CommandLineRun.of("replay", "--design", "" + design, token);
    assertThat(again.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(again.out()).contains("=> pin-uncounted");

    CommandLineRun without = CommandLineRun.of("replay", token);
    assertThat(without.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(without.err()).contains("no design \"my-pin\"", "--design FILE");

    design.having("  // looked at once more");
    CommandLineRun commented = CommandLineRun.of("replay", "--design", "" + design, token);
    assertThat(commented.status()).isEqualTo(ExitStatus.AS_EXPECTED);

    // the same steps, and yet another edition
    design.having("  private static int answer() { return 42; }");
    CommandLineRun edited = CommandLineRun.of("replay", "--design", "" + design, token);
    assertThat(edited.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(edited.err()).contains("the token was made by another version");
  }

  /** Does a change of the design prevent that interleaving? */
  @Test
  void aScheduleWalksThroughAChangedDesignAsFarAsItGoes() throws IOException {
    OwnFile design = losingCounts("MyPin");
    String token = CommandLineRun.of("explore", "--design", "" + design, "--scenario", "pin-unpin")
        .token();

    // the fault is still there
    design.having("  private static int answer() { return 42; }");
    CommandLineRun still = CommandLineRun.of("replay", "--anyway", "--design", "" + design, token);
    assertThat(still.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(still.out()).contains("=> pin-uncounted").doesNotContain("the schedule goes on");

    // it is mended, with another number of accesses
    design.replace(LOSES_COUNTS, "mm.memory().addFull32(mm.ext(page), 1); return true;");
    CommandLineRun mended = CommandLineRun.of("replay", "--anyway", "--design", "" + design, token);
    assertThat(mended.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(mended.out())
        .contains("did not reproduce: nothing is wrong after the last step")
        .doesNotContain("=> pin-uncounted");

    // a design that makes fewer accesses has no step left for the schedule
    OwnFile nothing = OwnFile.design(Files.createDirectory(directory.resolve("other")), "MyPin");
    CommandLineRun shorter = CommandLineRun.of(
        "replay",
        "--anyway",
        "--design",
        "" + nothing,
        token.substring(0, token.indexOf('.') + 1) + "a99");
    assertThat(shorter.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(shorter.out())
        .containsPattern("the schedule goes on for [0-9]+ of 99 steps; then cpu0 cannot make the")
        .contains("the context is done or waits");
  }

  @Test
  void everyCounterexampleOfAResultReplays() {
    OwnFile design = losingCounts("MyPin");
    audit("--design", "" + design, "--scenario", "pin-unpin");
    String result = directory.resolve("result.json").toString();
    CommandLineRun replay = CommandLineRun.of("replay", "--design", "" + design, result);
    assertThat(replay.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(replay.out()).contains("reproduced pin-uncounted my-pin/pin-unpin");
  }

  @Test
  void aScenarioOfItsOwnStandsBesideTheOthers() {
    OwnFile race = OwnFile.scenario(directory, "MyRace");
    OwnFile design = counting("MyPin");
    CommandLineRun alone = audit("--design", "" + design, "--scenario", "pin-unpin," + race);
    assertThat(alone.out()).contains("12 claims, 2 scenarios");
    assertThat(alone.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    CommandLineRun beside = audit("--design", "get-page", "--scenario", "" + race);
    assertThat(beside.out()).contains("12 claims, " + (Catalogue.all().size() + 1) + " scenarios");
    CommandLineRun broken = audit("--design", "rfc-oct", "--scenario", "pin-unpin," + race);
    assertThat(broken.status()).isEqualTo(ExitStatus.SURPRISED);
    CommandLineRun replay =
        CommandLineRun.of("explore", "--design", "rfc-oct", "--scenario", "" + race);
    assertThat(
            CommandLineRun.of("replay", "--scenario", "" + race, replay.token()).status())
        .isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @Test
  void aClassIsJudgedLikeAFile() {
    OwnFile design = losingCounts("MyPin");
    Path classes = directory.resolve("classes");
    String model = System.getProperty("java.class.path");
    assertThat(ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", model, "-d", "" + classes, "" + design))
        .isZero();
    CommandLineRun run = CommandLineRun.of(
        "explore", "--classpath", "" + classes, "--design", "MyPin", "--scenario", "pin-unpin");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(CommandLineRun.of(
                "replay", "--classpath", "" + classes, "--design", "MyPin", run.token())
            .status())
        .isEqualTo(ExitStatus.AS_EXPECTED);
    CommandLineRun missing = CommandLineRun.of(
        "explore", "--classpath", "" + classes, "--design", "NoPin", "--scenario", "pin-unpin");
    assertThat(missing.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(missing.err()).contains("there is no class NoPin");
    CommandLineRun nowhere = CommandLineRun.of(
        "explore", "--classpath", "nowhere", "--design", "MyPin", "--scenario", "pin-unpin");
    assertThat(nowhere.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(nowhere.err()).contains("no directory and no jar nowhere");
  }

  @Test
  void aStormTakesItToo() {
    List<String> words = List.of(
        "--pages",
        "4096",
        "--cpus",
        "1",
        "--duration",
        "1s",
        "--json",
        "" + directory.resolve("r"));
    CommandLineRun run = storm(words, "--design", "" + counting("MyPin"));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    CommandLineRun both = storm(words, "--compare", design("Other") + ",foll-pin");
    assertThat(both.lines()).anyMatch(line -> line.matches(" +other +foll-pin"));
    CommandLineRun thrown =
        storm(words, "--design", "" + design("Bad").pinning("throw new IllegalStateException();"));
    assertThat(thrown.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(thrown.out()).contains("contract", "threw java.lang.IllegalStateException");
    CommandLineRun asked = storm(
        words, "--design", "" + design("Worse").answering("while (page != 0) {} return true;"));
    assertThat(asked.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(asked.out()).contains("contract", "does not come to an end");
  }

  private static CommandLineRun storm(List<String> words, String... more) {
    String[] all = new String[words.size() + more.length + 1];
    all[0] = "storm";
    System.arraycopy(words.toArray(), 0, all, 1, words.size());
    System.arraycopy(more, 0, all, words.size() + 1, more.length);
    return CommandLineRun.of(all);
  }
}
