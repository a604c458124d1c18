// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The model's foll-pin against the kernel of this machine: the cost of the pin and the unpin of a
 * page, 512 ptes at once. Model and kernel take turns. Each figure is the median of its turns, and
 * the factor is the median of the factors of the turns.
 *
 * <p>Usage: {@code java -cp bench/target/benchmarks.jar org.gupstress.bench.KernelComparison}, with
 * {@code cc} installed, which compiles KernelPin.c, and a kernel with io_uring. An argument names
 * another program: it takes the mebibytes to pin and prints "pin N ns/page, unpin N ns/page". The
 * kernel does more for a page than the model: it walks the upper levels, accounts locked memory and
 * fills a table of pages.
 */
public final class KernelComparison {
  private static final String SOURCE = "KernelPin.c";
  private static final int TURNS = 5;
  private static final int MISUSED = 2;

  /** 512 pages. */
  private static final String MEBIBYTES = "2";

  private static final Pattern COST =
      Pattern.compile("pin ([0-9.]+) ns/page, unpin ([0-9.]+) ns/page");

  private KernelComparison() {}

  public static void main(String[] args) throws InterruptedException, RunnerException {
    try {
      compare(args);
    } catch (IOException e) {
      System.err.println("KernelComparison: " + e.getMessage());
      System.exit(MISUSED);
    }
  }

  private static void compare(String[] args)
      throws IOException, InterruptedException, RunnerException {
    PeerProgram.need("cc", "gcc");
    Path dir = Files.createTempDirectory("kernel-pin");
    Path source =
        args.length > 0 ? Path.of(args[0]).toAbsolutePath() : PeerProgram.resource(SOURCE, dir);
    PeerProgram.run(dir, "cc", "-O2", "-w", "-o", "kernel-pin", source.toString());
    double[] pin = new double[TURNS];
    double[] unpin = new double[TURNS];
    double[] both = new double[TURNS];
    double[] model = new double[TURNS];
    double[] factor = new double[TURNS];
    for (int i = 0; i < TURNS; i++) {
      Matcher cost = cost(PeerProgram.run(dir, "./kernel-pin", MEBIBYTES));
      pin[i] = Double.parseDouble(cost.group(1));
      unpin[i] = Double.parseDouble(cost.group(2));
      both[i] = pin[i] + unpin[i];
      model[i] = model();
      factor[i] = model[i] / both[i];
    }
    System.out.printf(
        Locale.ROOT,
        "ns per page of 512, medians of %d     pin    unpin     both%n"
            + "%-32s %8.1f %8.1f %8.1f%n"
            + "%-50s %8.1f%n"
            + "%-50s %8.2f%n",
        TURNS,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        PeerProgram.median(pin),
        PeerProgram.median(unpin),
        PeerProgram.median(both),
        "foll-pin through get_user_pages_fast of the model",
        PeerProgram.median(model),
        "model of kernel",
        PeerProgram.median(factor));
  }

  private static Matcher cost(List<String> lines) throws IOException {
    for (String line : lines) {
      Matcher cost = COST.matcher(line);
      if (cost.find()) {
        return cost;
      }
    }
    throw new IOException(
        "expected \"pin N ns/page, unpin N ns/page\", found: " + String.join("\n", lines));
  }

  private static double model() throws RunnerException {
    Options options = new OptionsBuilder()
        .include("^" + Pattern.quote(GupFast.class.getName() + ".pinAndUnpin") + "$")
        .param("design", "foll-pin")
        .param("ptes", "512")
        .forks(1)
        .warmupIterations(5)
        .warmupTime(TimeValue.milliseconds(300))
        .measurementIterations(20)
        .measurementTime(TimeValue.milliseconds(50))
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .build();
    return new Runner(options).runSingle().getPrimaryResult().getStatistics().getPercentile(50);
  }
}
