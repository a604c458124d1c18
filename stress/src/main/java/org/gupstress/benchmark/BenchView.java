// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.io.IOException;
import java.io.OutputStream;

/** Shows the rows of benchmarks: a run has rows, and does not know how they look. */
public interface BenchView {
  /** Prints the tables of all questions. */
  void print(BenchResults results);

  /** Draws the picture of a question. */
  void draw(BenchResults results, String question, OutputStream svg) throws IOException;
}
