// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON on one line, in ASCII. */
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonText() {}

  /** An object with the fields that are written into it. */
  static byte[] object(Row row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      row.writeTo(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Fields that were read. */
  static void fields(Fields fields, JsonGenerator json) throws IOException {
    for (Map.Entry<String, Object> field : fields.values().entrySet()) {
      json.writeFieldName(field.getKey());
      value(field.getValue(), json);
    }
  }

  private static void value(@Nullable Object value, JsonGenerator json) throws IOException {
    if (value instanceof Map<?, ?> object) {
      json.writeStartObject();
      for (Map.Entry<?, ?> field : object.entrySet()) {
        json.writeFieldName((String) field.getKey());
        value(field.getValue(), json);
      }
      json.writeEndObject();
    } else if (value instanceof List<?> array) {
      json.writeStartArray();
      for (Object element : array) {
        value(element, json);
      }
      json.writeEndArray();
    } else {
      json.writePOJO(value);
    }
  }
}
