// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.outcome.OutcomeTests;
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.SpinLoopStyle;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.vm.CompileMode;

/**
 * All that we use of jcstress beyond its annotations, and beyond what {@link Forks} does with it in
 * a JVM of its own. Its classes are public and undocumented: what is read from them is copied out
 * here.
 */
final class Jcstress {
  /** The names of tests begin with it. */
  static final String PACKAGE = OutcomeTests.PACKAGE;

  /** The mode of what ran in this JVM. */
  static final String IN_PROCESS = "in process";

  private static final int FOOTPRINT_MB = 100;
  private static final int STRIDE_SIZE = 256;
  private static final int STRIDE_COUNT = 40;

  private Jcstress() {}

  // ---- what a run has left behind

  /**
   * One configuration of one test, run.
   *
   * @param mode how its actors were compiled
   * @param flags of its JVM
   * @param seconds its iterations, as long as they should have been
   * @param counts samples by outcome
   * @param complaint what jcstress says went wrong, or empty
   */
  record Execution(
      String test,
      String mode,
      String flags,
      double seconds,
      Map<String, Long> counts,
      String complaint) {
    long samples() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Samples per second. */
    double rate() {
      return samples() / seconds;
    }
  }

  /**
   * What a result file holds. A file that ends too early gives what comes before its end.
   *
   * @param complaint why not all of it could be read, or empty
   */
  record Contents(List<Execution> executions, String complaint) {
    List<Execution> of(OutcomeTest test) {
      return executions.stream()
          .filter(execution -> execution.test().equals(test.name()))
          .toList();
    }

    /** How many configurations the test has that has most, of those with so many actors. */
    int configurations(int actors) {
      Map<String, Integer> each = new TreeMap<>();
      for (Execution execution : executions) {
        String name = PACKAGE + execution.test();
        if (TestList.tests().contains(name) && TestList.getInfo(name).threads() == actors) {
          each.merge(execution.test(), 1, Integer::sum);
        }
      }
      return each.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
  }

  /** Reads a binary result file. */
  static Contents read(Path file) {
    SerialResults results = SerialResults.read(file);
    List<Execution> executions = new ArrayList<>();
    try {
      for (TestResult result : results.results()) {
        if (result.getName().startsWith(PACKAGE)) {
          TestConfig config = result.getConfig();
          executions.add(execution(
              result.getName().substring(PACKAGE.length()),
              mode(config.getCompileMode(), config.threads),
              flags(config.jvmArgs),
              config.iters * config.time / 1e3,
              result));
        }
      }
    } catch (RuntimeException e) {
      // it has all of jcstress's objects, but not as jcstress makes them
      return new Contents(
          List.of(), "cannot read " + file + ": it was not written by jcstress 0.16 (" + e + ")");
    }
    return new Contents(executions, results.complaint());
  }

  /** Reads all result files of a directory; where one holds what the others do, only that one. */
  static Contents readAll(Path directory) throws Refused {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(file -> file.toString().endsWith(Forks.RESULT))
          .filter(file -> FileKind.of(file) == null)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Refused.misused("cannot read " + directory + ": " + FileKind.why(e));
    }
    if (files.isEmpty()) {
      throw Refused.misused("there is no result file (*" + Forks.RESULT + ") in " + directory);
    }
    Path whole = directory.resolve(Forks.ALL);
    if (files.contains(whole)) {
      return read(whole);
    }
    List<Execution> executions = new ArrayList<>();
    for (Path file : files) {
      Contents contents = read(file);
      if (!contents.complaint().isEmpty()) {
        return contents;
      }
      executions.addAll(contents.executions());
    }
    return new Contents(executions, "");
  }

  private static Execution execution(
      String test, String mode, String flags, double seconds, TestResult result) {
    Map<String, Long> counts = new TreeMap<>();
    for (String outcome : result.getStateKeys()) {
      counts.put(outcome, result.getCount(outcome));
    }
    boolean isFine = result.status() == Status.NORMAL;
    String complaint = isFine
        ? ""
        : result.status() + " " + String.join(" ", result.getMessages()).strip();
    return new Execution(test, mode, flags, seconds, counts, complaint);
  }

  /** Those in which the configurations of a run differ. */
  private static String flags(List<String> jvmArgs) {
    return jvmArgs.stream()
        .filter(flag -> !Profile.FLAGS.contains(flag))
        .collect(Collectors.joining(" "));
  }

  /** Like C2/interpreter: each actor's compiler. */
  private static String mode(int mode, int actors) {
    if (mode == CompileMode.UNIFIED) {
      return "unified";
    }
    StringJoiner each = new StringJoiner("/");
    for (int actor = 0; actor < actors; actor++) {
      each.add(
          CompileMode.isInt(mode, actor)
              ? "interpreter"
              : CompileMode.isC1(mode, actor) ? "C1" : "C2");
    }
    return each.toString();
  }

  // ---- more actors than processors

  /**
   * Runs a test in this JVM: jcstress itself refuses to fork one that has more actors than there
   * are processors. The actors yield while they wait for each other.
   */
  static Execution runHere(OutcomeTest test, int iterations, int millis) {
    TestInfo info = TestList.getInfo(PACKAGE + test.name());
    try {
      Runner<?> runner = Class.forName(info.generatedRunner())
          .asSubclass(Runner.class)
          .getConstructor(ForkedTestConfig.class)
          .newInstance(config(info, iterations, millis));
      return execution(test.name(), IN_PROCESS, "", iterations * millis / 1e3, runner.run());
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException("jcstress 0.16 has no such runner any more", e);
    }
  }

  /** There is no other constructor to be had than the one that reads what a parent JVM sends. */
  private static ForkedTestConfig config(TestInfo info, int iterations, int millis)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream sent = new DataOutputStream(bytes);
    sent.writeInt(SpinLoopStyle.THREAD_YIELD.ordinal());
    sent.writeInt(millis);
    sent.writeInt(iterations);
    sent.writeUTF(info.generatedRunner());
    sent.writeInt(FOOTPRINT_MB);
    sent.writeInt(STRIDE_SIZE);
    sent.writeInt(STRIDE_COUNT);
    sent.writeBoolean(false);
    return new ForkedTestConfig(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
