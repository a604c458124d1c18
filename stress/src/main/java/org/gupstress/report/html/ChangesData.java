// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.gupstress.court.Changes;

/**
 * What a page says of another run.
 *
 * @param file of the other run
 */
public record ChangesData(Changes changes, String file) {
  void write(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("changes");
    json.writeStringField("against", file);
    json.writeArrayFieldStart("kinds");
    for (Changes.Kind kind : Changes.Kind.values()) {
      json.writeStartObject();
      json.writeStringField("name", kind.words());
      json.writeNumberField("count", changes.of(kind).size());
      json.writeArrayFieldStart("rows");
      if (kind != Changes.Kind.UNCHANGED) {
        for (Changes.Change change : changes.of(kind)) {
          change(change, json);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void change(Changes.Change change, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("claim", change.harm().claim().id());
    json.writeStringField("design", change.design());
    json.writeStringField("scenario", change.scenario());
    json.writeStringField("kernel", change.kernel());
    json.writeStringField("harm", change.harm().id());
    json.writeNumberField("before", change.before());
    json.writeNumberField("now", change.now());
    json.writeStringField("token", change.token());
    json.writeEndObject();
  }
}
