// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

/** How the grades of outcomes are read. */
public final class Grade {
  /** The sentence of every outcome that has none of its own. */
  public static final String OTHERWISE =
      "No order of the modelled steps ends like this, and no known weak-memory effect:"
          + " a reordering that nobody thought of, or a mistake of this tool.";

  /** The same where the search was cut. */
  public static final String UNSEARCHED =
      "Nobody expected this outcome, and the search was cut before it"
          + " had tried all orders: one of them may end like this, or nobody thought of it.";

  /** Opens the sentence of an outcome that needs weaker ordering than the explorer models. */
  private static final String WEAK_MEMORY = "Weak memory:";

  /** Opens the sentence of an outcome that exists but cannot be counted on in a short run. */
  private static final String RARE = "Rare:";

  private Grade() {}

  public static boolean isWeakMemory(String sentence) {
    return sentence.startsWith(WEAK_MEMORY);
  }

  /** Whether a run that never shows this interesting outcome has lost its control. */
  public static boolean isControl(String sentence) {
    return !isWeakMemory(sentence) && !sentence.startsWith(RARE);
  }
}
