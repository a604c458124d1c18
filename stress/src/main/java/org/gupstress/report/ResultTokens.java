// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gupstress.result.ResultReader;

/** Finds the counterexamples in a result.json that may come from anywhere. */
public final class ResultTokens {
  /** A token and the harm it is to do. */
  public record Entry(String harm, String token) {}

  private ResultTokens() {}

  /**
   * Reads all of them.
   *
   * @throws IOException with a sentence if the file cannot be read, is cut off, or is none
   */
  public static List<Entry> read(Path file) throws IOException {
    Set<Entry> found = new LinkedHashSet<>();
    if (ResultReader.read(file, row -> collect(row.values(), found))) {
      throw new IOException(file + " is cut off: it ends in the middle of the rows");
    }
    return new ArrayList<>(found);
  }

  private static void collect(Object value, Set<Entry> found) {
    if (value instanceof Map<?, ?> object) {
      if (object.get("harm") instanceof String harm
          && object.get("token") instanceof String token) {
        found.add(new Entry(harm, token));
      }
      object.values().forEach(field -> collect(field, found));
    } else if (value instanceof List<?> array) {
      array.forEach(element -> collect(element, found));
    }
  }
}
