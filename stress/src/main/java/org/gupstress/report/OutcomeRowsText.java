// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.io.IOException;
import org.gupstress.result.Fields;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** The outcome tests again, from the rows of their run. */
final class OutcomeRowsText {
  private final Table table =
      new Table("test", "outcome", "grade", "samples", "frequency").numbersFrom(3);
  private int rows;

  boolean isEmpty() {
    return rows == 0;
  }

  void take(Fields row) throws IOException {
    rows++;
    String test = row.text("test");
    if (row.list("outcomes").isEmpty()) {
      table.add(test, row.text("verdict"), "", "", "");
    }
    for (Fields outcome : row.list("outcomes")) {
      table.add(
          test,
          outcome.text("outcome"),
          outcome.text("grade"),
          Numbers.count(outcome.number("samples")),
          Numbers.share(outcome.decimal("frequency")));
    }
  }

  void print(Sheet sheet) {
    sheet.text(Ink.BOLD, "", Numbers.of(rows, "outcome test") + " on real threads");
    table.print(sheet);
  }
}
