// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gupstress.design.Designs;
import org.gupstress.memory.MixedSizeSelfTest;
import org.gupstress.report.Nearest;
import org.jspecify.annotations.Nullable;

/**
 * Runs outcome tests: plans the configurations for the budget, lets jcstress run them in JVMs of
 * its own, one question after the other, reads what it left behind, and holds it against the
 * explorer.
 *
 * <p>Results are written again after every question, so an interrupted run leaves the rows of all
 * questions that were finished. Every run has a directory of its own, with jcstress's reports.
 */
public final class OutcomeRun {
  /** As in every command: all as it should be. */
  public static final int OK = 0;

  /** A forbidden outcome, or a known defect that was never seen. */
  public static final int NOT_AS_EXPECTED = 1;

  public static final int USAGE = 2;
  public static final int NOTHING_RAN = 3;
  public static final int BUDGET_SPENT = 4;
  public static final int INTERNAL = 5;

  private static final long DISK_BYTES_MIN = 64L << 20;
  private static final Pattern PLANNED = Pattern.compile("Results: ([0-9]+) planned");

  /**
   * What to run.
   *
   * @param designs ids, or empty for all
   * @param tests names of questions or of tests, or empty for all
   * @param budget null: as long as the profile takes
   * @param beyondCpus also run the tests that have more actors than there are processors
   * @param directory under which the run makes one of its own
   * @param json where the rows go
   * @param junit where JUnit XML goes, or null
   * @param read a result file of jcstress to report on, instead of a run; or null
   */
  public record Options(
      Profile profile,
      List<String> designs,
      List<String> tests,
      @Nullable Duration budget,
      boolean beyondCpus,
      Path directory,
      Path json,
      @Nullable Path junit,
      @Nullable Path read) {}

