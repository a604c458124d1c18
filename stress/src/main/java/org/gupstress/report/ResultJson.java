// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.gupstress.claim.Claim;
import org.gupstress.explore.Tool;
import org.jspecify.annotations.Nullable;

/** Writes result.json: one row for each plan and claim. */
public final class ResultJson {
  /** The version of the schema. */
  public static final String SCHEMA = "gupstress-result/1";

  /** What the user allowed. */
  public record Budget(Duration time, int threads) {}

  private final JsonGenerator json;

  private ResultJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes all cases. */
  public static void write(List<Case> cases, Budget budget, OutputStream out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(StreamWriteFeature.AUTO_CLOSE_TARGET.mappedFeature());
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      new ResultJson(json).all(cases, budget);
    }
  }

  private void all(List<Case> cases, Budget budget) throws IOException {
    json.writeStartObject();
    head(null, budget, json);
    json.writeArrayFieldStart("rows");
    for (Case c : cases) {
      RowJson rows = new RowJson(json, c);
      for (Claim claim : Claim.values()) {
        rows.write(claim);
      }
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
  }

  /** What stands in front of the rows. */
  static void head(@Nullable Long seed, Budget budget, JsonGenerator json) throws IOException {
    json.writeStringField("schema", SCHEMA);
    json.writeObjectFieldStart("tool");
    json.writeStringField("name", Tool.NAME);
    json.writeStringField("version", Tool.VERSION);
    json.writeEndObject();
    host(json);
    if (seed == null) {
      json.writeNullField("seed");
    } else {
      json.writeNumberField("seed", seed);
    }
    json.writeObjectFieldStart("budget");
    json.writeNumberField("seconds", budget.time().toMillis() / 1e3);
    json.writeNumberField("threads", budget.threads());
    json.writeEndObject();
  }

  private static void host(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("host");
    json.writeStringField("java", Runtime.version().toString());
    json.writeStringField("vm", System.getProperty("java.vm.name"));
    json.writeStringField(
        "os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    json.writeStringField("arch", System.getProperty("os.arch"));
    json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
    json.writeEndObject();
  }
}
