// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A counterexample as the files of other tools, read by readers that are not ours. */
class ExportTest {
  @TempDir
  private static Path directory;

  private static String token;
  private static int steps;
  private static Path itf;
  private static Path perfetto;

  @BeforeAll
  static void replay() {
    CommandLineRun found =
        CommandLineRun.of("explore", "--design", "rfc-nov", "--scenario", "pin-vs-drain");
    token = found.token();
    itf = directory.resolve("trace.itf.json");
    perfetto = directory.resolve("trace.pftrace");
    CommandLineRun run = CommandLineRun.of(
        "replay", token, "--itf", itf.toString(), "--perfetto", perfetto.toString());
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    String head = run.lines().get(0);
    steps = Integer.parseInt(head.replaceAll(".*: (\\d+) steps?$", "$1"));
  }

  @Test
  void itfHasAStateForEveryMoment() throws IOException {
    JsonNode trace = new ObjectMapper().readTree(itf.toFile());
    assertThat(trace.get("#meta").get("format").asText()).isEqualTo("ITF");
    assertThat(trace.get("#meta").get("source").asText()).isEqualTo(token);
    assertThat(trace.get("states")).hasSize(steps + 1);
    List<String> variables = new ArrayList<>();
    trace.get("vars").forEach(name -> variables.add(name.asText()));
    int index = 0;
    for (JsonNode state : trace.get("states")) {
      assertThat(state.get("#meta").get("index").asInt()).isEqualTo(index++);
      List<String> names = new ArrayList<>();
      state.fieldNames().forEachRemaining(names::add);
      names.remove("#meta");
      assertThat(names).containsExactlyInAnyOrderElementsOf(variables);
      assertThat(isValue(state.get("pages"))).isTrue();
      variables.forEach(name -> assertThat(isValue(state.get(name))).as(name).isTrue());
    }
    JsonNode last = trace.get("states").get(steps);
    assertThat(last.get("harms").get("#set")).isNotEmpty();
    assertThat(last.get("pages").get(0).get("refcount").get("#bigint").asText()).matches("-?\\d+");
  }

  /** What ADR 15 has as a value: no null, and no number that is not a bigint. */
  private static boolean isValue(JsonNode value) {
    if (value.isArray() || value.isObject()) {
      if (value.has("#bigint")) {
        return value.size() == 1 && value.get("#bigint").isTextual();
      }
      for (JsonNode each : value) {
        if (!isValue(each)) {
          return false;
        }
      }
      return true;
    }
    return value.isTextual() || value.isBoolean();
  }

  @Test
  void perfettoHasBalancedSlicesAndCounters() throws IOException {
    UnknownFieldSet trace = UnknownFieldSet.parseFrom(Files.readAllBytes(perfetto));
    Map<Long, String> tracks = new TreeMap<>();
    Map<Long, Integer> depth = new TreeMap<>();
    int counted = 0;
    long before = 0;
    for (var packet : trace.getField(1).getLengthDelimitedList()) {
      UnknownFieldSet fields = UnknownFieldSet.parseFrom(packet);
      assertThat(fields.getField(10).getVarintList()).containsExactly(1L);
      for (var described : fields.getField(60).getLengthDelimitedList()) {
        UnknownFieldSet track = UnknownFieldSet.parseFrom(described);
        tracks.put(
            track.getField(1).getVarintList().get(0),
            track.getField(2).getLengthDelimitedList().get(0).toStringUtf8());
      }
      for (var happened : fields.getField(11).getLengthDelimitedList()) {
        UnknownFieldSet event = UnknownFieldSet.parseFrom(happened);
        long track = event.getField(11).getVarintList().get(0);
        assertThat(tracks).containsKey(track);
        int type = event.getField(9).getVarintList().get(0).intValue();
        assertThat(type).isBetween(1, 4);
        depth.merge(track, type == 1 ? 1 : type == 2 ? -1 : 0, Integer::sum);
        assertThat(depth.get(track)).isNotNegative();
        counted += type == 4 ? 1 : 0;
        long now = fields.getField(8).getVarintList().get(0);
        assertThat(now).isBetween(0L, steps * 1000L);
        before = Math.max(before, now);
      }
    }
    assertThat(tracks.values()).contains(token, "cpu0", "cpu1", "page0 references", "page0 pins");
    assertThat(depth.values()).containsOnly(0);
    assertThat(counted).isGreaterThan(4);
    assertThat(before).isEqualTo(steps * 1000L);
  }

  @Test
  void aFileOfResultsIsNoToken() throws IOException {
    Path file = directory.resolve("rows.json");
    Files.writeString(file, "{}");
    CommandLineRun run = CommandLineRun.of(
        "replay", file.toString(), "--itf", directory.resolve("x").toString());
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
  }
}
