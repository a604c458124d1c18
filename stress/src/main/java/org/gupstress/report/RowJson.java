// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.gupstress.audit.Case;
import org.gupstress.audit.Evidence;
import org.gupstress.claim.Claim;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Reductions;
import org.gupstress.explore.Replay;
import org.gupstress.explore.Result;
import org.gupstress.explore.Result.Violation;
import org.gupstress.explore.Stop;
import org.gupstress.explore.Token;
import org.gupstress.explore.Trace;
import org.gupstress.result.ResultFile;
import org.gupstress.result.Row;
import org.jspecify.annotations.Nullable;

/** The rows of one case. */
public final class RowJson {
  /** The engine of these rows. */
  public static final String ENGINE = "explore";

  private final JsonGenerator json;
  private final Case found;

  private RowJson(JsonGenerator json, Case found) {
    this.json = json;
    this.found = found;
  }

  /** Writes one row for each claim. */
  public static void write(Case found, ResultFile file) {
    List<Row> rows = new ArrayList<>();
    for (Claim claim : Claim.values()) {
      rows.add(json -> new RowJson(json, found).write(claim));
    }
    file.put(ENGINE, found.plan().id(), rows);
  }

  private void write(Claim claim) throws IOException {
    Plan plan = found.plan();
    json.writeStringField("design", plan.design().id());
    json.writeStringField("scenario", plan.scenario().id());
    json.writeStringField("kernel", plan.kernel().id());
    json.writeStringField("claim", claim.id());
    json.writeStringField("verdict", found.verdict(claim).id());
    Boolean expected = found.isExpected(claim);
    if (expected == null) {
      json.writeNullField("expected");
    } else {
      json.writeBooleanField("expected", expected);
    }
    strings("causes", found.causes(claim));
    bound(plan, found.result());
    if (found.result() != null) {
      measured(found.result(), claim);
    }
  }

  private void bound(Plan plan, @Nullable Result result) throws IOException {
    json.writeObjectFieldStart("bound");
    json.writeNumberField("cpus", plan.cpus());
    json.writeNumberField("rounds", plan.rounds());
    json.writeStringField("kernel", plan.kernel().id());
    if (result == null || result.options().preemptions() == Options.UNBOUNDED) {
      json.writeNullField("preemptions");
    } else {
      json.writeNumberField("preemptions", result.options().preemptions());
    }
    json.writeBooleanField("complete", found.isComplete());
    json.writeStringField("stopped", stopped(result));
    json.writeEndObject();
  }

  private void measured(Result result, Claim claim) throws IOException {
    json.writeNumberField("states", result.states());
    json.writeNumberField("transitions", result.transitions());
    json.writeNumberField("depth_max", result.depthMax());
    json.writeStringField("interleavings", result.interleavings().toString());
    json.writeNumberField("seconds", result.seconds());
    json.writeNumberField("visited_bytes_per_state", ExploreText.bytesPerState(result));
    json.writeNumberField("collision_probability", result.collision());
    json.writeNumberField("false_positives", result.falsePositives());
    json.writeStringField("reason", result.reasonNotApplicable(claim));
    strings("unmet", result.unmet());
    violations(result.violationsOf(claim).values());
    if (result.options().outcomes()) {
      json.writeArrayFieldStart("outcomes");
      for (Map<String, Object> outcome : result.outcomes()) {
        outcome(outcome);
      }
      json.writeEndArray();
    }
  }

  private void violations(Collection<Violation> violations) throws IOException {
    double share = 0;
    json.writeArrayFieldStart("harms");
    for (Violation violation : violations) {
      share = Math.max(share, violation.share());
      json.writeStartObject();
      json.writeStringField("harm", violation.harm().id());
      json.writeStringField("text", violation.text());
      json.writeNumberField("share", violation.share());
      json.writeNumberField("preemptions", violation.preemptions());
      json.writeNumberField("steps", violation.steps());
      strings("causes", found.causes(violation.harm()));
      json.writeStringField("token", text(violation.token()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("share_violating", share);
    Violation shortest = violations.stream()
        .map(violation -> new Evidence(found, violation))
        .min(Evidence.SHORTEST)
        .map(Evidence::violation)
        .orElse(null);
    counterexample(shortest);
  }

  private void counterexample(@Nullable Violation shortest) throws IOException {
    Token token = shortest == null ? null : shortest.token();
    if (shortest == null || token == null) {
      json.writeNullField("counterexample");
      return;
    }
    json.writeObjectFieldStart("counterexample");
    json.writeStringField("token", token.toString());
    json.writeNumberField("preemptions", shortest.preemptions());
    Trace trace = Replay.again(found.plan(), reductions(), token.schedule()).trace();
    json.writeArrayFieldStart("steps");
    for (int i = 0; trace != null && i < trace.steps().size(); i++) {
      Trace.Step step = trace.steps().get(i);
      char context = (char) ('a' + token.schedule().contexts().get(i));
      json.writeString(context + ": " + step.operation() + ": " + step.text(trace.names()));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static @Nullable String stopped(@Nullable Result result) {
    Stop stop = result == null ? null : result.stopped();
    return result == null ? "it was not run" : stop == null ? null : stop.sentence();
  }

  private Reductions reductions() {
    return found.result() == null ? Reductions.ALL : found.result().options().reductions();
  }

  private void outcome(Map<String, Object> fields) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      if (field.getValue() instanceof Integer number) {
        json.writeNumberField(field.getKey(), number);
      } else {
        json.writeStringField(field.getKey(), String.valueOf(field.getValue()));
      }
    }
    json.writeEndObject();
  }

  private void strings(String name, Collection<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : List.copyOf(texts)) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static @Nullable String text(@Nullable Token token) {
    return token == null ? null : token.toString();
  }
}
