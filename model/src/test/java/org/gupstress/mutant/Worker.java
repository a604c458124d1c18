// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process of its own that judges changes: reads, one a line, the number of a change, from which
 * to which of its cells to ask, and how many took other steps, and answers with a row. It ends
 * itself when code runs in it that does not end.
 */
final class Worker {
  /** In front of the last row. */
  static final String LAST = "last ";

  private Worker() {}

  /** @param args the file of the coverage */
  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Judge judge = new Judge(Coverage.of(Path.of(args[0]), 1));
    List<Change> changes = new ArrayList<>(Generated.all().changes().values());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (!judge.isStuck()) {
      String line = in.readLine();
      if (line == null) {
        break;
      }
      int[] numbers = Stream.of(line.split(" ")).mapToInt(Integer::parseInt).toArray();
      Row row = judge.judge(changes.get(numbers[0]), numbers[1], numbers[2], numbers[3]);
      out.println((judge.isStuck() ? LAST : "") + row.text());
    }
    Runtime.getRuntime().halt(0);
  }
}
