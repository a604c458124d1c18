// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Finding;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;

/** Shipped designs and scenarios by name, and what exploring them finds. */
public final class Runs {
  private static final Map<String, Result> USUAL = new ConcurrentHashMap<>();

  private Runs() {}

  public static PinDesign design(String id) {
    return Designs.all().stream()
        .filter(d -> d.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no design " + id));
  }

  public static Scenario scenario(String id) {
    return Catalogue.all().stream()
        .filter(s -> s.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no scenario " + id));
  }

  public static Plan usual(String design, String scenario, Kernel kernel) {
    return Plan.usual(design(design), scenario(scenario), kernel);
  }

  /** The run of the audit, made once. */
  public static Result explored(String design, String scenario, Kernel kernel) {
    Plan plan = usual(design, scenario, kernel);
    return USUAL.computeIfAbsent(plan.id(), id -> Explorer.explore(plan, Options.DEFAULT));
  }

  /** A production kernel on as many CPUs as the scenario usually has. */
  public static Result explore(PinDesign design, Scenario scenario) {
    return Explorer.explore(Plan.usual(design, scenario, Kernel.PRODUCTION), Options.DEFAULT);
  }

  /** Replays the violation's token as text; returns the harms that its last step finds. */
  public static Set<Harm> replayed(Plan plan, Result.Violation violation) {
    Token token = Token.parse(violation.token().toString());
    Set<Harm> harms = EnumSet.noneOf(Harm.class);
    for (Finding finding : Replay.run(plan, Reductions.ALL, token.schedule()).conclusion()) {
      harms.add(finding.harm());
    }
    return harms;
  }

  /** The verdicts of all claims. */
  public static Map<Claim, Verdict> verdicts(Result result) {
    Map<Claim, Verdict> verdicts = new EnumMap<>(Claim.class);
    for (Claim claim : Claim.values()) {
      verdicts.put(claim, result.verdict(claim));
    }
    return verdicts;
  }
}
