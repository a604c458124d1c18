// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import org.gupstress.explore.Tool;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of the rows: who wrote the file last, and on which machine.
 *
 * @param seed of the choices, or null if the run makes none
 * @param time what the user allowed; null: as long as it takes
 * @param threads that the run may use
 */
public record Head(@Nullable Long seed, @Nullable Duration time, int threads) {
  /** The version of the schema. */
  public static final String SCHEMA = "gupstress-result/2";

  /** A run that makes no choices and may use all processors. */
  public static Head of(@Nullable Duration time) {
    return new Head(null, time, Runtime.getRuntime().availableProcessors());
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("schema", SCHEMA);
    json.writeObjectFieldStart("tool");
    json.writeStringField("name", Tool.NAME);
    json.writeStringField("version", Tool.VERSION);
    json.writeEndObject();
    json.writeObjectFieldStart("host");
    json.writeStringField("java", Runtime.version().toString());
    json.writeStringField("vm", System.getProperty("java.vm.name"));
    json.writeStringField(
        "os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    json.writeStringField("arch", System.getProperty("os.arch"));
    json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
    json.writeEndObject();
    if (seed == null) {
      json.writeNullField("seed");
    } else {
      json.writeNumberField("seed", seed);
    }
    json.writeObjectFieldStart("budget");
    if (time == null) {
      json.writeNullField("seconds");
    } else {
      json.writeNumberField("seconds", time.toMillis() / 1e3);
    }
    json.writeNumberField("threads", threads);
    json.writeEndObject();
  }
}
