// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the counterexamples in a result.json that may come from anywhere. */
public final class ResultTokens {
  private static final long BYTES_MAX = 64L << 20;
  private static final int STRING_MAX = 1 << 20;
  private static final int DEPTH_MAX = 32;

  /** A token and the harm it is to do. */
  public record Entry(String harm, String token) {}

  private ResultTokens() {}

  /**
   * Reads all of them.
   *
   * @throws IOException with a sentence if the file cannot be read, is too large, or is none
   */
  public static List<Entry> read(Path file) throws IOException {
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
      return read(file, json);
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

  private static List<Entry> read(Path file, JsonParser json) throws IOException {
    Set<Entry> found = new LinkedHashSet<>();
    String schema = null;
    String harm = null;
    for (JsonToken at = json.nextToken(); at != null; at = json.nextToken()) {
      if (at == JsonToken.START_OBJECT) {
        harm = null;
      } else if (at == JsonToken.VALUE_STRING) {
        String name = String.valueOf(json.currentName());
        String text = json.getText();
        schema = isSchema(json, name) ? text : schema;
        harm = "harm".equals(name) ? text : harm;
        if ("token".equals(name) && harm != null) {
          found.add(new Entry(harm, text));
        }
      }
    }
    check(file, schema);
    return new ArrayList<>(found);
  }

  private static boolean isSchema(JsonParser json, String name) {
    return "schema".equals(name) && json.getParsingContext().getParent().inRoot();
  }

  private static void check(Path file, @Nullable String schema) throws IOException {
    if (!ResultJson.SCHEMA.equals(schema)) {
      throw new IOException(file
          + " is not a result of this version: expected the schema "
          + ResultJson.SCHEMA
          + ", found "
          + (schema == null ? "none" : schema));
    }
  }
}
