// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What was found wrong since somebody last asked: as a set of harms, and as sentences if wanted.
 */
public final class Findings {
  private boolean narrated;
  private final Set<Harm> harms = EnumSet.noneOf(Harm.class);
  private final List<Finding> sentences = new ArrayList<>();

  /** From now on findings are written out, not only counted. */
  public void narrate() {
    narrated = true;
  }

  /** Records a harm; the text is only made if somebody will read it. */
  public void report(Harm harm, Supplier<String> text) {
    report(harm, "", text);
  }

  /** The same, under the name that a scenario has for it. */
  public void report(Harm harm, String name, Supplier<String> text) {
    harms.add(harm);
    if (narrated) {
      sentences.add(new Finding(harm, name, text.get()));
    }
  }

  /** Whether there are harms since they were last taken. */
  public boolean hasHarms() {
    return !harms.isEmpty();
  }

  /** The harms since the last call. */
  public Set<Harm> takeHarms() {
    if (harms.isEmpty()) {
      return Set.of();
    }
    Set<Harm> taken = EnumSet.copyOf(harms);
    harms.clear();
    return taken;
  }

  /** The sentences since the last call; empty unless {@linkplain #narrate narrated}. */
  public List<Finding> takeSentences() {
    List<Finding> taken = List.copyOf(sentences);
    sentences.clear();
    return taken;
  }
}
