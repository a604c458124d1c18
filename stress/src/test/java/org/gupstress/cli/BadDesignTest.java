// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever a design does, it ends in a finding or in a sentence that names the operation, and the
 * design beside it is judged as ever.
 */
@Timeout(60)
class BadDesignTest {
  private static final String CLAIM = "union-intact +[^ ]+ +holds.*";

  @TempDir
  private Path directory;

  private CommandLineRun audit(String design) {
    return CommandLineRun.of(
        "audit",
        "--json",
        directory.resolve("result.json").toString(),
        "--scenario",
        "pin-unpin,pin-vs-drain",
        "--design",
        design + ",foll-pin");
  }

  /** Some of the ways in which the court tells of a design that broke the contract. */
  private void assertFinding(OwnFile design, String says) {
    CommandLineRun run = audit("" + design);
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(run.err()).isEmpty();
    assertThat(run.lines())
        .anyMatch(line -> line.matches("claim +my-pin +foll-pin"))
        .anyMatch(line -> line.matches(CLAIM));
    assertThat(run.out().replaceAll("\\s+", " ")).contains(says);
  }

  /** The other design is heard all the same. */
  private void assertRefused(String design, String... says) {
    CommandLineRun run = audit(design);
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).startsWith("gupstress: ").contains(says).doesNotContain("\tat ");
    assertThat(run.lines())
        .anyMatch(line -> line.matches("claim +foll-pin"))
        .anyMatch(line -> line.matches("union-intact +holds"));
  }

  @Test
  void aloneItLeavesNothingToRun() {
    CommandLineRun run = CommandLineRun.of("audit", "--design", "" + design().replace(";", ""));
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("gupstress: MyPin.java does not compile\n  MyPin.java:1:");
  }

  private OwnFile design() {
    return OwnFile.design(directory, "MyPin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw new IllegalStateException(\"not today\");"
            + "|operation pin page0 threw java.lang.IllegalStateException: not today",
        "return pin(mm, cpu, page);|operation pin page0 threw java.lang.StackOverflowError",
        "while (page != 0) {} return true;|operation pin page0 threw java.lang.IllegalStateException:"
            + " pin, line",
        "for (;;) { switch ((int) page) { case 7: return true; default: } }|does not come to an end",
        "while (true) try { mm.memory().mb(); } finally { continue; }|does not come to an end",
        "while (mm.memory().readOnce64(mm.signalWord()) == 0) {} return true;"
            + "|pin page0 goes round in circles and sees nothing new: it wants to read signal",
        "for (long i = 1; i != 0; i++) mm.memory().writeOnce64(mm.signalWord(), i); return true;"
            + "|endless: pin page0 made",
        "Object kept = null; while (true) kept = new Object[] {kept};|does not come to an end",
        "List<long[]> all = new java.util.ArrayList<>(); while (true) all.add(new long[1 << 18]);"
            + "|does not come to an end",
        "String all = \"a\"; while (true) all = all + all;|does not come to an end",
        "return new long[Integer.MAX_VALUE].length == 0;|does not come to an end",
        "return new long[-1].length == 0;|operation pin page0 threw java.lang.NegativeArraySize",
        "mm.memory().write64(8, 1); return true;|wild-pointer",
        "mm.lru().node().gupLock().lock(); return true;|deadlock",
        "mm.ownLock(0).lock(); return true;|there is no lock 0: locks() declares 0",
        "return mm.ownWord(cpu, 1) > 0;|there is no word 1: wordsPerCpu() declares 0",
        "return mm.ext(page) > 0;|there is no byte 0: bytesOutsidePage() declares 0",
        "mm.memory().addFull32(page + 56, 1); return true;"
            + "|contract: page0.mem_cgroup += 1 reaches into mem_cgroup"
      })
  void whatItDoesIsAFinding(String body, String says) {
    assertFinding(design().pinning(body), says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw new IllegalStateException(\"ask again\");"
            + "|isPinned of my-pin threw java.lang.IllegalStateException: ask again",
        "while (page != 0) {} return true;|isPinned, line",
        "while (mm.memory().readOnce64(page) != 7) {} return true;|isPinned, line",
        "return isPinned(mm, page);|isPinned of my-pin threw java.lang.StackOverflowError",
        "mm.memory().write64(page, 0); return true;|a query must leave memory as it is"
      })
  void whatItsQueryDoesIsAFinding(String body, String says) {
    assertFinding(design().answering(body), says);
  }

  @Test
  void whatNothingCanStopIsAFindingToo() {
    OwnFile design = design()
        .having("static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }")
        .pinning("return fib(48) > 0;");
    assertFinding(design, "operation pin page0 loops without touching memory");
  }

  private static final String FIB =
      "static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }";

  @Test
  void aQueryThatNothingCanStopIsNamed() {
    OwnFile design = design().having(FIB).answering("return fib(60) > 0;");
    assertFinding(design, "contract: isPinned of my-pin does not come to an end");
  }

  @Test
  void aDeclarationThatNothingCanStopIsNamed() {
    OwnFile design = design()
        .having(FIB)
        .replace("locks() { return List.of(); }", "locks() { fib(60); return List.of(); }");
    assertRefused("" + design, "MyPin.java: locks() does not come to an end");
  }

  @Test
  void whatDoesNotEndEndsAStorm() {
    OwnFile design = design().having(FIB).pinning("return fib(60) > 0;");
    CommandLineRun run = CommandLineRun.of(
        "storm",
        "--pages",
        "4096",
        "--cpus",
        "1",
        "--duration",
        "1s",
        "--json",
        "" + directory.resolve("r"),
        "--design",
        "" + design);
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(run.out()).contains("endless", "waits for nothing and does not end");
  }

  /** In a machine of its own, with little memory. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return grow(new long[0]) > 0;"
            + "|operation pin page0 threw java.lang.IllegalStateException: grow, line 100, allocates"
            + " without bound: more than 16 MiB in one operation",
        "return doubled(new java.util.ArrayList<>(List.of(page))) > 0;"
            + "|operation pin page0 allocates without bound: java.lang.OutOfMemoryError"
      })
  void whatTakesAllMemoryIsAFindingAndTheOtherIsHeardAgain(String body, String says)
      throws Exception {
    OwnFile design = design()
        .having("static long grow(long[] more) { return grow(new long[1 << 16]) + more.length; }")
        .having("static int doubled(java.util.ArrayList<Long> list) {"
            + " while (list.size() > 0) { list.addAll(list); } return 0; }")
        .pinning(body);
    Path out = directory.resolve("out");
    int status = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Xss8m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "audit",
            "--json",
            directory.resolve("result.json").toString(),
            "--scenario",
            "pin-unpin,pin-vs-drain",
            "--design",
            design + ",foll-pin")
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start()
        .waitFor();
    String text = Files.readString(out).replaceAll("\\s+", " ");
    assertThat(text)
        .contains("contract: " + says)
        .containsPattern("union-intact incomplete holds")
        .doesNotContain("internal error");
    assertThat(status).isEqualTo(ExitStatus.SURPRISED);
  }

  @Test
  void stateInAnotherClassOfTheFileIsRefused() {
    OwnFile design = design().pinning("return Kept.PINS.length > 0;");
    design.with(design.text() + "class Kept { static final long[] PINS = new long[1]; }");
    assertRefused("" + design, "field PINS of Kept can change");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "System.exit(0); return true;|pin calls java.lang.System.exit",
        "Runtime.getRuntime().halt(0); return true;|pin calls java.lang.Runtime.halt",
        "new Thread(() -> {}).start(); return true;|pin calls java.lang.Thread.start",
        "List.of(1).parallelStream(); return true;|pin calls java.util.List.parallelStream",
        "return Math.random() < 0.5;|pin calls java.lang.Math.random",
        "return new java.util.Random().nextBoolean();|pin calls java.util.Random",
        "return System.nanoTime() > 0;|pin calls java.lang.System.nanoTime",
        "return java.time.Instant.now() != null;|pin calls java.time.Instant.now",
        "return new Object().hashCode() > 0;|pin calls java.lang.Object.hashCode",
        "Runnable r = System::gc; return r != null;|pin calls java.lang.System.gc",
        "System.out.println(page); return true;|pin uses java.lang.System.out",
        "synchronized (this) { return true; }|pin synchronizes",
        "return new java.util.ArrayList<Long>(2000000000).isEmpty();|java.util.ArrayList.<init>(int)",
        "return new long[9][9].length > 0;|pin makes an array of arrays",
        "try { mm.memory().mb(); } catch (Throwable t) {} return true;"
            + "|pin catches java.lang.Throwable",
        "try { mm.memory().mb(); } catch (RuntimeException t) {} return true;"
            + "|pin catches java.lang.RuntimeException",
        "try { return pin(mm, cpu, page); } catch (StackOverflowError t) { return true; }"
            + "|pin catches java.lang.StackOverflowError",
        "try { return pin(mm, cpu, page); } catch (VirtualMachineError t) { return true; }"
            + "|pin catches java.lang.VirtualMachineError",
        "try { return pin(mm, cpu, page); } catch (OutOfMemoryError t) { return true; }"
            + "|pin catches java.lang.OutOfMemoryError",
        "try { return pin(mm, cpu, page); } catch (Error t) { return true; }"
            + "|pin catches java.lang.Error",
        "try { while (page != 0) {} } catch (IllegalStateException t) {} return true;"
            + "|pin catches java.lang.IllegalStateException",
        "return (\"\" + new Object()).isEmpty();|pin makes a text of java.lang.Object",
        "return new Object().toString().isEmpty();|pin calls java.lang.Object.toString",
        "return toString().isEmpty();|pin calls java.lang.Object.toString",
        "return hashCode() > 0;|pin calls java.lang.Object.hashCode",
        "return String.valueOf(cpu).isEmpty();|pin makes a text of java.lang.Object",
        "return List.of(mm).toString().isEmpty();|toString: only numbers, texts and enums have the same text each time",
        "for (int i : java.util.Set.of(1, 2)) { return i == 1; } return true;"
            + "|pin calls java.util.Set.of: the order of its elements",
        "return java.util.Arrays.deepHashCode(new Object[] {mm}) > 0;"
            + "|pin calls java.util.Arrays.deepHashCode",
        "return \"i\".toUpperCase().isEmpty();|toUpperCase: it is another on a machine",
        "return java.util.Optional.of(mm).hashCode() > 0;|pin calls java.util.Optional.hashCode",
        "try { mm.memory().mb(); } finally { return true; }|pin returns from a finally",
        "for (int i = 0; i < 3; i++) { try { mm.memory().mb(); } finally { continue; } } return true;"
            + "|pin returns from a finally",
        "return java.util.Map.of(1, 2).isEmpty();|pin calls java.util.Map.of",
        "return java.util.Set.copyOf(List.of(1, 2)).isEmpty();|pin calls java.util.Set.copyOf",
        "return org.gupstress.explore.Options.DEFAULT != null;|pin uses org.gupstress.explore.Options"
      })
  void whatItUsesIsRefused(String body, String says) {
    assertRefused("" + design().pinning(body), "MyPin.java does what it may not", says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "private int pins; void more() { pins++; }|more writes field pins",
        "private static long pins; void more() { pins++; }|more writes field pins",
        "private final int[] pins = new int[1];|field pins of MyPin can change",
        "private static final List<Long> PINS = new java.util.ArrayList<>();"
            + "|field PINS of MyPin can change",
        "static final class Kept { Object last; }|field last of Kept can change",
        "interface Count { long next(); } private final Count count = new Count() {"
            + " final long[] pins = new long[1]; public long next() { return pins[0]++; } };"
            + "|field pins of 1 can change",
        "interface Count { long next(); } private final Count count = of(new long[1]);"
            + " static Count of(long[] pins) { return () -> pins[0]++; }"
            + "|field count of MyPin can change",
        "interface Count { long next(); } private static final Count COUNT = of(new long[1]);"
            + " static Count of(long[] pins) { return () -> pins[0]++; }"
            + "|field COUNT of MyPin can change",
        "static { System.exit(3); }|<clinit> calls java.lang.System.exit",
        "public MyPin() { while (true) {} }|the constructor threw java.lang.IllegalStateException",
        "private MyPin() {}|no public constructor without parameters",
        "public MyPin(int bias) {}|no public constructor without parameters",
        "synchronized void wait(int n) {}|wait is synchronized",
        "native void call();|call is native"
      })
  void whatItIsIsRefused(String member, String says) {
    assertRefused("" + design().having(member), "MyPin.java", says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"my-pin\"|\"<b>my-pin</b>\"|id(): expected a lower-case letter",
        "\"my-pin\"|\"my-pin\\\" onclick=\\\"x\"|id(): expected a lower-case letter",
        "\"my-pin\"|\"\\u001b[31m\"|found ?[31m",
        "\"my-pin\"|\"../my-pin\"|id(): expected a lower-case letter",
        "\"my-pin\"|\"foll-pin\"|id(): expected another one than a shipped design has",
        "\"my-pin\"|null|id(): expected a lower-case letter",
        "return \"my-pin\";|while (true) {}|id() threw java.lang.IllegalStateException",
        "\"a pin is one more reference\"|\"\"|summary(): expected one line",
        "bytesOutsidePage() { return 0; }|bytesOutsidePage() { return 12; }|a multiple of 8",
        "bytesOutsidePage() { return 0; }|bytesOutsidePage() { return 1 << 30; }|0 to 4096",
        "wordsPerCpu() { return 0; }|wordsPerCpu() { return -1; }|wordsPerCpu(): expected 0 to 64",
        "refsPerPin() { return 1; }|refsPerPin() { return 0; }|refsPerPin(): expected 1 to",
        "discriminators() { return 0; }|discriminators() { return 3; }|bit 0 clear",
        "locks() { return List.of(); }|locks() { return List.of(\"a\", \"a\"); }|locks(): expected at most 8 different names",
        "implements PinDesign|implements Runnable|MyPin is not abstract",
        "public final class|final class|expected a public class that is not abstract",
        "class MyPin implements PinDesign|class Other implements PinDesign|MyPin.java does not compile"
      })
  void whatItSaysOfItselfIsRefused(String old, String now, String says) {
    assertRefused("" + design().replace(old, now), says);
  }

  @Test
  void aSummaryWithMarkupIsText() {
    OwnFile design = design().replace("a pin is one", "<script>&]]>\\u001b[31m is one");
    CommandLineRun run = audit("" + design);
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out()).doesNotContain("\u001b");
  }

  @Test
  void theCompilerSaysLineAndColumn() {
    OwnFile design = design().pinning("int x = \"a\"; return y;");
    int line =
        1 + design.text().substring(0, design.text().indexOf("int x")).split("\n").length - 1;
    assertRefused(
        "" + design,
        "MyPin.java does not compile",
        "  MyPin.java:" + line + ":59: incompatible types",
        "cannot find symbol; symbol:   variable y");
  }

  @Test
  void whatIsNoSourceIsRefused() throws IOException {
    Path file = directory.resolve("MyPin.java");
    assertRefused("" + file, "there is no file");
    Files.writeString(file, "");
    assertRefused("" + file, "MyPin.java has no class MyPin: it is empty");
    Files.writeString(file, "public class MyPin {}");
    assertRefused("" + file, "class MyPin is no PinDesign");
    Files.writeString(file, "// \u00e9", ISO_8859_1);
    assertRefused("" + file, "MyPin.java is not text in UTF-8");
    Files.writeString(file, "/".repeat((1 << 20) + 1));
    assertRefused("" + file, "MyPin.java is too large");
    Files.writeString(
        file, "class MyPin { int x = " + "(".repeat(9999) + "1" + ")".repeat(9999) + "; }");
    assertRefused("" + file, "MyPin.java does not compile");
    Files.delete(file);
    Files.createDirectory(file);
    assertRefused("" + file, "MyPin.java is a directory");
    assertRefused("" + directory.resolve("my-pin.java"), "my-pin.java");
  }

  @Test
  void thePackageOfTheModelIsItsOwn() {
    OwnFile design = design();
    design.with("package org.gupstress.design;\n" + design.text());
    assertRefused("" + design, "it is in package org.gupstress");
    design.with(design.text().replace("package org.gupstress.design;", "package my.own;"));
    assertThat(audit("" + design).status()).isEqualTo(ExitStatus.AS_EXPECTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "super(\"my-race\"|super(\"<i>\"|id(): expected a lower-case letter",
        "super(\"my-race\"|super(\"pin-unpin\"|another one than a shipped scenario has",
        "cpus(2, 2, 3, 1, 0)|cpus(2, 2, 99, 1, 0)|cpus().max(): expected 1 to 8, found 99",
        "cpus(2, 2, 3, 1, 0)|cpus(2, 1, 3, 1, 0)|cpus().usual(): expected 2 to 3, found 1",
        "rounds(1, 1, 1)|rounds(0, 1, 1)|rounds().min(): expected 1 to 1, found 0",
        "pages(1)|pages(1 << 30)|shape().pages(): expected 1 to 64",
        "extends Spec|extends Thread|does not compile",
        "pages(1);|int i = 0; while (i < 1) {}|the constructor threw",
        "pages(1);|System.exit(0);|calls java.lang.System.exit"
      })
  void aBadScenarioIsRefused(String old, String now, String says) {
    OwnFile race = OwnFile.scenario(directory, "MyRace").replace(old, now);
    CommandLineRun run =
        CommandLineRun.of("audit", "--design", "foll-pin", "--scenario", "" + race);
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("gupstress: ").contains(says).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Boot.inPagevecOf(mm, 0, 0)|{ while (mm != null) {} }|in boot, MyRace.java:17: java.lang."
            + "IllegalStateException: lambda$new$0, line 17, does not come to an end",
        "Boot.inPagevecOf(mm, 0, 0)|{ throw new IllegalStateException(\"no\"); }"
            + "|in boot, MyRace.java:17: java.lang.IllegalStateException: no",
        "List.of(drain())|null|in the program of cpu0: java.lang.IllegalArgumentException:"
            + " expected a list of operations, found null",
        "overlap(m, \"drain\", \"gup_fast\")|m.running(7) == null|MyRace.java:21: there is no CPU 7:"
            + " there are 2, from 0 to 1"
      })
  void aScenarioThatBreaksIsNoFaultOfTheDesign(String old, String now, String says) {
    OwnFile race = OwnFile.scenario(directory, "MyRace").replace(old, now);
    CommandLineRun run =
        CommandLineRun.of("explore", "--design", "foll-pin", "--scenario", "" + race);
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("gupstress: the scenario my-race broke in ")
        .contains(says)
        .doesNotContain("\tat ");
  }
}
