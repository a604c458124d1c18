// SPDX-License-Identifier: Apache-2.0
package org.gupstress.court;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.gupstress.audit.Court;
import org.gupstress.claim.Claim;
import org.gupstress.explore.Verdict;
import org.gupstress.page.Kernel;
import org.gupstress.race.Race;

/**
 * An audit as its rows tell it: what was asked for, and a cell for each design, scenario and kernel
 * of it. What the run prints and what a report of its file prints are made of this alone.
 */
public record Audited(AuditRow asked, List<CellRow> cells) {

  /** A harm and the cell in which it was found. */
  public record Shown(CellRow cell, HarmRow harm) {
    /** Fewest pre-emptions first, then fewest CPUs, then fewest steps. */
    static final Comparator<Shown> SIMPLEST = Comparator.comparing(
            (Shown shown) -> shown.harm().token() == null)
        .thenComparing(shown -> shown.harm().preemptions())
        .thenComparing(shown -> shown.cell().cpus())
        .thenComparing(shown -> shown.harm().steps())
        .thenComparing(shown -> !shown.cell().kernel().equals(Kernel.PRODUCTION.id()));

    /** Shortest first; the production kernel's where two are equal. */
    static final Comparator<Shown> SHORTEST = Comparator.comparing(Shown::harm, HarmRow.SHORTEST)
        .thenComparing(shown -> !shown.cell().kernel().equals(Kernel.PRODUCTION.id()));
  }

  /** The same as if the shortest way to every violated claim had been asked for. */
  public Audited withEvidence() {
    return new Audited(asked.withEvidence(), cells);
  }

  /** The designs that nothing is expected of. */
  public List<AuditRow.Design> own() {
    return asked.designs().stream().filter(design -> !design.isShipped()).toList();
  }

  public Stream<CellRow> of(String design) {
    return cells.stream().filter(cell -> cell.design().equals(design));
  }

  /**
   * All claims; the explorer's own condition on designs only where one breaks it, those about
   * processes only where there are some.
   */
  public List<Claim> claims() {
    return Arrays.stream(Claim.values())
        .filter(claim -> asked.claims().contains(claim.id()))
        .filter(claim -> claim != Claim.DESIGN_CONTRACT
            || cells.stream().anyMatch(cell -> cell.verdict(claim) == Verdict.VIOLATED))
        .filter(claim -> !claim.isOfProcesses()
            || cells.stream().anyMatch(cell -> cell.verdict(claim) != Verdict.NOT_APPLICABLE))
        .toList();
  }

  /** The cells by which a claim is judged: those in which all callers keep to the API. */
  public Stream<CellRow> judged(String design, Claim claim) {
    return of(design).filter(cell -> !cell.isMisused() || claim == Claim.DESIGN_CONTRACT);
  }

  /** The cells in which all callers keep to the API. */
  public Stream<CellRow> converted(String design) {
    return of(design).filter(cell -> !cell.isMisused());
  }

  /** The cells in which a driver does something wrong. */
  public Stream<CellRow> misused(String design) {
    return of(design).filter(CellRow::isMisused);
  }

  public Verdict verdict(String design, Claim claim) {
    List<Verdict> found = judged(design, claim).map(cell -> cell.verdict(claim)).toList();
    return found.isEmpty() ? Verdict.NOT_APPLICABLE : Court.gravest(found);
  }

  /** The races that explain why the claim is violated. */
  public TreeSet<String> causes(String design, Claim claim) {
    TreeSet<String> causes = new TreeSet<>(Race.BY_NUMBER);
    judged(design, claim).forEach(cell -> causes.addAll(cell.causes(claim)));
    return causes;
  }

  /** What no sound design does there, the simplest first: what is wrong with this one. */
  public List<Shown> alone(String design) {
    return of(design)
        .flatMap(cell -> cell.harms().stream()
            .filter(HarmRow::isAlone)
            .filter(row -> !cell.isMisused() || row.harm().claim() == Claim.DESIGN_CONTRACT)
            .map(row -> new Shown(cell, row)))
        .sorted(Shown.SIMPLEST)
        .toList();
  }

