// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Texts that a page needs more than once: each is written once, and named by its number. */
final class Texts {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  int number(String text) {
    return numbers.computeIfAbsent(text, unknown -> numbers.size());
  }

  void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("texts");
    for (String text : numbers.keySet()) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
