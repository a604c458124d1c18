// SPDX-License-Identifier: Apache-2.0
package org.gupstress.court;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gupstress.audit.Case;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Result;
import org.gupstress.explore.Result.Violation;
import org.gupstress.explore.Stop;
import org.gupstress.explore.Verdict;
import org.gupstress.race.Race;
import org.gupstress.result.Fields;
import org.gupstress.result.Row;
import org.gupstress.text.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * What one run of the explorer says: a design in a scenario and a kernel. The verdict is that of
 * every claim which the row does not name as violated or as not applicable.
 *
 * @param verdict of all claims that are neither violated nor not applicable
 * @param notApplicable why claims are not judged here
 * @param missing the harms that it would have had to find, with the races that do them
 * @param misbehaving what drivers do wrong there, a sentence each: then it is judged apart
 * @param isKnown whether anything is expected of the design: a user's has done nothing yet
 * @param isVacuous whether a shipped scenario has not met what it is for
 * @param stopped why the run is not complete, or null if it is
 * @param unmet sentences of the conditions that were never met
 * @param measured null if it was not run
 */
public record CellRow(
    String design,
    String scenario,
    String kernel,
    int cpus,
    int rounds,
    Verdict verdict,
    Map<Claim, String> notApplicable,
    List<HarmRow> harms,
    Map<Harm, List<String>> missing,
    List<String> misbehaving,
    boolean isKnown,
    boolean isVacuous,
    @Nullable String stopped,
    List<String> unmet,
    @Nullable Measured measured) {
  /** What the row is. */
  static final String ROW = "cell";

  /** Why there is no verdict of what the time did not reach. */
  private static final String NOT_RUN = "it was not run";

  /** What a run has found. */
  public static CellRow of(Case found) {
    Result result = found.result();
    Map<Claim, String> notApplicable = new EnumMap<>(Claim.class);
    List<HarmRow> harms = new ArrayList<>();
    if (result != null) {
      for (Claim claim : Claim.values()) {
        String reason = result.reasonNotApplicable(claim);
        if (reason != null) {
          notApplicable.put(claim, reason);
        }
      }
      result.violations().values().forEach(violation -> harms.add(harm(found, violation)));
    }
    Map<Harm, List<String>> missing = new EnumMap<>(Harm.class);
    found.missing().forEach(harm -> missing.put(harm, found.causes(harm)));
    return new CellRow(
        found.plan().design().id(),
        found.plan().scenario().id(),
        found.plan().kernel().id(),
        found.plan().cpus(),
        found.plan().rounds(),
        otherwise(found),
        notApplicable,
        harms,
        missing,
        found.misbehaving(),
        found.isKnown(),
        found.isVacuous(),
        stopped(result),
        result == null ? List.of() : result.unmet(),
        result == null ? null : Measured.of(result));
  }

  private static @Nullable String stopped(@Nullable Result result) {
    Stop stop = result == null ? null : result.stopped();
    return result == null ? NOT_RUN : stop == null ? null : stop.sentence();
  }

  /** Of the claims that nothing was found against, all have one verdict where they apply. */
  private static Verdict otherwise(Case found) {
    Result result = found.result();
    if (result == null) {
      return Verdict.NOT_RUN;
    }
    if (result.stopped() != null || result.violations().containsKey(Harm.CONTRACT)) {
      return Verdict.INCOMPLETE;
    }
    return result.unmet().isEmpty() ? Verdict.HOLDS : Verdict.NOT_MET;
  }

  private static HarmRow harm(Case found, Violation violation) {
    return new HarmRow(
        violation.harm(),
        violation.name(),
        violation.text(),
        violation.share(),
        violation.preemptions(),
        violation.steps(),
        found.causes(violation.harm()),
        !found.isUnexpected(violation.harm()),
        found.sharedBy(violation.harm()),
        violation.token() == null ? null : violation.token().toString(),
        violation.token() == null ? -1 : violation.odds().noReturn(),
        violation.token() == null ? null : violation.odds());
  }

  /** The same without the curves of odds. */
  CellRow withoutOdds() {
    return new CellRow(
        design,
        scenario,
        kernel,
        cpus,
        rounds,
        verdict,
        notApplicable,
        harms.stream().map(HarmRow::withoutOdds).toList(),
        missing,
        misbehaving,
        isKnown,
        isVacuous,
        stopped,
        unmet,
        measured);
  }

  /** One that a run has planned, and not reached. */
  static CellRow notRun(String design, String scenario, String kernel) {
    return new CellRow(
        design,
        scenario,
        kernel,
        0,
        0,
        Verdict.NOT_RUN,
        Map.of(),
        List.of(),
        Map.of(),
        List.of(),
        false,
        false,
        NOT_RUN,
        List.of(),
        null);
  }

  /** Design, scenario and kernel, in words. */
  public String name() {
    return design + " in " + scenario + ", " + kernel + " kernel";
  }

  /** CPUs and rounds, in words. */
  public String size() {
    return Numbers.of(cpus, "CPU") + " x " + Numbers.of(rounds, "round");
  }

  /** Whether a driver does something wrong there: what comes of it is not the design's doing. */
  public boolean isMisused() {
    return !misbehaving.isEmpty();
  }

  public boolean isComplete() {
    return measured != null && stopped == null;
  }

  /** What the run says about a claim. */
  public Verdict verdict(Claim claim) {
    if (harms.stream().anyMatch(found -> found.harm().claim() == claim)) {
      return Verdict.VIOLATED;
    }
    return notApplicable.containsKey(claim) ? Verdict.NOT_APPLICABLE : verdict;
  }

  /** Whether any claim was judged. */
  public boolean isJudged() {
    return verdict == Verdict.HOLDS || !harms.isEmpty();
  }

  /** That no claim was judged, and why, in words. */
  public String nothingJudged() {
    return "nothing was judged of " + name() + ": the run never met " + String.join("; ", unmet);
  }

  /** The harms that nothing known explains. */
  public List<HarmRow> unexpected() {
    return harms.stream().filter(found -> !found.isExpected()).toList();
  }

  /** Whether nothing known explains how the claim is broken, or what is known did not break it. */
  public boolean isUnexpected(Claim claim) {
    return Stream.concat(unexpected().stream().map(HarmRow::harm), missing.keySet().stream())
        .anyMatch(harm -> harm.claim() == claim);
  }

  /** The known races that explain what was found against the claim, in order. */
  public TreeSet<String> causes(Claim claim) {
    TreeSet<String> causes = new TreeSet<>(Race.BY_NUMBER);
    harms.stream()
        .filter(found -> found.harm().claim() == claim)
        .forEach(found -> causes.addAll(found.causes()));
    return causes;
  }

  // ---- in a file

  /** All of it. */
  Row row() {
    return json -> write(ROW, json);
  }

  void write(String row, JsonGenerator json) throws IOException {
    json.writeStringField("row", row);
    json.writeStringField("design", design);
    json.writeStringField("scenario", scenario);
    json.writeStringField("kernel", kernel);
    json.writeNumberField("cpus", cpus);
    json.writeNumberField("rounds", rounds);
    json.writeStringField("verdict", verdict.id());
    json.writeBooleanField("known", isKnown);
    if (stopped != null) {
      json.writeStringField("stopped", stopped);
    }
    if (isVacuous) {
      json.writeBooleanField("vacuous", true);
    }
    if (!misbehaving.isEmpty()) {
      texts("misbehaving", misbehaving, json);
    }
    if (!unmet.isEmpty()) {
      texts("unmet", unmet, json);
    }
    if (!notApplicable.isEmpty()) {
      json.writeObjectFieldStart("not_applicable");
      for (Map.Entry<Claim, String> claim : notApplicable.entrySet()) {
        json.writeStringField(claim.getKey().id(), claim.getValue());
      }
      json.writeEndObject();
    }
    if (!harms.isEmpty()) {
      json.writeArrayFieldStart("violations");
      for (HarmRow harm : harms) {
        harm.write(json);
      }
      json.writeEndArray();
    }
    if (!missing.isEmpty()) {
      json.writeObjectFieldStart("missing");
      for (Map.Entry<Harm, List<String>> harm : missing.entrySet()) {
        texts(harm.getKey().id(), harm.getValue(), json);
      }
      json.writeEndObject();
    }
    if (measured != null) {
      measured.write(json);
    }
  }

  static void texts(String name, Collection<String> texts, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  static CellRow read(Fields row) throws IOException {
    Map<Claim, String> notApplicable = new EnumMap<>(Claim.class);
    if (row.has("not_applicable")) {
      Fields reasons = row.fields("not_applicable");
      for (String claim : reasons.values().keySet()) {
        notApplicable.put(Known.claim(claim), reasons.text(claim));
      }
    }
    List<HarmRow> harms = new ArrayList<>();
    if (row.has("violations")) {
      for (Fields harm : row.list("violations")) {
        harms.add(HarmRow.read(harm));
      }
    }
    Map<Harm, List<String>> missing = new TreeMap<>();
    if (row.has("missing")) {
      Fields causes = row.fields("missing");
      for (String harm : causes.values().keySet()) {
        missing.put(Known.harm(harm), causes.texts(harm));
      }
    }
    return new CellRow(
        row.text("design"),
        row.text("scenario"),
        row.text("kernel"),
        row.count("cpus"),
        row.count("rounds"),
        Known.verdict(row.text("verdict")),
        notApplicable,
        harms,
        missing,
        row.has("misbehaving") ? row.texts("misbehaving") : List.of(),
        row.flag("known"),
        row.has("vacuous") && row.flag("vacuous"),
        row.has("stopped") ? row.text("stopped") : null,
        row.has("unmet") ? row.texts("unmet") : List.of(),
        row.has("states") ? Measured.read(row) : null);
  }
}
