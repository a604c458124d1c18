// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gupstress.litmus.Litmus;
import org.gupstress.litmus.LitmusOp;
import org.gupstress.litmus.LitmusRun.FinalValues;
import org.gupstress.memory.MemoryModel;
import org.jspecify.annotations.Nullable;

/** A file of litmus tests with their final states, one JSON object a line. */
public final class LitmusFile {
  private static final int PROGRAMS_MAX = 100_000;
  private static final int LINE_MAX = 1 << 20;

  private LitmusFile() {}

  /**
   * A program.
   *
   * @param expected for each model its final states, as {@link FinalValues} says them
   */
  public record Entry(Litmus litmus, Map<MemoryModel, SortedSet<String>> expected) {}

  /**
   * Reads a file.
   *
   * @throws IOException with a sentence if it is none
   */
  public static List<Entry> read(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file, UTF_8)) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        if (entries.size() == PROGRAMS_MAX || line.length() > LINE_MAX) {
          throw new IOException("line " + number + ": expected at most " + PROGRAMS_MAX
              + " programs of at most " + LINE_MAX + " characters");
        }
        entries.add(entry(line, "line " + number + ": "));
      }
    }
    return entries;
  }

  private static Entry entry(String line, String where) throws IOException {
    try (JsonParser json = JsonTree.FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("expected an object");
      }
      Fields fields = JsonTree.object(json);
      JsonTree.checkEnd(json);
      return entry(fields);
    } catch (JsonProcessingException e) {
      throw new IOException(where + "not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(where + e.getMessage(), e);
    }
  }

  private static Entry entry(Fields fields) throws IOException {
    String name = fields.text("name");
    List<List<LitmusOp>> cpus = new ArrayList<>();
    for (List<?> program : fields.lists("cpus")) {
      List<LitmusOp> operations = new ArrayList<>();
      for (Object operation : program) {
        if (!(operation instanceof String text)) {
          throw new IOException("expected operations as texts in \"cpus\", found " + operation);
        }
        operations.add(LitmusOp.parse(text));
      }
      cpus.add(operations);
    }
    Map<MemoryModel, SortedSet<String>> expected = new EnumMap<>(MemoryModel.class);
    for (MemoryModel model : MemoryModel.values()) {
      if (fields.has(model.id())) {
        SortedSet<String> states = new TreeSet<>();
        for (Fields state : fields.list(model.id())) {
          states.add(state(state));
        }
        expected.put(model, states);
      }
    }
    return new Entry(new Litmus(name, cpus), expected);
  }

  private static String state(Fields fields) throws IOException {
    Map<String, Long> values = new TreeMap<>();
    for (Map.Entry<String, @Nullable Object> value : fields.values().entrySet()) {
      values.put(value.getKey(), fields.number(value.getKey()));
    }
    return new FinalValues(values).toString();
  }
}
