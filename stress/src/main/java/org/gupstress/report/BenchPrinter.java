// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.io.IOException;
import java.io.OutputStream;
import org.gupstress.benchmark.BenchResults;
import org.gupstress.benchmark.BenchView;
import org.gupstress.text.Sheet;

/** Shows a run of benchmarks as {@code report} shows its result file. */
public final class BenchPrinter implements BenchView {
  private final Sheet sheet;
  private BenchResults printed = new BenchResults();

  /** On which tables are printed. */
  public BenchPrinter(Sheet sheet) {
    this.sheet = sheet;
  }

  @Override
  public void print(BenchResults results) {
    BenchText.print(results, sheet);
    printed = results;
  }

  /** What was printed last; none, if nothing was. */
  public BenchResults printed() {
    return printed;
  }

  @Override
  public void draw(BenchResults results, String question, OutputStream svg) throws IOException {
    BenchSvg.write(results, question, svg);
  }
}
