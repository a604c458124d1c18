// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gupstress.result.JunitXml.Case;
import org.gupstress.result.JunitXml.Status;
import org.gupstress.storm.HarmCount;
import org.gupstress.storm.StormExpectations;
import org.gupstress.storm.StormFinding;
import org.gupstress.storm.StormRecord;
import org.gupstress.storm.StormResult;

/**
 * Storms as cases of JUnit: one for each, and one for each claim that it has seen broken. What
 * makes the exit status 1 has failed. A finding that is known of the design passes, and is told.
 */
public final class StormJunit {
  private StormJunit() {}

  /** Of all of them. */
  public static List<Case> cases(List<StormRecord> storms) {
    List<Case> cases = new ArrayList<>();
    storms.forEach(storm -> add(storm, cases));
    return cases;
  }

  private static void add(StormRecord storm, List<Case> cases) {
    String name = "storm/" + storm.setup().kernel().id();
    StormResult result = storm.result();
    if (result == null) {
      cases.add(of(storm, name, Status.SKIPPED, "it was cut off", ""));
      return;
    }
    StormExpectations.Judgement judged =
        StormExpectations.judge(storm.design(), storm.setup(), result);
    List<String> unexpected = judged.unexpected().stream().map(HarmCount::harm).toList();
    cases.add(of(
        storm,
        name,
        status(judged),
        judged.isMissed()
            ? "expected a known race of " + storm.design() + ", found none"
            : judged.isIdle() && unexpected.isEmpty()
                ? "expected memory to run short, found that nothing was reclaimed"
                : String.join("; ", unexpected),
        ""));
    Map<String, List<StormFinding>> byClaim = new TreeMap<>();
    for (StormFinding finding : storm.findings()) {
      byClaim.computeIfAbsent(finding.claim(), claim -> new ArrayList<>()).add(finding);
    }
    byClaim.forEach((claim, findings) -> {
      List<String> failed = findings.stream()
          .filter(finding -> unexpected.contains(finding.harm()))
          .map(finding -> finding.harm() + ": " + finding.sentence())
          .toList();
      cases.add(of(
          storm,
          name + "/" + claim,
          failed.isEmpty() ? Status.PASSED : Status.FAILED,
          String.join("; ", failed),
          MailText.of(sheet -> findings.forEach(
              finding -> new StormFindingText(storm, false, sheet).print(finding)))));
    });
  }

  private static Status status(StormExpectations.Judgement judged) {
    if (judged.isSurprised()) {
      return Status.FAILED;
    }
    return judged.isIdle() ? Status.SKIPPED : Status.PASSED;
  }

  private static Case of(
      StormRecord storm, String name, Status status, String message, String body) {
    StormResult result = storm.result();
    return new Case(
        storm.design(),
        storm.design() + ".storm",
        name,
        result == null ? 0 : result.loadSeconds(),
        status,
        message,
        body);
  }
}
