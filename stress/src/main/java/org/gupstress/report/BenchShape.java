// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * A published figure, and whether what was measured has its shape.
 *
 * @param published what was found on real machines
 * @param source where that is published
 * @param measured the same of this run, in words and numbers
 * @param resembles whether the shapes agree
 * @param caveat why they may not
 */
public record BenchShape(
    String question,
    String published,
    String source,
    String measured,
    boolean resembles,
    String caveat) {
  static final String ROW = "shape";

  void write(JsonGenerator json) throws IOException {
    BenchResults.head(ROW, question, json);
    json.writeStringField("published", published);
    json.writeStringField("source", source);
    json.writeStringField("measured", measured);
    json.writeBooleanField("resembles", resembles);
    json.writeStringField("caveat", caveat);
    json.writeEndObject();
  }

  static BenchShape read(Fields row) throws IOException {
    return new BenchShape(
        row.text("question"),
        row.text("published"),
        row.text("source"),
        row.text("measured"),
        row.flag("resembles"),
        row.text("caveat"));
  }
}
