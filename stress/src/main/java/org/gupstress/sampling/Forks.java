// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.TestExecutor;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.DiskWriteCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.ConsoleReportPrinter;
import org.openjdk.jcstress.infra.grading.HTMLReportPrinter;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.OSSupport;
import org.openjdk.jcstress.os.Scheduler;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.os.topology.Topology;
import org.openjdk.jcstress.vm.CompileMode;
import org.openjdk.jcstress.vm.VMSupport;
import org.openjdk.jcstress.vm.VMSupport.Config;

/**
 * The main class of the JVM that forks jcstress's configurations, made of the parts of jcstress of
 * which its own main class is made.
 *
 * <p>That one probes the machine for seconds, runs all its tests, and leaves nothing if it does not
 * come to its end. This one probes once, then runs the test that it is told to, again and again,
 * and every configuration that has ended leaves a result file of its own. Its parent plans, knows
 * what the last test took, and may stop it whenever it likes.
 *
 * <p>Orders are "run TEST MILLIS", answered by "planned N" and then "done", and "report", answered
 * by "reported"; the end of the orders ends it.
 */
public final class Forks {
  static final String READY = "ready";
  static final String RUN = "run";
  static final String PLANNED = "planned";
  static final String DONE = "done";
  static final String REPORT = "report";
  static final String REPORTED = "reported";

  /** How the name of a result file ends. */
  static final String RESULT = ".bin.gz";

  /** The one that holds the results of all tests, made last. */
  static final String ALL = "all" + RESULT;

  /** jcstress runs all with it as well, where the JDK has it; no test of ours has a monitor. */
  private static final String BIASED = "-XX:+UseBiasedLocking";

  private static final Path HERE = Path.of(".");

  private final PrintStream answers;
  private final String[] options;
  private final Scheduler scheduler;
  private final InProcessCollector results = new InProcessCollector();
  private int written;

  private Forks(PrintStream answers, String[] options) throws IOException {
    this.answers = answers;
    this.options = options;
    Options parsed = options(1);
    OSSupport.init();
    VMSupport.initFlags(parsed);
    VMSupport.detectAvailableVMConfigs(
        parsed.isSplitCompilation(), parsed.getJvmArgs(), parsed.getJvmArgsPrepend());
    this.scheduler = new Scheduler(Topology.get(), parsed.getCPUCount());
  }

  /** Takes orders; the arguments are options of jcstress. */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Forks forks = new Forks(answers, args);
    answers.println(READY);
    try (BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        forks.obey(order.split(" ", -1));
      }
    }
  }

  private void obey(String[] order) throws IOException {
    if (order[0].equals(RUN)) {
      run(Jcstress.PACKAGE + order[1], options(Integer.parseInt(order[2])));
    } else if (order[0].equals(REPORT)) {
      report(options(1));
    }
  }

  private Options options(int millis) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-time", Integer.toString(millis), "-r", "."));
    Options parsed = new Options(all.toArray(String[]::new));
    if (!parsed.parse()) {
      throw new IllegalArgumentException("jcstress 0.16 does not take " + all);
    }
    return parsed;
  }

  private void run(String test, Options parsed) throws IOException {
    List<TestConfig> configurations = configurations(TestList.getInfo(test), parsed);
    answers.println(PLANNED + " " + configurations.size());
    if (!configurations.isEmpty()) {
      ConsoleReportPrinter printer = new ConsoleReportPrinter(
          parsed, new PrintWriter(System.err, true, StandardCharsets.UTF_8), configurations.size());
      TestExecutor executor = new TestExecutor(
          parsed.verbosity(),
          result -> {
            printer.add(result);
            keep(result);
          },
          scheduler);
      printer.setExecutor(executor);
      executor.runAll(configurations);
    }
    answers.println(DONE);
  }

  private List<TestConfig> configurations(TestInfo test, Options parsed) {
    List<TestConfig> all = new ArrayList<>();
    for (Config config : VMSupport.getAvailableVMConfigs()) {
      if (config.args().contains(BIASED)) {
        continue;
      }
      int forks = parsed.getForks() * (config.stress() ? parsed.getForksStressMultiplier() : 1);
      for (SchedulingClass scheduling :
          scheduler.scheduleClasses(test.threads(), parsed.getCPUCount(), parsed.affinityMode())) {
        for (int mode : modes(test.threads(), parsed)) {
          for (int fork = 0; fork < forks && runsWith(config, mode, test.threads()); fork++) {
            all.add(new TestConfig(parsed, test, fork, config.args(), mode, scheduling));
          }
        }
      }
    }
    return all;
  }

  private static int[] modes(int actors, Options parsed) {
    return parsed.isSplitCompilation() && VMSupport.compilerDirectivesAvailable()
        ? CompileMode.casesFor(actors, VMSupport.c1Available(), VMSupport.c2Available())
        : new int[] {CompileMode.UNIFIED};
  }

  private static boolean runsWith(Config config, int mode, int actors) {
    return mode == CompileMode.UNIFIED || !config.onlyIfC2() || CompileMode.hasC2(mode, actors);
  }

  /** Whole or not at all: the parent reads what is there when it stops us. */
  private synchronized void keep(TestResult result) {
    results.add(result);
    String name = result.getName().substring(Jcstress.PACKAGE.length());
    try {
      Path unfinished = HERE.resolve(name + ".unfinished");
      write(unfinished, List.of(result));
      Files.move(unfinished, HERE.resolve(name + "-" + written++ + RESULT));
    } catch (IOException e) {
      System.err.println("cannot keep a result of " + name + ": " + e);
    }
  }

  private static void write(Path file, Iterable<TestResult> results) throws IOException {
    DiskWriteCollector disk = new DiskWriteCollector(file.toString());
    try {
      results.forEach(disk::add);
    } finally {
      disk.close();
    }
  }

  /** All results in one file, and the pages that jcstress makes of them. */
  private synchronized void report(Options parsed) throws IOException {
    write(HERE.resolve(ALL), results.getTestResults());
    new HTMLReportPrinter(parsed, results, System.err).work();
    answers.println(REPORTED);
  }
}
