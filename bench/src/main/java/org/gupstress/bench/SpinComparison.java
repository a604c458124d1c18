// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;

/**
 * The explorer against SPIN with partial-order reduction on the same protocol: {@code rfc-oct} in
 * {@code pin-unpin}, production kernel, one thread. Both run in turns.
 *
 * <p>Usage: {@code java -cp bench/target/benchmarks.jar org.gupstress.bench.SpinComparison}, with
 * {@code spin} and {@code cc} installed. The model for SPIN is PinUnpinOctober.pml in this jar. An
 * argument names another one; it takes -DCPUS and -DROUNDS, or -DNP and -DR.
 *
 * <p>Each figure is the median of five processes. SPIN's is the run of its compiled verifier alone.
 * Ours are the seconds of the search (state graph, all claims, shortest counterexamples):
 * {@code cold} in a new JVM, {@code last} at the end of a JVM that has explored all designs.
 */
public final class SpinComparison {
  static final String MODEL = "PinUnpinOctober.pml";

  private static final int RUNS = 5;
  private static final int MISUSED = 2;
  private static final int[][] SIZES = {{3, 2}, {4, 1}};

  private SpinComparison() {}

  public static void main(String[] args) throws InterruptedException {
    try {
      compare(args);
    } catch (IOException e) {
      System.err.println("SpinComparison: " + e.getMessage());
      System.exit(MISUSED);
    }
  }

  private static void compare(String[] args) throws IOException, InterruptedException {
    if (args.length == 3 && args[0].startsWith("--")) {
      child(args[0].equals("--last"), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
      return;
    }
    PeerProgram.need("spin", "spin");
    PeerProgram.need("cc", "gcc");
    Path model = args.length > 0
        ? Path.of(args[0]).toAbsolutePath()
        : PeerProgram.resource(MODEL, Files.createTempDirectory("spin-model"));
    if (!Files.isReadable(model)) {
      throw new IOException("expected a readable model for SPIN, found none at " + model);
    }
    System.out.printf(
        "%-8s %12s %12s %10s %9s %9s %7s %7s %9s%n",
        "CPUsxR",
        "SPIN states",
        "our states",
        "SPIN s",
        "cold s",
        "last s",
        "cold/S",
        "last/S",
        "peak MiB");
    for (int[] size : SIZES) {
      compare(model, size[0], size[1]);
    }
  }

  private static void compare(Path model, int cpus, int rounds)
      throws IOException, InterruptedException {
    Path dir = verifier(model, cpus, rounds);
    double[] spin = new double[RUNS];
    double[] cold = new double[RUNS];
    double[] last = new double[RUNS];
    String spinStates = "?";
    String[] ours = {};
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      spinStates = states(verify(dir));
      spin[i] = (System.nanoTime() - start) / 1e9;
      ours = search(dir, "--cold", cpus, rounds);
      cold[i] = Double.parseDouble(ours[1]);
      last[i] = Double.parseDouble(search(dir, "--last", cpus, rounds)[1]);
    }
    System.out.printf(
        Locale.ROOT,
        "%-8s %12s %12s %10.3f %9.3f %9.3f %7.2f %7.2f %9s%n",
        cpus + "x" + rounds,
        spinStates,
        ours[0],
        PeerProgram.median(spin),
        PeerProgram.median(cold),
        PeerProgram.median(last),
        PeerProgram.median(cold) / PeerProgram.median(spin),
        PeerProgram.median(last) / PeerProgram.median(spin),
        ours[2]);
  }

  /** Translates a model and compiles its verifier. */
  static Path verifier(Path model, int cpus, int rounds) throws IOException, InterruptedException {
    Path dir = Files.createTempDirectory("spin");
    PeerProgram.run(
        dir,
        "spin",
        "-DCPUS=" + cpus,
        "-DROUNDS=" + rounds,
        "-DNP=" + cpus,
        "-DR=" + rounds,
        "-a",
        model.toString());
    PeerProgram.run(dir, "cc", "-O2", "-DMEMLIM=8000", "-o", "pan", "pan.c");
    return dir;
  }

  /** What the verifier prints: it goes on after an error, and invalid end states are none. */
  static List<String> verify(Path dir) throws IOException, InterruptedException {
    return PeerProgram.run(dir, "./pan", "-E", "-c0", "-m100000");
  }

  static String states(List<String> report) throws IOException {
    for (String line : report) {
      if (line.contains("states, stored")) {
        return line.strip().split(" ", -1)[0];
      }
    }
    throw new IOException("expected the number of states, found: " + String.join("\n", report));
  }

  private static String[] search(Path dir, String mode, int cpus, int rounds)
      throws IOException, InterruptedException {
    List<String> lines = PeerProgram.run(
        dir,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString(),
        SpinComparison.class.getName(),
        mode,
        Integer.toString(cpus),
        Integer.toString(rounds));
    return lines.get(lines.size() - 1).split(" ", -1);
  }

  /** Prints states, seconds and the peak memory of this process in MiB. */
  private static void child(boolean afterAll, int cpus, int rounds) throws IOException {
    if (afterAll) {
      for (Scenario scenario : Catalogue.all()) {
        for (PinDesign design : Designs.all()) {
          for (Kernel kernel : Kernel.usual()) {
            Explorer.explore(Plan.usual(design, scenario, kernel), Options.DEFAULT);
          }
        }
      }
    }
    Plan plan = Plans.of("rfc-oct", "pin-unpin", Kernel.PRODUCTION, cpus, rounds);
    Result result = Explorer.explore(plan, Options.DEFAULT);
    if (result.stopped() != null || result.violations().isEmpty()) {
      throw new IllegalStateException("the search did not do its work: " + result.stopped());
    }
    System.out.println(result.states() + " " + result.seconds() + " " + peakMebibytes());
  }

  private static String peakMebibytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return "?";
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM")) {
        return Long.toString(Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024);
      }
    }
    return "?";
  }
}