  /** What stands in a cell of the table. */
  public String words(String design, Claim claim) {
    List<String> words = new ArrayList<>(causes(design, claim));
    boolean isUnexpected = judged(design, claim)
        .flatMap(cell -> cell.unexpected().stream())
        .anyMatch(found -> found.harm().claim() == claim);
    if (words.isEmpty()) {
      words.add(verdict(design, claim).id() + (isUnexpected ? "!" : ""));
    } else if (isUnexpected) {
      words.add("!");
    }
    if (judged(design, claim)
        .flatMap(cell -> cell.missing().keySet().stream())
        .anyMatch(harm -> harm.claim() == claim)) {
      words.add("missing!");
    }
    return String.join(" ", words);
  }

  /** Whether there are cells in which a driver does something wrong. */
  public boolean hasMisused() {
    return cells.stream().anyMatch(CellRow::isMisused);
  }

  /** What stands in the cell of the callers that do something wrong. */
  public String callers(String design) {
    TreeSet<String> causes = new TreeSet<>(Race.BY_NUMBER);
    misused(design)
        .flatMap(cell -> cell.harms().stream())
        .forEach(found -> causes.addAll(found.causes()));
    List<String> words = new ArrayList<>(causes);
    boolean isMore = misused(design)
        .flatMap(cell -> cell.harms().stream())
        .anyMatch(found -> found.causes().isEmpty());
    if (words.isEmpty()) {
      words.add(isMore ? "harmed" : openOrHolds(design));
    } else if (isMore) {
      words.add("+");
    }
    if (misused(design).anyMatch(cell -> !cell.unexpected().isEmpty())) {
      words.add("!");
    }
    if (misused(design).anyMatch(cell -> !cell.missing().isEmpty())) {
      words.add("missing!");
    }
    return String.join(" ", words);
  }

  private String openOrHolds(String design) {
    return misused(design)
        .filter(cell -> !cell.isComplete())
        .findFirst()
        .map(cell -> cell.measured() == null ? Verdict.NOT_RUN : Verdict.INCOMPLETE)
        .orElse(Verdict.HOLDS)
        .id();
  }

  /**
   * What a page shows step by step: for each design and claim the shortest way to each race that
   * breaks it, and to each harm; what is unexpected before all others.
   */
  public List<Shown> shown() {
    Map<String, Shown> shown = new LinkedHashMap<>();
    for (CellRow cell : cells) {
      for (HarmRow harm : cell.harms()) {
        Shown here = new Shown(cell, harm);
        List<String> subjects = new ArrayList<>(harm.causes());
        subjects.add(harm.harm().id());
        if (harm.token() != null) {
          for (String subject : subjects) {
            String key = String.join(
                "/",
                cell.design(),
                harm.harm().claim().id(),
                subject,
                String.valueOf(cell.isMisused()),
                String.valueOf(harm.isExpected()));
            shown.merge(
                key, here, (one, other) -> Shown.SHORTEST.compare(one, other) <= 0 ? one : other);
          }
        }
      }
    }
    return shown.values().stream().distinct().toList();
  }

  /** The shortest of all harms that are wanted. */
  public static Optional<Shown> shortest(
      Stream<CellRow> cells, BiPredicate<CellRow, HarmRow> wanted) {
    return cells
        .flatMap(cell -> cell.harms().stream()
            .filter(harm -> wanted.test(cell, harm))
            .map(harm -> new Shown(cell, harm)))
        .min(Shown.SHORTEST);
  }

  /** Whether something was found that nobody expects, or not found or not met that must be. */
  public boolean isSurprised() {
    return cells.stream()
        .anyMatch(
            cell -> !cell.unexpected().isEmpty() || !cell.missing().isEmpty() || cell.isVacuous());
  }

  /** Whether all was run to its end; of what a driver has spoilt, until it was harmed. */
  public boolean isComplete() {
    return cells.stream()
        .allMatch(
            cell -> cell.isComplete() || (cell.isMisused() && !cell.harms().isEmpty()));
  }

  /** The cells that were run to their end and in which no claim was judged. */
  public List<CellRow> notJudged() {
    return cells.stream()
        .filter(cell -> cell.isComplete() && !cell.isJudged() && !cell.isMisused())
        .toList();
  }
}
