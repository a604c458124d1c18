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
 * The model's foll-pin against the kernel of this machine: what the pin and the unpin of a page
 * cost, 512 ptes at once, in turns in this run; each the best of fifteen tries, as the program has
 * it.
 *
 * <p>Usage: {@code java -cp bench/target/benchmarks.jar org.gupstress.bench.KernelComparison
 * KERNEL_PIN.c}, with {@code cc} installed. The program takes the mebibytes to pin and prints "pin
 * N ns/page, unpin N ns/page". The kernel does more for a page than the model: it walks the upper
 * levels, accounts locked memory and fills a table of pages.
 */
public final class KernelComparison {
  private static final int RUNS = 5;

  /** As many as the program tries. */
  private static final int BEST_OF = 15;

  /** 512 pages. */
  private static final String MEBIBYTES = "2";

  private static final Pattern COST =
      Pattern.compile("pin ([0-9.]+) ns/page, unpin ([0-9.]+) ns/page");

  private KernelComparison() {}

  public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
    Path source = Peer.source(args, "a C program that pins memory");
    Path dir = Files.createTempDirectory("kernel-pin");
    Peer.run(dir, "cc", "-O2", "-w", "-o", "kernel_pin", source.toString());
    double[] pin = new double[RUNS];
    double[] unpin = new double[RUNS];
    double[] both = new double[RUNS];
    double[] model = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      Matcher cost = cost(Peer.run(dir, "./kernel_pin", MEBIBYTES));
      pin[i] = Double.parseDouble(cost.group(1));
      unpin[i] = Double.parseDouble(cost.group(2));
      both[i] = pin[i] + unpin[i];
      model[i] = model();
    }
    System.out.printf(
        Locale.ROOT,
        "ns per page of 512, medians of %d     pin    unpin     both%n"
            + "%-32s %8.1f %8.1f %8.1f%n"
            + "%-50s %8.1f%n"
            + "%-50s %8.2f%n",
        RUNS,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Peer.median(pin),
        Peer.median(unpin),
        Peer.median(both),
        "foll-pin through get_user_pages_fast of the model",
        Peer.median(model),
        "model of kernel",
        Peer.median(model) / Peer.median(both));
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
        .measurementIterations(BEST_OF)
        .measurementTime(TimeValue.milliseconds(100))
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .build();
    return new Runner(options).runSingle().getPrimaryResult().getStatistics().getMin();
  }
}
