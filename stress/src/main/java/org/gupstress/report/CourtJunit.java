// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gupstress.claim.Claim;
import org.gupstress.court.AuditRow;
import org.gupstress.court.Audited;
import org.gupstress.court.CellRow;
import org.gupstress.court.ExploreRow;
import org.gupstress.court.HarmRow;
import org.gupstress.court.Measured;
import org.gupstress.court.Story;
import org.gupstress.explore.Verdict;
import org.gupstress.result.JunitXml.Case;
import org.gupstress.result.JunitXml.Status;
import org.gupstress.text.Sheet;

/**
 * Audits and explorations as cases of JUnit: a claim in a scenario and a kernel. What makes the
 * exit status 1 has failed. A violation that is known of the design passes, and is told.
 */
public final class CourtJunit {
  private final CellRow cell;
  private final List<Story> stories;

  private CourtJunit(CellRow cell, List<Story> stories) {
    this.cell = cell;
    this.stories = stories;
  }

  /** Of all cells of an audit. */
  public static List<Case> cases(Audited court) {
    List<Case> cases = new ArrayList<>();
    List<Claim> claims = court.claims();
    for (AuditRow.Design design : court.asked().designs()) {
      for (CellRow cell : court.of(design.id()).toList()) {
        List<Story> stories =
            design.isShipped() ? rerunnable(cell) : court.asked().stories();
        cases.addAll(new CourtJunit(cell, stories).cases(claims));
      }
    }
    return cases;
  }

  /** Of one run. */
  public static List<Case> cases(ExploreRow row) {
    CellRow cell = row.cell();
    Story story = row.story();
    List<Claim> claims = Arrays.stream(Claim.values())
        .filter(claim -> claim != Claim.DESIGN_CONTRACT || cell.verdict(claim) == Verdict.VIOLATED)
        .toList();
    return new CourtJunit(cell, story == null ? List.of() : List.of(story)).cases(claims);
  }

  /** Of a shipped design there is a story of every token: it is run again. */
  private static List<Story> rerunnable(CellRow cell) {
    return cell.unexpected().stream()
        .map(HarmRow::token)
        .filter(token -> token != null)
        .map(token -> new Story(token, Map.of()))
        .toList();
  }

  private List<Case> cases(List<Claim> claims) {
    Measured measured = cell.measured();
    double seconds = measured == null ? 0 : measured.seconds() / claims.size();
    return claims.stream()
        .map(claim -> new Case(
            cell.design(),
            cell.design() + "." + cell.scenario(),
            String.join("/", cell.scenario(), cell.kernel(), claim.id()),
            seconds,
            status(claim),
            message(claim),
            MailText.of(sheet -> body(claim, sheet))))
        .toList();
  }

  private Status status(Claim claim) {
    Verdict verdict = cell.verdict(claim);
    if (cell.isUnexpected(claim) || (cell.isVacuous() && verdict == Verdict.NOT_MET)) {
      return Status.FAILED;
    }
    return verdict == Verdict.HOLDS || verdict == Verdict.VIOLATED ? Status.PASSED : Status.SKIPPED;
  }

  private String message(Claim claim) {
    List<String> why = new ArrayList<>();
    for (HarmRow found : cell.unexpected()) {
      if (found.harm().claim() == claim) {
        why.add(found.label() + ": " + found.text());
      }
    }
    cell.missing().forEach((harm, causes) -> {
      if (harm.claim() == claim) {
        why.add("expected " + harm.id() + " by " + String.join(" ", causes) + ", found none");
      }
    });
    if (why.isEmpty()) {
      switch (cell.verdict(claim)) {
        case NOT_APPLICABLE -> why.add(String.valueOf(cell.notApplicable().get(claim)));
        case NOT_MET -> cell.unmet().forEach(sentence -> why.add("never met: " + sentence));
        case NOT_RUN, INCOMPLETE -> why.add(String.valueOf(cell.stopped()));
        case HOLDS, VIOLATED -> {}
      }
    }
    return String.join("; ", why);
  }

  private void body(Claim claim, Sheet sheet) {
    for (HarmRow found : cell.harms()) {
      if (found.harm().claim() == claim) {
        ExploreText.violation(found, sheet);
        stories.stream()
            .filter(story -> story.token().equals(found.token()))
            .findFirst()
            .ifPresent(story -> {
              sheet.blank();
              story.print(sheet);
            });
      }
    }
  }
}
