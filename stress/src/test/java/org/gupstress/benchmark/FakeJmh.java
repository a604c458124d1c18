// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A benchmarks.jar that measures nothing: takes JMH's options, and writes and prints what JMH does.
 * A fork of every benchmark of rfc-nov fails.
 */
public final class FakeJmh {
  private static final String NAME = FakeJmh.class.getSimpleName();

  /** What it does. */
  enum Conduct {
    AS_JMH,
    /** Writes a result that ends in the middle. */
    BROKEN_JSON,
    /** Says why and writes nothing. */
    NO_JSON,
    /** Never ends. */
    ENDLESS,
    /** Never ends from the third round on. */
    ENDLESS_LATER,
    /** Every other round takes twice as long. */
    NOISY
  }

  private FakeJmh() {}

  /** One that does as JMH. */
  public static Path jar(Path file) {
    return jar(file, Conduct.AS_JMH);
  }

  static Path jar(Path file, Conduct conduct) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeJmh.class.getName());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      String path = FakeJmh.class.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new JarEntry(path));
      try (InputStream in = FakeJmh.class.getClassLoader().getResourceAsStream(path)) {
        in.transferTo(jar);
      }
      jar.putNextEntry(new JarEntry("conduct"));
      jar.write(conduct.name().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    String conduct;
    try (InputStream in = FakeJmh.class.getResourceAsStream("/conduct")) {
      conduct = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
    String directory = Path.of("").toAbsolutePath().getParent().getFileName().toString();
    int round = Integer.parseInt(directory.replace("round-", ""));
    if (conduct.equals("ENDLESS") || (conduct.equals("ENDLESS_LATER") && round > 2)) {
      Thread.sleep(600_000);
    }
    if (conduct.equals("NO_JSON")) {
      System.out.println("No matching benchmarks. Miss-spelled regexp?");
      System.exit(1);
    }
    System.out.println("# Class path: " + System.getProperty("java.class.path"));
    String benchmark = args[0].replace("^\\Q", "").replace("\\E$", "");
    List<String> all = new ArrayList<>(List.of(""));
    Path file = Path.of("none");
    int forks = 0;
    for (int i = 1; i < args.length - 1; i++) {
      if (args[i].equals("-p")) {
        String[] param = args[i + 1].split("=", -1);
        List<String> more = new ArrayList<>();
        for (String before : all) {
          for (String value : param[1].split(",", -1)) {
            more.add(before + (before.isEmpty() ? "" : ", ") + param[0] + " = " + value);
          }
        }
        all = more;
      } else if (args[i].equals("-rff")) {
        file = Path.of(args[i + 1]);
      } else if (args[i].equals("-f")) {
        forks = Integer.parseInt(args[i + 1]);
      }
    }
    StringBuilder json = new StringBuilder("[");
    for (String params : all) {
      System.out.println("# Benchmark: " + benchmark);
      System.out.println("# Parameters: (" + params + ")\n");
      if (params.contains("rfc-nov")) {
        System.out.println("<failure>\n\njava.lang.IllegalStateException: " + NAME + " says so");
        System.out.println("\tat org.gupstress.bench.Nowhere(Nowhere.java:1)\n");
      } else {
        json.append(json.length() > 1 ? "," : "")
            .append(result(
                benchmark, params, forks, conduct.equals("NOISY") && round % 2 == 0 ? 2 : 1));
      }
    }
    if (!conduct.equals("BROKEN_JSON")) {
      json.append("]");
    }
    Files.writeString(file, json);
  }

  private static String result(String benchmark, String params, int forks, int factor) {
    String fork =
        (",[100.0, " + 3.0 * factor + ", " + 5.0 * factor + "]").repeat(forks).substring(1);
    String object = params.replaceAll("([^ ,]+) = ([^ ,]+)", "\"$1\": \"$2\"");
    return "{\"benchmark\": \"" + benchmark + "\", \"threads\": 1, \"params\": {" + object
        + "}, \"primaryMetric\": {\"score\": 36.0, \"scoreError\": \"NaN\", \"scoreUnit\": \"ns/op\","
        + " \"rawData\": [" + fork + "]}, \"secondaryMetrics\": {}}";
  }
}
