// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import org.gupstress.result.Fields;

/**
 * A published figure, and whether the measured ones have its shape.
 *
 * @param published what was found on real machines, or empty
 * @param source where that is published
 * @param measured the same of this run, in words and numbers; empty if noise hides it
 * @param agreement whether the measured figures have that shape
 * @param caveat why they may not have it
 */
public record BenchShape(
    String question,
    String published,
    String source,
    String measured,
    Agreement agreement,
    String caveat) {
  static final String ROW = "shape";
  private static final String NONE = "unpublished";

  /** Stands in the place of a published figure. */
  public static final String UNPUBLISHED =
      "Published: no figure of a real machine is known for this.";

  /** Whether the measured figures have the shape, by their intervals. */
  public enum Agreement {
    AGREES("it has that shape"),
    DIFFERS("it does not have that shape"),
    OPEN("noise hides whether it has that shape"),
    /** The figures that would show it were not measured. */
    UNMEASURED("so it is not known whether it has that shape");

    private final String text;

    Agreement(String text) {
      this.text = text;
    }
  }

  /** For a question of which no published figure is known. */
  public static BenchShape unpublished(String question) {
    return new BenchShape(question, "", "", "", Agreement.UNMEASURED, "");
  }

  public boolean isPublished() {
    return !published.isEmpty();
  }

  /** The published figure and its source. */
  public String cited() {
    return published + " (" + source + ")";
  }

  /** The measured figures and the verdict. */
  public String judged() {
    if (measured.isEmpty()) {
      return agreement.text + ".";
    }
    return measured + (agreement == Agreement.UNMEASURED ? ", " : ": ") + agreement.text + ".";
  }

  void write(JsonGenerator json) throws IOException {
    BenchResults.head(ROW, question, json);
    json.writeStringField("published", published);
    json.writeStringField("source", source);
    json.writeStringField("measured", measured);
    json.writeStringField("verdict", isPublished() ? verdict() : NONE);
    json.writeStringField("caveat", caveat);
  }

  private String verdict() {
    return agreement.name().toLowerCase(Locale.ROOT);
  }

  static BenchShape read(Fields row) throws IOException {
    String verdict = row.text("verdict");
    if (verdict.equals(NONE)) {
      return unpublished(row.text("question"));
    }
    for (Agreement agreement : Agreement.values()) {
      if (agreement.name().toLowerCase(Locale.ROOT).equals(verdict)) {
        return new BenchShape(
            row.text("question"),
            row.text("published"),
            row.text("source"),
            row.text("measured"),
            agreement,
            row.text("caveat"));
      }
    }
    throw new IOException("expected the verdict of a shape, found " + verdict);
  }
}
