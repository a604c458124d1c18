// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gupstress.claim.Claim;

/**
 * One defect: a change to the source of one class, as a patch would make it. What a defect replaces
 * is found whatever spaces and line ends are between its words.
 *
 * @param id short name
 * @param sentence what is wrong
 * @param file the class that is changed, from the root package on, like {@code lru/Isolation}
 * @param edits what is replaced by what
 * @param designs the designs that are audited with it
 * @param equivalent why nobody can tell the difference; empty if somebody can
 * @param claims of which one must catch it; empty if any will do
 */
record Mutant(
    String id,
    String sentence,
    String file,
    List<Edit> edits,
    List<String> designs,
    String equivalent,
    Set<Claim> claims) {

  /** A text that is there exactly once, and what stands in its place. */
  record Edit(String before, String after) {}

  /**
   * A defect of the kernel code around the designs: any sound one shows it, a small one fastest.
   */
  static Mutant kernel(String id, String sentence, String file) {
    return new Mutant(id, sentence, file, List.of(), List.of("foll-pin"), "", Set.of());
  }

  /** A defect of a design. */
  static Mutant design(String id, String sentence, String design, String file) {
    return new Mutant(id, sentence, "design/" + file, List.of(), List.of(design), "", Set.of());
  }

  Mutant instead(String before, String after) {
    List<Edit> more = new ArrayList<>(edits);
    more.add(new Edit(before, after));
    return new Mutant(id, sentence, file, List.copyOf(more), designs, equivalent, claims);
  }

  Mutant without(String text) {
    return instead(text, "");
  }

  /** Audits these designs instead of the usual one. */
  Mutant with(String... others) {
    return new Mutant(id, sentence, file, edits, List.of(others), equivalent, claims);
  }

  /** The defect makes no difference, and this is the proof. */
  Mutant isEquivalent(String proof) {
    return new Mutant(id, sentence, file, edits, designs, proof, claims);
  }

  /** One of these claims must catch it. */
  Mutant by(Claim... these) {
    return new Mutant(id, sentence, file, edits, designs, equivalent, Set.of(these));
  }

  /** Whether what caught it is what must. */
  boolean isCaughtBy(Caught caught) {
    return claims.isEmpty() || claims.stream().anyMatch(claim -> claim.id().equals(caught.by()));
  }

  boolean isEquivalent() {
    return !equivalent.isEmpty();
  }

  /** The source with the defect in it. */
  String applyTo(String source) {
    String changed = source;
    for (Edit edit : edits) {
      String words = Pattern.compile("\\s+")
          .splitAsStream(edit.before().strip())
          .map(Pattern::quote)
          .collect(Collectors.joining("\\s+"));
      Matcher found = Pattern.compile(words).matcher(changed);
      long times = found.results().count();
      if (times != 1) {
        throw new IllegalStateException(id + ": expected once in " + file + ".java, found " + times
            + " times: " + edit.before());
      }
      changed = found.reset().replaceFirst(Matcher.quoteReplacement(edit.after()));
    }
    return changed;
  }

  @Override
  public String toString() {
    return id;
  }
}
