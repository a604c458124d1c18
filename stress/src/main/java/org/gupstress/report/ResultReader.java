// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a result.json that may come from anywhere. */
final class ResultReader {
  private static final long BYTES_MAX = 64L << 20;
  private static final int STRING_MAX = 1 << 20;
  private static final int DEPTH_MAX = 32;

  /** What is done with the tokens of the file. */
  interface Reading<T> {
    T of(JsonParser json) throws IOException;
  }

  private ResultReader() {}

  /**
   * Goes through the file.
   *
   * @throws IOException with a sentence if the file cannot be read, is too large, or is no JSON
   */
  static <T> T read(Path file, Reading<T> reading) throws IOException {
    long size = Files.size(file);
    if (size > BYTES_MAX) {
      throw new IOException(
          file + " has " + (size >> 20) + " MiB; a result.json has at most " + (BYTES_MAX >> 20));
    }
    JsonFactory factory = JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxStringLength(STRING_MAX)
            .maxNestingDepth(DEPTH_MAX)
            .maxDocumentLength(BYTES_MAX)
            .build())
        .build();
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = factory.createParser(in)) {
      return reading.of(json);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ", line " + line(e) + ": this is not JSON: " + reason(e), e);
    }
  }

  /** What jackson says, without the name that it gives to the source. */
  private static String reason(JsonProcessingException e) {
    String text = String.valueOf(e.getOriginalMessage());
    int source = text.indexOf(" (start marker");
    return source < 0 ? text : text.substring(0, source);
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }

  /** Whether the string just read says which version of the schema the file has. */
  static boolean isSchema(JsonParser json) throws IOException {
    return "schema".equals(json.currentName())
        && json.getParsingContext().getParent().inRoot();
  }

  static void checkSchema(Path file, @Nullable String schema) throws IOException {
    if (!ResultJson.SCHEMA.equals(schema)) {
      throw new IOException(file
          + " is not a result of this version: expected the schema "
          + ResultJson.SCHEMA
          + ", found "
          + (schema == null ? "none" : schema));
    }
  }
}
