// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Holds result files against the schema that is in the jar. */
public final class ResultSchema {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final JsonSchema SCHEMA = schema();

  private ResultSchema() {}

  /** The schema itself. */
  static JsonNode text() throws IOException {
    try (InputStream in = ResultSchema.class.getResourceAsStream("result.schema.json")) {
      return MAPPER.readTree(Objects.requireNonNull(in));
    }
  }

  private static JsonSchema schema() {
    try {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A file as a tree. */
  public static JsonNode read(Path file) throws IOException {
    return MAPPER.readTree(file.toFile());
  }

  /** What is wrong with a result. */
  static List<String> errors(JsonNode result) {
    return SCHEMA.validate(result).stream().map(ValidationMessage::getMessage).toList();
  }

  /** Fails unless the file has rows of the engine, and all of it is as the schema says. */
  public static void assertKept(Path file, String engine) {
    try {
      JsonNode result = read(file);
      assertThat(result.get("rows").findValuesAsText("engine")).contains(engine);
      assertThat(errors(result)).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
