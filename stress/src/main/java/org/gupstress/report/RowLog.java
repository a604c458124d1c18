// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A result.json to which rows are added while they come about, each on a line of its own. The file
 * replaces the one that was there when its head is written, as every command's does; from then on
 * it is a whole document after every row, so that whoever is killed loses the row that was being
 * written and no other.
 *
 * <p>A row that cannot be written does not stop the run: the file keeps the rows before it, takes
 * none after it, and {@link #failure} says why.
 */
public final class RowLog implements Closeable {
  /** Writes the fields of a row. */
  @FunctionalInterface
  public interface Row {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final byte[] TAIL = "\n]}\n".getBytes(US_ASCII);

  private final FileChannel channel;
  private final boolean isSeekable;
  private long end;
  private boolean isEmpty = true;
  private @Nullable IOException failure;

  private RowLog(FileChannel channel, boolean isSeekable, long end) {
    this.channel = channel;
    this.isSeekable = isSeekable;
    this.end = end;
  }

  /** Writes the head of the file. */
  public static RowLog begin(ResultFile file, long seed, ResultJson.Budget budget)
      throws IOException {
    byte[] head = head(seed, budget);
    if (!file.isSpecial()) {
      file.write(out -> {
        out.write(head);
        out.write(TAIL);
      });
    }
    FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE);
    RowLog log = new RowLog(channel, !file.isSpecial(), head.length);
    if (file.isSpecial()) {
      log.write(head, 0);
    }
    return log;
  }

  private static byte[] head(long seed, ResultJson.Budget budget) throws IOException {
    byte[] object = json(json -> ResultJson.head(seed, budget, json));
    // the object is left open, for the rows
    String head = new String(object, 0, object.length - 1, US_ASCII) + ",\"rows\":[";
    return head.getBytes(US_ASCII);
  }

  private static byte[] json(Row row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      row.writeTo(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Adds a row. */
  public synchronized void add(Row row) {
    if (failure != null) {
      return;
    }
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      line.write((isEmpty ? "\n" : ",\n").getBytes(US_ASCII));
      line.write(json(row));
      int length = line.size();
      if (isSeekable) {
        line.write(TAIL);
      }
      write(line.toByteArray(), end);
      end += length;
      isEmpty = false;
    } catch (IOException e) {
      failure = e;
      restore();
    }
  }

  private void write(byte[] bytes, long position) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      if (isSeekable) {
        channel.write(left, position + left.position());
      } else {
        channel.write(left);
      }
    }
  }

  /** The tail goes where one was before, which takes no new space. */
  private void restore() {
    try {
      if (isSeekable) {
        write(TAIL, end);
        channel.truncate(end + TAIL.length);
      }
    } catch (IOException e) {
      // the reader makes do with a file that is cut off
    }
  }

  /** Why a row could not be written, or null if all were. */
  public synchronized @Nullable IOException failure() {
    return failure;
  }

  @Override
  public synchronized void close() {
    try (channel) {
      if (!isSeekable && failure == null) {
        write(TAIL, end);
      }
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
  }
}
