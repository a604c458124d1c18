// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.gupstress.process.FileKind;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a result.json that may come from anywhere, and may end in the middle. */
public final class ResultReader {

  /** Takes the rows as they come. */
  @FunctionalInterface
  public interface Taker {
    void take(Fields row) throws IOException;
  }

  private final Path file;
  private final Taker taker;
  private @Nullable String schema;
  private int rows;

  private ResultReader(Path file, Taker taker) {
    this.file = file;
    this.taker = taker;
  }

  /**
   * Reads all rows that are whole.
   *
   * @return whether the file ends in the middle, as one does whose writer was killed
   * @throws IOException with a sentence if the file cannot be read, or is none
   */
  public static boolean read(Path file, Taker taker) throws IOException {
    FileKind.checkReadable(file);
    try {
      return new ResultReader(file, taker).read(Files.size(file));
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + " cannot be read: no permission", e);
    }
  }

  private boolean read(long size) throws IOException {
    boolean isCut = false;
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = JsonTree.FACTORY.createParser(in)) {
      if (document(json)) {
        checkEnd(json);
      }
    } catch (JsonProcessingException e) {
      isCut = isAtEnd(e, size);
      if (!isCut || schema == null) {
        throw new IOException(file + ", line " + line(e) + ": this is not JSON: " + reason(e), e);
      }
    }
    if (!Head.SCHEMA.equals(schema)) {
      throw new IOException(file
          + " is not a result of this version: expected the schema "
          + Head.SCHEMA
          + ", found "
          + (schema == null ? "none" : schema));
    }
    return isCut;
  }

  private void checkEnd(JsonParser json) throws IOException {
    try {
      JsonTree.checkEnd(json);
    } catch (IOException e) {
      throw new IOException(file + ", " + e.getMessage(), e);
    }
  }

  /** Whether it is an object. */
  private boolean document(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return false;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken at = json.nextToken();
      if ("rows".equals(name) && at == JsonToken.START_ARRAY) {
        rows(json);
      } else if ("schema".equals(name) && at == JsonToken.VALUE_STRING) {
        schema = json.getText();
      } else {
        json.skipChildren();
      }
    }
    return true;
  }

  private void rows(JsonParser json) throws IOException {
    for (JsonToken at = json.nextToken(); at != JsonToken.END_ARRAY; at = json.nextToken()) {
      rows++;
      if (at != JsonToken.START_OBJECT) {
        throw new IOException(file + ", row " + rows + ": expected an object");
      }
      Fields row = JsonTree.object(json);
      try {
        taker.take(row);
      } catch (IOException | RuntimeException e) {
        throw new IOException(file + ", row " + rows + ": " + e.getMessage(), e);
      }
    }
  }

  /** Jackson points to the end, or to the beginning of a word that is cut short. */
  private static boolean isAtEnd(JsonProcessingException e, long size) {
    return e.getLocation() != null && e.getLocation().getByteOffset() >= size - "false".length();
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }

  /** What jackson says, without the name that it gives to the source. */
  private static String reason(JsonProcessingException e) {
    String text = String.valueOf(e.getOriginalMessage());
    int source = text.indexOf(" (start marker");
    return source < 0 ? text : text.substring(0, source);
  }
}
