// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;

/**
 * A published figure, and whether what was measured has its shape.
 *
 * @param published what was found on real machines, or empty
 * @param source where that is published
 * @param measured the same of this run, in words and numbers
 * @param likeness whether the shapes agree
 * @param caveat why they may not
 */
public record BenchShape(
    String question,
    String published,
    String source,
    String measured,
    Likeness likeness,
    String caveat) {
  static final String ROW = "shape";
  private static final String NONE = "unpublished";

  /** For a question of which that is so. */
  static final String UNPUBLISHED = "published: no figure of a real machine is known for this.";

  /** Whether a shape is there, as far as the intervals tell. */
  public enum Likeness {
    SAME("it has that shape"),
    OTHER("it has not that shape"),
    OPEN("cannot be told at this noise"),
    /** No noise is to blame: what would show it was not measured. */
    UNMEASURED("cannot be told from what was measured");

    private final String text;

    Likeness(String text) {
      this.text = text;
    }
  }

  /** For a question of which no published figure is known. */
  public static BenchShape unpublished(String question) {
    return new BenchShape(question, "", "", "", Likeness.UNMEASURED, "");
  }

  public boolean isPublished() {
    return !published.isEmpty();
  }

  /** What is published, and where. */
  String cited() {
    return published + " (" + source + ")";
  }

  /** What was measured, and what that means. */
  String judged() {
    return measured + ": " + likeness.text + ".";
  }

  void write(JsonGenerator json) throws IOException {
    BenchResults.head(ROW, question, json);
    json.writeStringField("published", published);
    json.writeStringField("source", source);
    json.writeStringField("measured", measured);
    json.writeStringField("verdict", isPublished() ? verdict() : NONE);
    json.writeStringField("caveat", caveat);
    json.writeEndObject();
  }

  private String verdict() {
    return likeness.name().toLowerCase(Locale.ROOT);
  }

  static BenchShape read(Fields row) throws IOException {
    String verdict = row.text("verdict");
    if (verdict.equals(NONE)) {
      return unpublished(row.text("question"));
    }
    for (Likeness likeness : Likeness.values()) {
      if (likeness.name().toLowerCase(Locale.ROOT).equals(verdict)) {
        return new BenchShape(
            row.text("question"),
            row.text("published"),
            row.text("source"),
            row.text("measured"),
            likeness,
            row.text("caveat"));
      }
    }
    throw new IOException("expected the verdict of a shape, found " + verdict);
  }
}
