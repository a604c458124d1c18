// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gupstress.mutant.Change.Place;
import org.junit.jupiter.api.Test;

/**
 * What the record says is caught is caught still. A run performs a {@link Sample}; what is judged
 * for hours is {@link CampaignTest}'s.
 */
class GeneratedMutantsTest {
  private static final int SAMPLE_SIZE = 16;

  private static List<Row> caught() {
    return new Rows(Rows.RECORD)
        .all().stream().filter(row -> row.verdict() == Verdict.CAUGHT).toList();
  }

  @Test
  void whatWasCaughtIsCaught() throws InterruptedException, ExecutionException {
    List<Row> sample = Sample.of("generated mutants that were caught", caught(), SAMPLE_SIZE);
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.max(1, Runtime.getRuntime().availableProcessors()));
    Map<Row, Future<Optional<Caught>>> heard = new LinkedHashMap<>();
    sample.forEach(row -> heard.put(
        row, pool.submit(() -> judge(row, Generated.all().changed(changeOf(row)), cells(row)))));
    pool.shutdown();
    List<String> survivors = new ArrayList<>();
    for (Map.Entry<Row, Future<Optional<Caught>>> each : heard.entrySet()) {
      if (each.getValue().get().isEmpty()) {
        survivors.add(survives(each.getKey()));
      }
    }
    assertThat(survivors).isEmpty();
  }

  /** The control: a change that changes nothing, under the name of one that was caught. */
  @Test
  void whatIsNotCaughtAnyMoreIsNamed() {
    Row row = caught().get(0);
    List<Cell> cells = List.of(row.caughtIn());
    assertThat(judge(row, Sources.read(row.place().file()), cells)).isEmpty();
    assertThat(judge(row, Generated.all().changed(changeOf(row)), cells)).isPresent();
    assertThat(survives(row)).contains(row.place().toString(), row.cell(), "survives");
  }

  /** A record of other sources would let the sample pass by having nothing to draw from. */
  @Test
  void theRecordIsOfTheseSources() {
    List<Row> recorded = Rows.recorded();
    long known = recorded.stream()
        .filter(row -> Generated.all().changes().containsKey(row.place()))
        .count();
    assertThat(known)
        .as(
            "of %d rows: mvn -Pmutants -pl model test judges what is generated now",
            recorded.size())
        .isGreaterThan(recorded.size() / 2);
    assertThat(caught()).hasSizeGreaterThan(SAMPLE_SIZE);
  }

  @Test
  void eachChangeHasANameOfItsOwnAndChangesItsSource() {
    Generated all = Generated.all();
    assertThat(all.changes()).hasSizeGreaterThan(1_000);
    all.changes()
        .values()
        .forEach(change -> assertThat(all.changed(change))
            .as(change.place().toString())
            .isNotEqualTo(all.source(change)));
    assertThat(all.changes().keySet()).extracting(Place::unit).containsAll(Generated.UNITS);
    assertThat(all.changes().keySet()).extracting(Place::operator).contains(Operator.values());
  }

  @Test
  void aRowIsReadAsItWasWritten() {
    Row row = caught().get(0);
    assertThat(Row.parse(row.text())).isEqualTo(row);
    assertThatThrownBy(() -> Row.parse("lru/Isolation\tisolate"))
        .hasMessage("expected 14 fields, found 2: lru/Isolation\tisolate");
  }

  private static Change changeOf(Row row) {
    return Generated.all().changes().get(row.place());
  }

  private static Optional<Caught> judge(Row row, String source, List<Cell> cells) {
    return MutantLoader.of(row.place().file(), source).judge(cells).caught();
  }

  /** The cell that caught it first, then all of the design. */
  private static List<Cell> cells(Row row) {
    List<Cell> cells = new ArrayList<>(List.of(row.caughtIn()));
    cells.addAll(Cells.of(List.of(row.caughtIn().design())));
    return cells;
  }

  private static String survives(Row row) {
    return row.place() + " survives; it was caught in " + row.cell() + " by " + row.by();
  }
}
