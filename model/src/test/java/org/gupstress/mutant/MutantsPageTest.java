// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MutantsPageTest {
  @Test
  void thePageIsThatOfTheRecord() throws IOException {
    assertThat(Files.readString(MutantsPage.PAGE))
        .as("MutantsPage, run in the module's directory, writes it")
        .isEqualTo(new MutantsPage(Rows.recorded()).text());
  }

  /** The control: a row that has another verdict shows. */
  @Test
  void aRowThatIsChangedShows() {
    List<Row> rows = Rows.recorded();
    List<Row> changed = new ArrayList<>(rows);
    int caught = rows.indexOf(
        rows.stream().filter(row -> row.verdict() == Verdict.CAUGHT).findFirst().orElseThrow());
    Row row = rows.get(caught);
    changed.set(caught, new Row(row.place(), row.line(), Verdict.SURVIVED, "", "", 1, 1, 0, 0));
    assertThat(new MutantsPage(changed).text()).isNotEqualTo(new MutantsPage(rows).text());
  }
}
