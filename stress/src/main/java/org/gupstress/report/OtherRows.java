// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The rows of a result.json that a run leaves as they are: those of other engines, and those of
 * tests of its own engine that it did not run.
 */
public final class OtherRows {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** A row, of which test of which engine; empty if it does not say. */
  private record Row(String engine, String test, String text) {
    boolean isOf(String wanted) {
      return engine.equals(wanted);
    }
  }

  private final List<Row> rows;

  private OtherRows(List<Row> rows) {
    this.rows = rows;
  }

  public static OtherRows none() {
    return new OtherRows(List.of());
  }

  /** Those that other engines have written into a file that is about to be replaced. */
  public static OtherRows than(String engine, Path file) throws IOException {
    return of(file).keep(row -> !row.isOf(engine));
  }

  /**
   * Those of a file that is about to be replaced; none if there is no file yet, or nothing in it.
   *
   * @throws IOException with a sentence if the file is something else than a result
   */
  public static OtherRows of(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      return none();
    }
    if (ResultRows.read(file, row -> {})) {
      throw new IOException(file + " is cut off: it ends in the middle of the rows");
    }
    List<Row> rows = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = FACTORY.createParser(in)) {
      for (JsonToken at = json.nextToken(); at != null; at = json.nextToken()) {
        if (at == JsonToken.START_OBJECT && isRow(json)) {
          rows.add(row(json));
        }
      }
    }
    return new OtherRows(rows);
  }

  /** Without the rows of these tests of an engine. */
  public OtherRows without(String engine, Set<String> tests) {
    return keep(row -> !row.isOf(engine) || !tests.contains(row.test()));
  }

  /** The tests of an engine that have a row. */
  public Set<String> tests(String engine) {
    Set<String> tests = new TreeSet<>();
    rows.stream().filter(row -> row.isOf(engine)).forEach(row -> tests.add(row.test()));
    return tests;
  }

  private OtherRows keep(Predicate<Row> kept) {
    return new OtherRows(rows.stream().filter(kept).toList());
  }

  private static boolean isRow(JsonParser json) {
    JsonStreamContext array = json.getParsingContext().getParent();
    return array.inArray()
        && "rows".equals(array.getParent().getCurrentName())
        && array.getParent().getParent().inRoot();
  }

  private static Row row(JsonParser json) throws IOException {
    StringWriter text = new StringWriter();
    String engine = "";
    String test = "";
    try (JsonGenerator copy = FACTORY.createGenerator(text)) {
      copy.writeStartObject();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        copy.writeFieldName(field);
        json.nextToken();
        if (field.equals("engine")) {
          engine = json.getText();
        } else if (field.equals("test")) {
          test = json.getText();
        }
        copy.copyCurrentStructure(json);
      }
      copy.writeEndObject();
    }
    return new Row(engine, test, text.toString());
  }

  void writeTo(JsonGenerator json) throws IOException {
    for (Row row : rows) {
      try (JsonParser copy = FACTORY.createParser(row.text())) {
        copy.nextToken();
        json.copyCurrentStructure(copy);
      }
    }
  }
}
