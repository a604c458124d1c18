// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gupstress.benchmark.BenchResults;
import org.gupstress.result.ResultReader;
import org.gupstress.text.Format;
import org.gupstress.text.Sheet;

/**
 * The tables and pictures of {@code bench/README.md}, made from the rows of one run,
 * {@code bench/figures/rows.json}. A table stands between {@code <!-- bench GupFast -->} and
 * {@code <!-- end -->}; the text around it is written by hand.
 */
public final class BenchPage {
  /** How tables and pictures are made again, from the root of the repository. */
  static final String COMMAND =
      "java -cp stress/target/gupstress.jar org.gupstress.report.BenchPage bench";

  private static final String ROWS = "figures/rows.json";
  private static final String PAGE = "README.md";
  private static final Pattern TABLE =
      Pattern.compile("(<!-- bench (\\w+) -->\n)(?s:.*?)(<!-- end -->)");

  private BenchPage() {}

  /** Makes them again in the directory that is the only argument. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1 || !Files.isRegularFile(Path.of(args[0], PAGE))) {
      System.err.println("expected the directory of the module bench, as in: " + COMMAND);
      System.exit(2);
    }
    Path bench = Path.of(args[0]);
    BenchResults results = rows(bench);
    Path page = bench.resolve(PAGE);
    Files.writeString(page, page(Files.readString(page), results));
    for (String question : results.questions()) {
      try (var out = Files.newOutputStream(picture(bench, question))) {
        BenchSvg.write(results, question, out);
      }
    }
  }

  static Path picture(Path bench, String question) {
    return bench.resolve("figures/" + question + ".svg");
  }

  static BenchResults rows(Path bench) throws IOException {
    BenchResults results = new BenchResults();
    ResultReader.read(bench.resolve(ROWS), row -> {
      if (row.text("engine").equals(BenchResults.ENGINE)) {
        results.take(row);
      }
    });
    return results;
  }

  /** The page with the tables of these rows. */
  static String page(String page, BenchResults results) {
    return TABLE
        .matcher(page)
        .replaceAll(table -> Matcher.quoteReplacement(table.group(1) + "```text\n"
            + table(results, table.group(2)) + "```\n" + table.group(3)));
  }

  private static String table(BenchResults results, String question) {
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      BenchText.question(results, question, new Sheet(out, Format.TERMINAL, false));
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
