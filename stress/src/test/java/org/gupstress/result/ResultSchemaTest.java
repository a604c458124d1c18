// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.gupstress.audit.Audit;
import org.gupstress.audit.Hearing;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.court.AuditLog;
import org.gupstress.court.AuditRow;
import org.gupstress.court.Audited;
import org.gupstress.design.Designs;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Verdict;
import org.gupstress.page.Kernel;
import org.gupstress.process.Refused;
import org.gupstress.scenario.Catalogue;
import org.gupstress.storm.StormLog;
import org.gupstress.storm.Storms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The schema is true of what the engines write, and of nothing else. Rows of jcstress and bench,
 * and those of users' designs, are held against it where they are written in the tests of each.
 */
class ResultSchemaTest {
  /** In the README of the module and in the manual of the court's rows. */
  private static final String JQ = "jq -r '.rows[] | select(.row == \"cell\" and .design ==";

  @TempDir
  private Path directory;

  private Path file;
  private Audited audited;

  /** An audit and a storm. */
  @BeforeEach
  void writeResults() throws Refused, InterruptedException {
    file = directory.resolve("result.json");
    List<Plan> plans = Audit.plans(
        Designs.all().stream().filter(d -> d.id().matches("rfc-nov|get-page")).toList(),
        Catalogue.all().stream()
            .filter(s -> s.id().matches("pin-vs-drain|pin-unpin|unconverted-put"))
            .toList(),
        Kernel.usual());
    try (ResultFile out = ResultFile.open(file, Head.of(Duration.ofSeconds(60)))) {
      audited = audit(plans, out);
      StormLog storm = new StormLog("rfc-oct", Storms.SETUP, Storms.HOST, out, null);
      storm.second(Storms.second(1));
      storm.finding(Storms.stranded());
      storm.end(Storms.stopped(Storms.harm(Harm.STRANDED, 0.25)));
      out.check();
    }
  }

  private static Audited audit(List<Plan> plans, ResultFile out) throws InterruptedException {
    AuditLog log = new AuditLog(plans, AuditRow.of(plans, Map.of(), true, false, false), out);
    Hearing hearing = Hearing.of(plans, 1, Duration.ofMinutes(5), log::done);
    return log.end(hearing.cases(), 1);
  }

  @Test
  void whatIsWrittenKeepsToIt() {
    ResultSchema.assertKept(file, "explore");
    ResultSchema.assertKept(file, "storm");
  }

  @Test
  void itIsOfThisVersion() throws IOException {
    assertThat(ResultSchema.text().at("/properties/schema/const").asText()).isEqualTo(Head.SCHEMA);
    assertThat(ResultSchema.text().get("$id").asText()).endsWith(Head.SCHEMA);
  }

  /** The control: every mutation must be found. */
  @Test
  void whatIsNotWrittenBreaksIt() throws IOException {
    assertBroken(all -> all.put("schema", "gupstress-result/1"));
    assertBroken(all -> all.remove("rows"));
    assertBroken(all -> all.put("note", "of somebody else"));
    for (String row : Set.of("audit", "cell", "plan", "second", "finding", "totals")) {
      assertBroken(all -> first(all, row).put("engine", "rain"));
      assertBroken(all -> first(all, row).put("row", "other"));
      assertBroken(all -> first(all, row).remove("key"));
      assertBroken(all -> first(all, row).put("note", 1));
    }
    assertBroken(all -> first(all, "cell").put("verdict", "violated"));
    assertBroken(all -> first(all, "cell").put("states", "many"));
    assertBroken(all -> first(all, "cell").remove("transitions"));
    assertBroken(all -> violation(all).remove("token"));
    assertBroken(all -> violation(all).put("share", 1.5));
    assertBroken(all -> violation(all).put("expected", true));
    assertBroken(all -> first(all, "second").put("second", 0));
    assertBroken(all -> ((ObjectNode) first(all, "second").get("pages")).put("free", -1));
    assertBroken(all -> first(all, "finding").remove("counterexample"));
    assertBroken(all -> first(all, "totals").put("ending", "tired"));
  }

  private void assertBroken(Consumer<ObjectNode> mutation) throws IOException {
    JsonNode before = ResultSchema.read(file);
    ObjectNode after = before.deepCopy();
    mutation.accept(after);
    assertThat(after).isNotEqualTo(before);
    assertThat(ResultSchema.errors(after)).isNotEmpty();
  }

  private static ObjectNode first(JsonNode all, String row) {
    for (JsonNode each : all.get("rows")) {
      if (each.path("row").asText().equals(row)) {
        return (ObjectNode) each;
      }
    }
    throw new AssertionError("no row " + row);
  }

  private static ObjectNode violation(JsonNode all) {
    for (JsonNode each : all.get("rows")) {
      if (each.has("violations")) {
        return (ObjectNode) each.get("violations").get(0);
      }
    }
    throw new AssertionError("no violation");
  }

  /** What the jq line of the manuals does, step by step. */
  @Test
  void whichClaimsADesignBreaksAndWhere() throws IOException {
    assertThat(Files.readString(Path.of("README.md"))).contains(JQ);
    Set<String> found = new TreeSet<>();
    for (JsonNode row : ResultSchema.read(file).get("rows")) {
      if (row.path("row").asText().equals("cell")
          && row.path("design").asText().equals("rfc-nov")) {
        for (JsonNode violation : row.path("violations")) {
          found.add(violation.get("claim").asText() + "\t" + row.get("scenario").asText());
        }
      }
    }
    Set<String> broken = new TreeSet<>();
    audited.of("rfc-nov").forEach(cell -> {
      for (Claim claim : Claim.values()) {
        if (cell.verdict(claim) == Verdict.VIOLATED) {
          broken.add(claim.id() + "\t" + cell.scenario());
        }
      }
    });
    assertThat(found).isNotEmpty().isEqualTo(broken);
  }
}
