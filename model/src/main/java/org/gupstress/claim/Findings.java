// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was found wrong since somebody last asked: as a set of harms, and as sentences if wanted.
 */
public final class Findings {
  private boolean narrated;
  private long harms;
  private final List<Finding> sentences = new ArrayList<>();

  /** From now on findings are written out, not only counted. */
  public void narrate() {
    narrated = true;
  }

  /** Records a harm; the text is only made if somebody will read it. */
  public void report(Harm harm, Supplier<String> text) {
    harms |= harm.bit();
    if (narrated) {
      sentences.add(new Finding(harm, text.get()));
    }
  }

  /** The harms since the last call. */
  public long takeHarms() {
    long taken = harms;
    harms = 0;
    return taken;
  }

  /** The sentences since the last call; empty unless {@linkplain #narrate narrated}. */
  public List<Finding> takeSentences() {
    List<Finding> taken = List.copyOf(sentences);
    sentences.clear();
    return taken;
  }
}
