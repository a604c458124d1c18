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
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result.json that other engines have written: a run replaces those of its own engine
 * alone.
 */
public final class OtherRows {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final List<String> rows;

  private OtherRows(List<String> rows) {
    this.rows = rows;
  }

  public static OtherRows none() {
    return new OtherRows(List.of());
  }

  /**
   * Those of a file that is about to be replaced; none if there is no file yet, or nothing in it.
   *
   * @throws IOException with a sentence if the file is something else than a result
   */
  public static OtherRows than(String engine, Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      return none();
    }
    if (ResultRows.read(file, row -> {})) {
      throw new IOException(file + " is cut off: it ends in the middle of the rows");
    }
    List<String> rows = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = FACTORY.createParser(in)) {
      for (JsonToken at = json.nextToken(); at != null; at = json.nextToken()) {
        String row = at == JsonToken.START_OBJECT && isRow(json) ? row(engine, json) : null;
        if (row != null) {
          rows.add(row);
        }
      }
    }
    return new OtherRows(rows);
  }

  private static boolean isRow(JsonParser json) {
    JsonStreamContext array = json.getParsingContext().getParent();
    return array.inArray()
        && "rows".equals(array.getParent().getCurrentName())
        && array.getParent().getParent().inRoot();
  }

  /** The text of a row, or null if this engine wrote it. */
  private static @Nullable String row(String engine, JsonParser json) throws IOException {
    StringWriter text = new StringWriter();
    boolean own = false;
    try (JsonGenerator copy = FACTORY.createGenerator(text)) {
      copy.writeStartObject();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        copy.writeFieldName(field);
        json.nextToken();
        own |= "engine".equals(field) && engine.equals(json.getText());
        copy.copyCurrentStructure(json);
      }
      copy.writeEndObject();
    }
    return own ? null : text.toString();
  }

  void writeTo(JsonGenerator json) throws IOException {
    for (String row : rows) {
      try (JsonParser copy = FACTORY.createParser(row)) {
        copy.nextToken();
        json.copyCurrentStructure(copy);
      }
    }
  }
}
