// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.mutant.Change.Place;
import org.jspecify.annotations.Nullable;

/**
 * The file of what became of each change. A row is appended as soon as it is known, and the last
 * one of a place counts, so that a run can be stopped anywhere.
 */
final class Rows {
  /** What is known of the sources in the same tree. */
  static final Path RECORD =
      Path.of("src", "test", "resources", "org", "gupstress", "mutant", "mutants.tsv");

  private final Path file;
  private final Map<Place, Row> rows = new LinkedHashMap<>();

  Rows(Path file) {
    this.file = file;
    try {
      if (Files.exists(file)) {
        Files.readAllLines(file).stream()
            .map(Row::parse)
            .filter(row -> row.verdict() != Verdict.PENDING)
            .forEach(row -> rows.put(row.place(), row));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All rows of the record, also of changes that are not generated any more. */
  static List<Row> recorded() {
    try {
      return Files.readAllLines(RECORD).stream().map(Row::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nullable
  synchronized Row of(Place place) {
    return rows.get(place);
  }

  /** One for each change that is generated, in the order of the sources. */
  synchronized List<Row> all() {
    return Generated.all().changes().values().stream()
        .map(change -> rows.getOrDefault(change.place(), Row.pending(change)))
        .toList();
  }

  synchronized void append(Row row) {
    rows.put(row.place(), row);
    write(List.of(row), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Writes the file anew: one row for each change that is generated, in order. */
  synchronized void tidy() {
    write(all(), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void write(List<Row> some, StandardOpenOption... how) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, some.stream().map(Row::text).toList(), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
