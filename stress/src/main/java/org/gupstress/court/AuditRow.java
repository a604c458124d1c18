// SPDX-License-Identifier: Apache-2.0
package org.gupstress.court;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Odds;
import org.gupstress.explore.Plan;
import org.gupstress.race.Races;
import org.gupstress.result.Fields;
import org.gupstress.result.Row;
import org.gupstress.scenario.Expectations;
import org.jspecify.annotations.Nullable;

/**
 * What an audit was asked for: the designs in the scenarios and kernels, each in each. It is
 * written when the audit begins, without the seconds, and again when it is over.
 *
 * @param scenarios sentences, by name
 * @param isNarrowed whether the user has chosen among the scenarios
 * @param isConverted whether scenarios whose drivers do something wrong were left out
 * @param seconds on the clock, or NaN if it did not come to its end
 * @param evidence whether the shortest way to every violated claim was to be shown
 * @param stories of the designs of users, by token
 * @param odds along the counterexamples that a page shows, by {@link #oddsKey}
 * @param claims that were judged, by id: an older version of the tool knew fewer
 */
public record AuditRow(
    List<Design> designs,
    Map<String, String> scenarios,
    boolean isNarrowed,
    boolean isConverted,
    List<String> kernels,
    double seconds,
    boolean evidence,
    List<Story> stories,
    Map<String, Odds> odds,
    Set<String> claims) {
  /** What the row is. */
  static final String ROW = "audit";

  private static final String CONVERTED = "converted";

  /**
   * A design with its sentence.
   *
   * @param unfit why it was not run; empty if it was
   */
  public record Design(String id, String summary, boolean isShipped, String unfit) {
    static Design of(PinDesign design, String unfit) {
      return new Design(design.id(), design.summary(), Expectations.knows(design.id()), unfit);
    }
  }

  /**
   * What these plans are.
   *
   * @param unfit the designs that were asked for and fit none of the kernels, and why
   */
  public static AuditRow of(
      List<Plan> plans,
      Map<PinDesign, String> unfit,
      boolean isNarrowed,
      boolean isConverted,
      boolean evidence) {
    Map<String, Design> designs = new LinkedHashMap<>();
    Map<String, String> scenarios = new LinkedHashMap<>();
    Map<String, String> kernels = new LinkedHashMap<>();
    for (Plan plan : plans) {
      designs.put(plan.design().id(), Design.of(plan.design(), ""));
      scenarios.put(plan.scenario().id(), plan.scenario().summary());
      kernels.put(plan.kernel().id(), "");
    }
    unfit.forEach((design, why) -> designs.put(design.id(), Design.of(design, why)));
    return new AuditRow(
        List.copyOf(designs.values()),
        scenarios,
        isNarrowed,
        isConverted,
        List.copyOf(kernels.keySet()),
        Double.NaN,
        evidence,
        List.of(),
        Map.of(),
        allClaims());
  }

  private static Set<String> allClaims() {
    Set<String> claims = new LinkedHashSet<>();
    for (Claim claim : Claim.values()) {
      claims.add(claim.id());
    }
    return claims;
  }

  /** Under which name the odds of a harm along its counterexample are kept. */
  static String oddsKey(HarmRow harm) {
    return harm.harm().id() + " " + harm.token();
  }

  /** The odds of a harm along its counterexample, or null if they were not kept. */
  public @Nullable Odds odds(HarmRow harm) {
    Odds own = harm.odds();
    return own != null ? own : odds.get(oddsKey(harm));
  }

  AuditRow ended(double after, List<Story> told, Map<String, Odds> kept) {
    return new AuditRow(
        designs, scenarios, isNarrowed, isConverted, kernels, after, evidence, told, kept, claims);
  }

  AuditRow withEvidence() {
    return new AuditRow(
        designs, scenarios, isNarrowed, isConverted, kernels, seconds, true, stories, odds, claims);
  }

  public boolean hasEnded() {
    return !Double.isNaN(seconds);
  }

  /** What another audit replaces: one of the same designs, scenarios and kernels. */
  String key() {
    return String.join(
        "/",
        ROW,
        String.join(",", designs.stream().map(Design::id).toList()),
        isNarrowed ? String.join(",", scenarios.keySet()) : isConverted ? "converted" : "all",
        String.join(",", kernels));
  }

  Row row() {
    return this::write;
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStringField("row", ROW);
    json.writeArrayFieldStart("designs");
    for (Design design : designs) {
      json.writeStartObject();
      json.writeStringField("id", design.id());
      json.writeStringField("sentence", design.summary());
      json.writeBooleanField("shipped", design.isShipped());
      if (!design.unfit().isEmpty()) {
        json.writeStringField("unfit", design.unfit());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    sentences("scenarios", scenarios, json);
    json.writeBooleanField("narrowed", isNarrowed);
    json.writeStringField("callers", isConverted ? CONVERTED : "all");
    CellRow.texts("kernels", kernels, json);
    if (hasEnded()) {
      json.writeNumberField("seconds", seconds);
    }
    json.writeBooleanField("evidence", evidence);
    json.writeArrayFieldStart("stories");
    for (Story story : stories) {
      story.write(json);
    }
    json.writeEndArray();
    if (!odds.isEmpty()) {
      CourtOdds.write("odds", odds, json);
    }
    // for whoever reads the file without this program
    Map<String, String> promises = new LinkedHashMap<>();
    for (Claim claim : Claim.values()) {
      promises.put(claim.id(), claim.sentence());
    }
    sentences("claims", promises, json);
    Map<String, String> harms = new LinkedHashMap<>();
    for (Harm harm : Harm.values()) {
      harms.put(harm.id(), harm.sentence());
    }
    sentences("harms", harms, json);
    Map<String, String> races = new LinkedHashMap<>();
    Races.all().forEach(race -> races.put(race.id(), race.sentence()));
    sentences("races", races, json);
  }

  private static void sentences(String name, Map<String, String> sentences, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> sentence : sentences.entrySet()) {
      json.writeStringField(sentence.getKey(), sentence.getValue());
    }
    json.writeEndObject();
  }

  static AuditRow read(Fields row) throws IOException {
    List<Design> designs = new ArrayList<>();
    for (Fields design : row.list("designs")) {
      designs.add(new Design(
          design.text("id"),
          design.text("sentence"),
          design.flag("shipped"),
          design.has("unfit") ? design.text("unfit") : ""));
    }
    Map<String, String> scenarios = new LinkedHashMap<>();
    Fields sentences = row.fields("scenarios");
    for (String scenario : sentences.values().keySet()) {
      scenarios.put(scenario, sentences.text(scenario));
    }
    List<Story> stories = new ArrayList<>();
    for (Fields story : row.list("stories")) {
      stories.add(Story.read(story));
    }
    return new AuditRow(
        designs,
        scenarios,
        row.flag("narrowed"),
        row.has("callers") && CONVERTED.equals(row.text("callers")),
        row.texts("kernels"),
        row.decimalOrNan("seconds"),
        row.flag("evidence"),
        stories,
        row.has("odds") ? CourtOdds.readAll(row.fields("odds")) : Map.of(),
        Set.copyOf(row.fields("claims").values().keySet()));
  }
}
