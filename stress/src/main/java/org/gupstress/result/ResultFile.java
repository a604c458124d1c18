// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a result.json. All engines leave their rows in one file: rows with the engine
 * and key of what is run replace those of earlier runs, all others stay.
 *
 * <p>Rows are added while they come about, each on a line of its own, and the file is a whole
 * document after every row: a run that is killed loses the row that it was writing and no other.
 * Where rows are replaced, the text goes into a file beside it, which then takes its name. The file
 * is left as it is until the first row comes.
 *
 * <p>A row that cannot be written does not stop the run: the file keeps the rows before it, takes
 * none after it, and {@link #failure} says why.
 */
public final class ResultFile implements Closeable {
  private static final byte[] SEPARATOR = ",\n".getBytes(US_ASCII);
  private static final byte[] TAIL = "\n]}\n".getBytes(US_ASCII);

  /** Room on the disk for what a run has to say. */
  private static final int ROOM_MB = 8;

  private final WholeFile file;
  private final ResultLock lock;
  private final Head head;
  private final Map<RowKey, List<byte[]>> rows = new LinkedHashMap<>();

  /** Where rows can be added, or null if the file must be written anew. */
  private @Nullable FileChannel channel;

  private long end;
  private boolean hasEnded;
  private @Nullable IOException failure;

  private ResultFile(WholeFile file, ResultLock lock, Head head) {
    this.file = file;
    this.lock = lock;
    this.head = head;
  }

  /**
   * Makes sure that the file can be written, by this process alone, and reads the rows in it.
   *
   * @throws Refused if there is something else in it, it is cut off, or somebody else writes it
   */
  public static ResultFile open(Path path, Head head) throws Refused {
    try {
      WholeFile file = WholeFile.at(path);
      file.makeSureOfRoom(ROOM_MB);
      ResultLock lock = locked(path, file);
      if (lock == null) {
        throw new IOException(
            "cannot write " + path + ": another run is writing it; --json names another file");
      }
      return open(new ResultFile(file, lock, head), lock);
    } catch (IOException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable ResultLock locked(Path named, WholeFile file) throws IOException {
    try {
      return ResultLock.of(file.path());
    } catch (IOException e) {
      throw new IOException("cannot write " + named + ": " + FileKind.why(e), e);
    }
  }

  private static ResultFile open(ResultFile opened, ResultLock lock) throws IOException {
    try {
      opened.read();
      return opened;
    } catch (IOException e) {
      lock.close();
      throw new IOException(e.getMessage() + "; --json names another file", e);
    }
  }

  private void read() throws IOException {
    Path path = file.path();
    if (!Files.exists(path) || Files.size(path) == 0) {
      return;
    }
    boolean isCut = ResultReader.read(
        path,
        row -> rows.computeIfAbsent(
                new RowKey(row.textOrEmpty("engine"), row.textOrEmpty("key")),
                key -> new ArrayList<>())
            .add(JsonText.object(json -> JsonText.fields(row, json))));
    if (isCut) {
      throw new IOException(path + " is cut off: it ends in the middle of the rows");
    }
  }

  /** A file with another ending beside it. */
  public Path beside(String ending) {
    return file.beside(ending);
  }

  /** The keys of an engine of which there are rows. */
  public synchronized Set<String> keys(String engine) {
    Set<String> keys = new TreeSet<>();
    for (RowKey key : rows.keySet()) {
      if (key.engine().equals(engine)) {
        keys.add(key.key());
      }
    }
    return keys;
  }

  /**
   * Rows with these keys are of an earlier run: they go when the next row is written, and those
   * that are added from now on take their place.
   */
  public synchronized void drop(String engine, Collection<String> keys) {
    for (String key : keys) {
      if (rows.remove(new RowKey(engine, key)) != null) {
        closeChannel();
      }
    }
  }

  /** Adds a row to those with its key. */
  public synchronized void add(String engine, String key, Row row) {
    attempt(() -> {
      RowKey about = new RowKey(engine, key);
      byte[] line = line(about, row);
      rows.computeIfAbsent(about, unseen -> new ArrayList<>()).add(line);
      append(List.of(line));
    });
  }

  /** Replaces all rows with a key, or adds them if there are none. */
  public synchronized void put(String engine, String key, List<Row> replacing) {
    attempt(() -> {
      RowKey about = new RowKey(engine, key);
      List<byte[]> lines = new ArrayList<>();
      for (Row row : replacing) {
        lines.add(line(about, row));
      }
      List<byte[]> before = rows.put(about, lines);
      if (before == null) {
        append(lines);
      } else if (!Arrays.deepEquals(before.toArray(), lines.toArray())) {
        writeAll();
      }
    });
  }

  /** Why a row could not be written, or null if all were. */
  public synchronized @Nullable IOException failure() {
    return failure;
  }

  /** Throws the sentence that says why a row could not be written. */
  public synchronized void check() throws Refused {
    if (failure != null) {
      throw Refused.unwritten(file.path(), failure, "; it holds what came before");
    }
  }

  @Override
  public void close() {
    end();
  }

  /** No more rows come: whoever wants to write the file may. */
  public synchronized void end() {
    if (hasEnded) {
      return;
    }
    hasEnded = true;
    if (channel != null && !Files.exists(file.path())) {
      // somebody removed it, and what was written went with it
      attempt(this::writeAll);
    }
    closeChannel();
    try {
      lock.close();
    } catch (IOException e) {
      // the lock ends with the process, and the file beside is no obstacle to anybody
    }
  }

  // ---- on the disk

  /** Something that may fail, once. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private void attempt(Writing writing) {
    if (failure == null) {
      try {
        writing.run();
      } catch (ClosedByInterruptException e) {
        // the row is among the others already: the run is to end, and this is what it has done
        rewrite();
      } catch (IOException e) {
        failure = e;
        restore();
      }
    }
  }

  private void rewrite() {
    boolean isInterrupted = Thread.interrupted();
    try {
      writeAll();
    } catch (IOException e) {
      failure = e;
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void append(List<byte[]> lines) throws IOException {
    FileChannel open = channel;
    if (open == null) {
      writeAll();
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      bytes.write(SEPARATOR);
      bytes.write(line);
    }
    int length = bytes.size();
    bytes.write(TAIL);
    write(open, bytes.toByteArray());
    end += length;
  }

  private void writeAll() throws IOException {
    closeChannel();
    file.write(this::writeTo);
    end = Files.size(file.path()) - TAIL.length;
    channel = FileChannel.open(file.path(), StandardOpenOption.WRITE);
  }

  private void writeTo(OutputStream to) throws IOException {
    BufferedOutputStream out = new BufferedOutputStream(to);
    byte[] object = JsonText.object(head::writeTo);
    // the object is left open, for the rows
    out.write(object, 0, object.length - 1);
    out.write(",\"rows\":[\n".getBytes(US_ASCII));
    boolean isFirst = true;
    for (List<byte[]> lines : rows.values()) {
      for (byte[] line : lines) {
        out.write(isFirst ? new byte[0] : SEPARATOR);
        out.write(line);
        isFirst = false;
      }
    }
    out.write(TAIL);
    out.flush();
  }

  private void write(FileChannel to, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      to.write(left, end + left.position());
    }
  }

  /** The tail goes where one was before, which takes no new space. */
  private void restore() {
    FileChannel open = channel;
    try {
      if (open != null) {
        write(open, TAIL);
        open.truncate(end + TAIL.length);
      }
    } catch (IOException e) {
      // the reader makes do with a file that is cut off
    }
    closeChannel();
  }

  private void closeChannel() {
    FileChannel open = channel;
    channel = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
  }

  private static byte[] line(RowKey about, Row row) throws IOException {
    return JsonText.object(json -> {
      json.writeStringField("engine", about.engine());
      json.writeStringField("key", about.key());
      row.writeTo(json);
    });
  }
}
