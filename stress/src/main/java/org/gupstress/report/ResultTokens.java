// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the counterexamples in a result.json that may come from anywhere. */
public final class ResultTokens {
  /** A token and the harm it is to do. */
  public record Entry(String harm, String token) {}

  private ResultTokens() {}

  /**
   * Reads all of them.
   *
   * @throws IOException with a sentence if the file cannot be read, is too large, or is none
   */
  public static List<Entry> read(Path file) throws IOException {
    return ResultReader.read(file, json -> read(file, json));
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
        schema = ResultReader.isSchema(json) ? text : schema;
        harm = "harm".equals(name) ? text : harm;
        if ("token".equals(name) && harm != null) {
          found.add(new Entry(harm, text));
        }
      }
    }
    ResultReader.checkSchema(file, schema);
    return new ArrayList<>(found);
  }
}
