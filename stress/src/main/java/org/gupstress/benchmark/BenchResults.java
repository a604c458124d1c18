// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gupstress.result.Fields;
import org.gupstress.result.Row;

/** The rows of benchmarks. */
public record BenchResults(
    List<BenchFigure> figures,
    List<BenchFit> fits,
    List<BenchComparison> comparisons,
    List<BenchShape> shapes) {
  /** The engine of these rows. */
  public static final String ENGINE = "bench";

  /** None yet. */
  public BenchResults() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  public boolean isEmpty() {
    return figures.isEmpty();
  }

  /** The questions, in order. */
  public Set<String> questions() {
    Set<String> questions = new LinkedHashSet<>();
    figures.forEach(figure -> questions.add(figure.question()));
    return questions;
  }

  /** What there is of one question. */
  public BenchResults of(String question) {
    return new BenchResults(
        figures.stream().filter(row -> row.question().equals(question)).toList(),
        fits.stream().filter(row -> row.question().equals(question)).toList(),
        comparisons.stream().filter(row -> row.question().equals(question)).toList(),
        shapes.stream().filter(row -> row.question().equals(question)).toList());
  }

  /** A label without the method, where all figures are of one. */
  public String shown(String label) {
    Set<String> methods = new LinkedHashSet<>();
    figures.forEach(figure -> methods.add(figure.benchmark() + " "));
    String method = methods.iterator().next();
    return methods.size() == 1 && label.startsWith(method)
        ? label.substring(method.length())
        : label;
  }

  /** All rows. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    figures.forEach(figure -> rows.add(figure::write));
    fits.forEach(fit -> rows.add(fit::write));
    comparisons.forEach(comparison -> rows.add(comparison::write));
    shapes.forEach(shape -> rows.add(shape::write));
    return rows;
  }

  static void head(String row, String question, JsonGenerator json) throws IOException {
    json.writeStringField("row", row);
    json.writeStringField("question", question);
  }

  /** A value with its interval; null where noise hides it. */
  static void measured(String name, double value, double error, JsonGenerator json)
      throws IOException {
    Precision precision = Precision.of(value, error);
    boolean isHidden = precision == Precision.HIDDEN;
    json.writeStringField("precision", precision.id());
    decimal(name, isHidden ? Double.NaN : value, json);
    decimal("error", isHidden ? Double.NaN : error, json);
  }

  static void decimal(String name, double value, JsonGenerator json) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }

  /** Takes a row that {@link #rows} wrote. */
  public void take(Fields row) throws IOException {
    String kind = row.text("row");
    switch (kind) {
      case BenchFigure.ROW -> figures.add(BenchFigure.read(row));
      case BenchFit.ROW -> fits.add(BenchFit.read(row));
      case BenchComparison.ROW -> comparisons.add(BenchComparison.read(row));
      case BenchShape.ROW -> shapes.add(BenchShape.read(row));
      default ->
        throw new IOException("expected a figure, fit, comparison or shape, found " + kind);
    }
  }
}
