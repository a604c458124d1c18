// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Small files as users write them, each with its verdict: sound ones, and ones with one mistake.
 */
class CasesTest {
  /**
   * Where a design is tried that is known to be wrong: what shows it, and what drivers do to it.
   */
  private static final String SOME =
      "pin-unpin,unconverted-put,writeback-vs-dma,put-vs-free,unpin-without-dirtying";

  @TempDir
  private Path directory;

  private Path file(String kind, String name) throws IOException {
    Path file = directory.resolve(name + ".java");
    String resource = "/org/gupstress/cases/" + kind + "/" + name + ".java";
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(resource))) {
      Files.copy(in, file);
    }
    return file;
  }

  private static String words(CommandLineRun run) {
    return run.out().replaceAll("\\s+", " ");
  }

  private CommandLineRun audit(Path design, String... more) {
    String[] words = new String[more.length + 5];
    words[0] = "audit";
    words[1] = "--design";
    words[2] = design.toString();
    words[3] = "--json";
    words[4] = directory.resolve("result.json").toString();
    System.arraycopy(more, 0, words, 5, more.length);
    return CommandLineRun.of(words);
  }

  // ---- scenarios

  @ParameterizedTest
  @CsvSource({
    "DoublePut,get-page,refs-balance,not-held",
    "DmaAfterUnpin,foll-pin,no-use-after-free,late-dma",
    "LatePageTouch,foll-pin,no-use-after-free,late-touch",
    "PinLeak,foll-pin,refs-balance,pin-left",
    "OffByOne,foll-pin,refs-balance,pin-left",
    "DoubleFree,foll-pin,list-intact,freed-twice",
    "PageLockLeft,foll-pin,no-deadlock,lock-left-held"
  })
  void aScenarioWithAMistakeShowsIt(String name, String design, String claim, String harm)
      throws IOException {
    CommandLineRun run = CommandLineRun.of(
        "explore", "--design", design, "--scenario", "" + file("scenarios", name));
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(run.out()).containsPattern(claim + " +violated").contains("=> " + harm);
  }

  @ParameterizedTest
  @CsvSource({"LatePageTouchFixed", "GetThenPut", "PagevecDrained"})
  void aCorrectScenarioHolds(String name) throws IOException {
    CommandLineRun run = CommandLineRun.of(
        "explore", "--design", "foll-pin", "--scenario", "" + file("scenarios", name));
    assertThat(run.out()).doesNotContain("violated").doesNotContain("never met");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
  }

  private CommandLineRun fastGupVsSplit(String kernel) throws IOException {
    return CommandLineRun.of(
        "explore",
        "--design",
        "foll-pin",
        "--scenario",
        "" + file("scenarios", "FastGupVsSplit"),
        "--kernel",
        kernel);
  }

  /**
   * gup_pte_range of 4.19 looks the head up before it takes the reference and does not look again
   * (c24d37322548 made it). Where the flush of TLBs interrupts nobody, as with a hypervisor's, a
   * split comes in between, and the head is none any more.
   */
  @Test
  void aSplitComesBetweenTheLooksOfGupFastWhereTheFlushInterruptsNobody() throws IOException {
    CommandLineRun run = fastGupVsSplit("production");
    assertThat(run.out()).containsPattern("no-use-after-free +violated").contains("wrong-page");
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
  }

  /**
   * On bare x86 the split clears the pmd, and its flush waits for an interrupt on every CPU that
   * has the mm; gup_fast runs with interrupts off, so the head stays one until it is done.
   */
  @Test
  void aSplitWaitsForGupFastWhereTheFlushInterrupts() throws IOException {
    CommandLineRun run = fastGupVsSplit("production+flush-ipi");
    assertThat(run.out()).containsPattern("no-use-after-free +holds").doesNotContain("violated");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @Test
  void aConditionThatIsNeverMetIsNoSuccess() throws IOException {
    CommandLineRun run = CommandLineRun.of(
        "explore", "--design", "foll-pin", "--scenario", "" + file("scenarios", "NotMet"));
    assertThat(run.status()).isEqualTo(ExitStatus.NOTHING_RAN);
    assertThat(run.err()).contains("nothing was judged", "never met never");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NoCpus|no-cpus broke in boot, NoCpus.java:|there is no page 3: there is 1, page 0",
        "BadReg|bad-reg broke in operation gup_fast of cpu0, BadReg.java:|there is no register 9",
        "NoAreas|no-areas broke in operation|pte 0 is in no area: the space has none",
        "ThrowingDuty|throwing-duty broke in the duty \"x\", ThrowingDuty.java:|there is no CPU 5"
      })
  void aScenarioThatAsksForWhatIsNotThereIsRefused(String name, String where, String what)
      throws IOException {
    Path file = file("scenarios", name);
    CommandLineRun run =
        CommandLineRun.of("explore", "--design", "foll-pin", "--scenario", "" + file);
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("the scenario " + where, what);
    CommandLineRun audit = CommandLineRun.of(
        "audit",
        "--design",
        "foll-pin,rfc-nov",
        "--scenario",
        file + ",pin-unpin",
        "--json",
        "" + directory.resolve("result.json"));
    assertThat(audit.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(audit.err()).contains("the scenario " + where, what);
    assertThat(audit.out()).doesNotContain("design-contract");
  }

  // ---- designs

  @ParameterizedTest
  @CsvSource({"OwnExt,own-ext", "OwnFoll,own-foll", "TwinCounts,twin-counts", "SpinRetry,spin-retry"
  })
  void aSoundDesignHolds(String name, String id) throws IOException {
    CommandLineRun run = audit(file("designs", name));
    assertThat(words(run))
        .contains(id + ": holds in ", "sequentially consistent; breaks no claim but by ")
        .contains("Not the fault of " + id + ": sound designs do the same")
        .doesNotContain("Only in " + id, "Unexpected:", "violated", "Not covered:");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
  }

  /** Enough of the audit to hold what it does beside what drivers do to it. */
  @Test
  void theUnionUnderOneLockHolds() throws IOException {
    CommandLineRun run =
        audit(file("designs", "UnionDirect"), "--scenario", SOME + ",mlock-pinned,pin-vs-drain");
    assertThat(words(run)).contains("union-direct: holds in 4 scenarios");
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @ParameterizedTest
  @CsvSource({
    "TwinTorn,twin-torn,pin-visible,pin-invisible,gup-handover",
    "PerCpu,per-cpu,pin-visible,pin-invisible,pin-handover",
    "PerCpuRaw,per-cpu-raw,no-use-after-free,freed-in-pin-state,irq-vs-pin",
    "UnionMlock,union-mlock,aging-kept,unevictable-lost,mlock-pinned"
  })
  void theMistakeOfADesignComesFirst(
      String name, String id, String claim, String harm, String scenario) throws IOException {
    CommandLineRun run =
        audit(file("designs", name), "--scenario", SOME + ",gup-handover," + scenario);
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    String out = words(run);
    assertThat(out)
        .contains(id + ": ", "start with " + harm + " in " + scenario)
        .contains("Only in " + id + ", and not in get-page, page-ext and foll-pin")
        .containsPattern("Only in " + id + "[^>]*? " + claim + " violated")
        .contains("=> " + harm);
    assertThat(out.indexOf("=> ")).isEqualTo(out.indexOf("=> " + harm));
    assertThat(out.indexOf("=> ")).isLessThan(out.indexOf("Unconverted callers:"));
  }

  /** It may say pinned of a page that is not, and is believed once it says so. */
  @Test
  void aCountThatIsSharedHoldsOnceItSaysSo() throws IOException {
    Path file = file("designs", "Hash1");
    String some = "pin-unpin,pin-vs-reclaim,fast-gup-vs-unmap,pressure";
    CommandLineRun silent = audit(file, "--scenario", some);
    assertThat(silent.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(silent.out()).contains("freed-in-pin-state");
    Files.writeString(
        file,
        Files.readString(file)
            .replace(
                "public int wordsPerCpu()",
                "public boolean mayOvercount() { return true; } public int wordsPerCpu()"));
    CommandLineRun told = audit(file, "--scenario", some);
    assertThat(told.out()).doesNotContain("freed-in-pin-state");
    assertThat(told.status()).isEqualTo(ExitStatus.AS_EXPECTED);
  }
}
