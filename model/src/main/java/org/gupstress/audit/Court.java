// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gupstress.claim.Claim;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Verdict;
import org.gupstress.race.Race;

/** All cases of an audit: claims against designs, over all scenarios and kernels. */
public record Court(List<Case> cases) {
  /** What anywhere makes the verdict everywhere, the gravest first. */
  private static final List<Verdict> GRAVEST = List.of(
      Verdict.VIOLATED,
      Verdict.INCOMPLETE,
      Verdict.NOT_RUN,
      Verdict.NOT_MET,
      Verdict.HOLDS,
      Verdict.NOT_APPLICABLE);

  public List<PinDesign> designs() {
    return cases.stream().map(c -> c.plan().design()).distinct().toList();
  }

  /** The designs that are not shipped: nothing is expected of them. */
  public List<PinDesign> own() {
    return cases.stream()
        .filter(c -> !c.isKnown())
        .map(c -> c.plan().design())
        .distinct()
        .toList();
  }

  /** How the kernels were configured. */
  public List<String> kernels() {
    return cases.stream().map(c -> c.plan().kernel().id()).distinct().toList();
  }

  /**
   * All claims; the explorer's own condition on designs only where one breaks it, those about
   * processes only where there are some.
   */
  public List<Claim> claims() {
    return Arrays.stream(Claim.values())
        .filter(claim -> claim != Claim.DESIGN_CONTRACT
            || cases.stream().anyMatch(c -> c.verdict(claim) == Verdict.VIOLATED))
        .filter(claim -> !claim.isOfProcesses()
            || cases.stream().anyMatch(c -> c.verdict(claim) != Verdict.NOT_APPLICABLE))
        .toList();
  }

  public Stream<Case> of(PinDesign design) {
    return cases.stream().filter(c -> c.plan().design() == design);
  }

  /** The cases by which a claim is judged: those in which all callers keep to the API. */
  private Stream<Case> judged(PinDesign design, Claim claim) {
    return of(design).filter(c -> c.misbehaving().isEmpty() || claim == Claim.DESIGN_CONTRACT);
  }

  public Verdict verdict(PinDesign design, Claim claim) {
    List<Verdict> found = judged(design, claim).map(c -> c.verdict(claim)).toList();
    return found.isEmpty() ? Verdict.NOT_APPLICABLE : gravest(found);
  }

  public static Verdict gravest(List<Verdict> found) {
    return GRAVEST.stream().filter(found::contains).findFirst().orElse(Verdict.NOT_RUN);
  }

  /** The races that explain why the claim is violated. */
  public TreeSet<String> causes(PinDesign design, Claim claim) {
    TreeSet<String> causes = new TreeSet<>(Race.BY_NUMBER);
    judged(design, claim).forEach(c -> causes.addAll(c.causes(claim)));
    return causes;
  }

  /** A cell of the table. */
  public String cell(PinDesign design, Claim claim) {
    Verdict verdict = verdict(design, claim);
    List<String> words = new ArrayList<>(causes(design, claim));
    boolean isUnexpected = judged(design, claim)
        .flatMap(c -> c.unexpected().stream())
        .anyMatch(violation -> violation.harm().claim() == claim);
    if (words.isEmpty()) {
      words.add(verdict.id() + (isUnexpected ? "!" : ""));
    } else if (isUnexpected) {
      words.add("!");
    }
    if (judged(design, claim)
        .flatMap(c -> c.missing().stream())
        .anyMatch(harm -> harm.claim() == claim)) {
      words.add("missing!");
    }
    return String.join(" ", words);
  }

  /**
   * Asserts that a claim holds, for all designs, in every interleaving of the sizes explored.
   *
   * @param claim its id, like never-stranded
   * @throws AssertionError with the shortest counterexample, or with the reason why nothing can be
   *     said
   * @throws IllegalArgumentException if there is no such claim
   */
  public void assertHolds(String claim) {
    Claim asserted = Arrays.stream(Claim.values())
        .filter(known -> known.id().equals(claim))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no claim \"" + claim
            + "\"; there are "
            + Arrays.stream(Claim.values()).map(Claim::id).collect(Collectors.joining(", "))));
    for (PinDesign design : designs()) {
      Verdict verdict = verdict(design, asserted);
      if (verdict != Verdict.HOLDS) {
        throw new AssertionError(
            claim + " of " + design.id() + ": " + verdict.id() + reason(design, asserted));
      }
    }
  }

  /**
   * What is done here and is not done by a shipped design, and what both do.
   *
   * @param design its id, like foll-pin
   * @throws IllegalArgumentException if there is no such design
   */
  public Comparison compareWith(String design) {
    return Comparison.of(
        cases,
        Designs.find(design)
            .orElseThrow(() -> new IllegalArgumentException("there is no design \"" + design
                + "\"; there are "
                + Designs.all().stream().map(PinDesign::id).collect(Collectors.joining(", ")))));
  }

  /** The counterexample, or else what kept the audit from a verdict. */
  private String reason(PinDesign design, Claim claim) {
    return evidence(design, claim)
        .or(() -> evidence(design, Claim.DESIGN_CONTRACT))
        .map(Evidence::text)
        .orElseGet(() -> judged(design, claim)
            .filter(c -> c.verdict(claim) == verdict(design, claim))
            .findFirst()
            .map(c -> ", " + c.name() + c.remark(claim))
            .orElse(""));
  }

  private Optional<Evidence> evidence(PinDesign design, Claim claim) {
    return Evidence.shortest(
        judged(design, claim), (c, violation) -> violation.harm().claim() == claim);
  }

  /** Whether something was found that nobody expects, or not found or not met that must be. */
  public boolean isSurprised() {
    return cases.stream()
        .anyMatch(c -> !c.unexpected().isEmpty() || !c.missing().isEmpty() || c.isVacuous());
  }

  public boolean isComplete() {
    return cases.stream().allMatch(Case::isComplete);
  }
}