  /** A wish that cannot be fulfilled. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refused(int status, String sentence) {
      super(sentence);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private final Options options;
  private final PrintWriter out;
  private final long start = System.nanoTime();
  private final int processors = Runtime.getRuntime().availableProcessors();
  private final Map<String, OutcomeRow> rows = new LinkedHashMap<>();
  private boolean budgetSpent;

  private OutcomeRun(Options options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /** Runs them; returns the exit status. */
  public static int run(Options options, PrintWriter out, PrintWriter err) {
    try {
      return new OutcomeRun(options, out).all();
    } catch (Refused refused) {
      err.println("gupstress: " + refused.getMessage());
      return refused.status();
    } catch (NoClassDefFoundError missing) {
      err.println("gupstress: jcstress.jar must lie beside gupstress.jar; not found: "
          + missing.getMessage());
      return USAGE;
    } catch (IOException | UncheckedIOException e) {
      err.println("gupstress: cannot write results: " + e.getMessage());
      return USAGE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return INTERNAL;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private int all() throws IOException, InterruptedException, Refused {
    List<OutcomeTest> chosen = choose();
    Path read = options.read();
    if (read != null) {
      read(read, chosen);
      return report(chosen, "read from " + read);
    }
    checkMemory();
    List<OutcomeTest> forked = new ArrayList<>();
    List<OutcomeTest> here = new ArrayList<>();
    for (OutcomeTest test : chosen) {
      if (test.actors() <= processors) {
        forked.add(test);
      } else if (options.beyondCpus()) {
        here.add(test);
      } else {
        skip(
            test,
            "needs " + test.actors() + " processors, there are " + processors
                + "; --actors-beyond-cpus runs it all the same");
      }
    }
    int millis = plan(forked, here);
    Path directory = makeDirectory();
    for (List<OutcomeTest> question : byQuestion(forked)) {
      fork(question, millis, directory);
      save();
    }
    for (OutcomeTest test : here) {
      runHere(test, millis);
      save();
    }
    return report(chosen, "jcstress's own reports: " + directory);
  }

  private int report(List<OutcomeTest> chosen, String source) throws IOException, Refused {
    if (rows.isEmpty()) {
      throw new Refused(NOTHING_RAN, "nothing was chosen, so nothing ran");
    }
    save();
    new OutcomeText(out).print(sorted());
    out.printf("Results: %s; %s%n", options.json(), source);
    return status(chosen);
  }

  /** Takes what somebody ran with jcstress's own main class. */
  private void read(Path file, List<OutcomeTest> chosen) throws Refused {
    if (!Files.isReadable(file)) {
      throw new Refused(USAGE, "there is no result file " + file);
    }
    Jcstress.Contents contents = Jcstress.read(file);
    if (!contents.complaint().isEmpty()) {
      throw new Refused(USAGE, contents.complaint());
    }
    for (OutcomeTest test : chosen) {
      List<Jcstress.Execution> own = of(test, contents);
      if (!own.isEmpty()) {
        rows.put(
            test.name(), new OutcomeRow(test, Prediction.of(test.rig()), own, own.size(), "", ""));
      }
    }
  }

  private static List<Jcstress.Execution> of(OutcomeTest test, Jcstress.Contents contents) {
    return contents.executions().stream()
        .filter(execution -> execution.test().equals(test.name()))
        .toList();
  }

  // ---- before the run

  private List<OutcomeTest> choose() throws Refused {
    List<OutcomeTest> all = Jcstress.tests();
    for (String design : options.designs()) {
      if (Designs.all().stream().noneMatch(known -> known.id().equals(design))) {
        throw unknown("design", design, Designs.all().stream().map(known -> known.id()));
      }
    }
    for (String wanted : options.tests()) {
      if (all.stream().noneMatch(test -> isMeant(test, wanted))) {
        throw unknown(
            "test",
            wanted,
            all.stream()
                .flatMap(test -> Stream.of(test.name(), test.question()))
                .distinct());
      }
    }
    List<OutcomeTest> chosen = new ArrayList<>();
    for (OutcomeTest test : all) {
      boolean named = options.tests().isEmpty()
          || options.tests().stream().anyMatch(wanted -> isMeant(test, wanted));
      boolean designed = options.designs().isEmpty()
          || (!test.question().equals("UnionTearing")
              && options.designs().contains(test.rig().plan().design().id()));
      if (named && designed) {
        chosen.add(test);
      }
    }
    if (chosen.isEmpty()) {
      throw new Refused(NOTHING_RAN, "no test is about both the design and the question chosen");
    }
    return chosen;
  }

  private static boolean isMeant(OutcomeTest test, String wanted) {
    return test.name().equalsIgnoreCase(wanted) || test.question().equalsIgnoreCase(wanted);
  }

  static Refused unknown(String what, String wanted, Stream<String> known) {
    String nearest = String.join(", ", Nearest.to(wanted, known.toList()));
    return new Refused(
        USAGE, "no " + what + " is called \"" + wanted + "\"; the nearest are " + nearest);
  }

  private static void checkMemory() throws Refused {
    String torn = MixedSizeSelfTest.onThisMachine();
    if (torn != null) {
      throw new Refused(
          INTERNAL, "64- and 32-bit accesses to the same bytes tear on this machine: " + torn);
    }
  }

  /** The length of an iteration; leaves out of the lists what does not fit into the budget. */
  private int plan(List<OutcomeTest> forked, List<OutcomeTest> here) throws Refused {
    Profile profile = options.profile();
    Duration budget = options.budget();
    int tests = forked.size() + here.size();
    if (budget == null || tests == 0) {
      return profile.millis();
    }
    double seconds =
        budget.toMillis() / 1e3 - byQuestion(forked).size() * Profile.SECONDS_PER_INVOCATION;
    int millis = profile.millisFor(tests, seconds);
    if (millis > 0) {
      return millis;
    }
    double left = budget.toMillis() / 1e3;
    String question = "";
    List<OutcomeTest> all = new ArrayList<>(forked);
    all.addAll(here);
    int kept = 0;
    for (OutcomeTest test : all) {
      left -= test.question().equals(question) ? 0 : Profile.SECONDS_PER_INVOCATION;
      question = test.question();
      left -= profile.secondsPerTest(Profile.shortest());
      if (left < 0) {
        break;
      }
      kept++;
    }
    if (kept == 0) {
      throw new Refused(
          BUDGET_SPENT,
          String.format(
              Locale.ROOT,
              "a budget of %d s is too small for one test: it takes about %.0f s in this profile",
              budget.toSeconds(),
              Profile.SECONDS_PER_INVOCATION + profile.secondsPerTest(Profile.shortest())));
    }
    for (OutcomeTest test : all.subList(kept, all.size())) {
      forked.remove(test);
      here.remove(test);
      notCovered(test);
    }
    return Profile.shortest();
  }

  private void notCovered(OutcomeTest test) {
    budgetSpent = true;
    skip(test, "the budget was spent");
  }

  private Path makeDirectory() throws IOException, Refused {
    Path directory = options
        .directory()
        .toAbsolutePath()
        .resolve("run-"
            + LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS")));
    Files.createDirectories(directory);
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < DISK_BYTES_MIN) {
      throw new Refused(
          USAGE,
          String.format(
              "no room for results in %s: expected %d MB free, found %d MB",
              options.directory(), DISK_BYTES_MIN >> 20, free >> 20));
    }
    Path parent = options.json().toAbsolutePath().getParent();
    if (parent == null || !Files.isWritable(parent) || Files.isDirectory(options.json())) {
      throw new Refused(USAGE, "cannot write " + options.json());
    }
    return directory;
  }

  private static List<List<OutcomeTest>> byQuestion(List<OutcomeTest> tests) {
    return List.copyOf(tests.stream()
        .collect(
            Collectors.groupingBy(OutcomeTest::question, LinkedHashMap::new, Collectors.toList()))
        .values());
  }

  // ---- the run

  private double secondsLeft() {
    Duration budget = options.budget();
    return budget == null
        ? Double.MAX_VALUE
        : budget.toMillis() / 1e3 - (System.nanoTime() - start) / 1e9;
  }

  private void fork(List<OutcomeTest> tests, int millis, Path directory)
      throws IOException, InterruptedException {
    String question = tests.get(0).question();
    if (secondsLeft() < Profile.SECONDS_PER_INVOCATION + Profile.SECONDS_PER_FORK) {
      tests.forEach(this::notCovered);
      return;
    }
    Path mine = Files.createDirectories(directory.resolve(question));
    Path console = mine.resolve("console.txt");
    Process jcstress = new ProcessBuilder(command(
            options.profile().options(millis),
            tests.stream().map(OutcomeTest::name).toList()))
        .directory(mine.toFile())
        .redirectErrorStream(true)
        .redirectOutput(console.toFile())
        .start();
    boolean ended;
    try {
      ended = jcstress.waitFor((long) Math.min(secondsLeft() * 1e3, 1e12), TimeUnit.MILLISECONDS);
    } finally {
      jcstress.descendants().forEach(ProcessHandle::destroyForcibly);
      jcstress.destroyForcibly();
    }
    Jcstress.Contents contents = contents(mine);
    int planned = planned(console) / tests.size();
    for (OutcomeTest test : tests) {
      List<Jcstress.Execution> own = of(test, contents);
      if (own.isEmpty() && !ended) {
        notCovered(test);
        continue;
      }
      String whyNot = !own.isEmpty()
          ? ""
          : contents.complaint().isEmpty()
              ? "jcstress left it out; see " + console
              : contents.complaint();
      budgetSpent |= own.size() < planned && !ended;
      rows.put(
          test.name(),
          new OutcomeRow(
              test,
              Prediction.of(test.rig()),
              own,
              planned,
              whyNot,
              mine.resolve("index.html").toString()));
    }
    out.printf(
        Locale.ROOT,
        "%s: %d tests, %d configurations, %.0f s%n",
        question,
        tests.size(),
        contents.executions().size(),
        (System.nanoTime() - start) / 1e9);
    out.flush();
  }

  /** The command that runs jcstress with these options on these tests, in the current directory. */
  static List<String> command(List<String> options, List<String> tests) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-cp");
    command.add(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator)));
    command.add("org.openjdk.jcstress.Main");
    command.addAll(options);
    command.addAll(List.of("-r", "."));
    command.add("-t");
    command.add(tests.stream()
        .map(test -> Pattern.quote(Jcstress.PACKAGE + test))
        .collect(Collectors.joining("|", "^(", ")$")));
    return command;
  }

  static Jcstress.Contents contents(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      Path result =
          files.filter(file -> file.toString().endsWith(".bin.gz")).findFirst().orElse(null);
      return result == null
          ? new Jcstress.Contents(List.of(), "jcstress wrote no result")
          : Jcstress.read(result);
    }
  }

  /** What jcstress said it would run: the last it said. */
  private static int planned(Path console) throws IOException {
    int planned = 0;
    Matcher said = PLANNED.matcher(Files.readString(console));
    while (said.find()) {
      planned = Integer.parseInt(said.group(1));
    }
    return planned;
  }

  private void runHere(OutcomeTest test, int millis) {
    Profile profile = options.profile();
    int iterations = profile.iterations() * profile.configurationsPerTest();
    double seconds = iterations * millis / 1e3;
    if (secondsLeft() < seconds) {
      notCovered(test);
      return;
    }
    Jcstress.Execution execution = Jcstress.runHere(test, iterations, millis);
    test.rig().close();
    rows.put(
        test.name(),
        new OutcomeRow(test, Prediction.of(test.rig()), List.of(execution), 1, "", ""));
    out.printf(
        Locale.ROOT, "%s: in process, %.0f s%n", test.name(), (System.nanoTime() - start) / 1e9);
    out.flush();
  }

  private void skip(OutcomeTest test, String whyNot) {
    rows.put(
        test.name(), new OutcomeRow(test, Prediction.of(test.rig()), List.of(), 0, whyNot, ""));
  }

  // ---- after it

  private void save() throws IOException {
    List<OutcomeRow> sorted = sorted();
    Duration budget = options.budget();
    double seconds = budget == null ? 0 : budget.toMillis() / 1e3;
    replace(options.json(), file -> OutcomeJson.write(sorted, seconds, file));
    Path junit = options.junit();
    if (junit != null) {
      replace(junit, file -> OutcomeJunit.write(sorted, file));
    }
  }

  private List<OutcomeRow> sorted() {
    return rows.values().stream()
        .sorted(Comparator.comparing((OutcomeRow row) -> row.test().name()))
        .toList();
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static void replace(Path file, Content content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream stream = Files.newOutputStream(beside)) {
      content.writeTo(stream);
    }
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private int status(List<OutcomeTest> chosen) {
    boolean ran = false;
    boolean incomplete = false;
    for (OutcomeRow row : rows.values()) {
      if (!row.forbidden().isEmpty() || row.isControlLost()) {
        return NOT_AS_EXPECTED;
      }
      ran |= row.hasRun();
      boolean excused = row.test().actors() > processors && options.tests().isEmpty();
      incomplete |= !row.isComplete() && !excused;
    }
    if (budgetSpent) {
      return BUDGET_SPENT;
    }
    return !ran || incomplete || chosen.isEmpty() ? NOTHING_RAN : OK;
  }
}
