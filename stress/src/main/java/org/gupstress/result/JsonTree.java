// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON that may come from anywhere, as lists and maps. */
public final class JsonTree {
  private static final int STRING_MAX = 1 << 20;
  private static final int DEPTH_MAX = 32;
  private static final int DIGITS_MAX = 400;

  static final JsonFactory FACTORY = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxStringLength(STRING_MAX)
          .maxNestingDepth(DEPTH_MAX)
          .maxNumberLength(DIGITS_MAX)
          .build())
      .build();

  private JsonTree() {}

  /**
   * Reads a file that is an array of objects.
   *
   * @throws IOException with a sentence if it is none
   */
  public static List<Fields> objects(Path file) throws IOException {
    List<Fields> objects = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = FACTORY.createParser(in)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException("expected an array");
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        objects.add(object(json));
      }
      if (json.currentToken() != JsonToken.END_ARRAY) {
        throw new IOException("expected nothing but objects in the array");
      }
      checkEnd(json);
    }
    return objects;
  }

  /**
   * Makes sure that nothing follows the document.
   *
   * @throws IOException with a sentence if something does
   */
  static void checkEnd(JsonParser json) throws IOException {
    boolean isEnd;
    try {
      isEnd = json.nextToken() == null;
    } catch (JsonProcessingException e) {
      isEnd = false;
    }
    if (!isEnd) {
      throw new IOException("line " + json.currentLocation().getLineNr()
          + ": expected the end of the file behind the document, found more");
    }
  }

  /** The object at which the parser is. */
  static Fields object(JsonParser json) throws IOException {
    return new Fields(fields(json));
  }

  private static Map<String, @Nullable Object> fields(JsonParser json) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      fields.put(name, value(json));
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> fields(json);
      case START_ARRAY -> array(json);
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static List<@Nullable Object> array(JsonParser json) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(json));
    }
    return elements;
  }
}
