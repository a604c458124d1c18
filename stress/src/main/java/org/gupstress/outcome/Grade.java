// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What it means that a test ends in an outcome. */
public enum Grade {
  /** Right: the page and its pins are as they should be. */
  ACCEPTABLE(""),

  /** A known defect of the design. A run that does not show it has not tested anything. */
  CONTROL(""),

  /** A known defect too seldom to be counted on in a short run. */
  RARE("Rare: "),

  /** Needs weaker ordering than the explorer models: no order of the steps ends like this. */
  WEAK("Weak memory: "),

  /** Nobody knows how a test could end like this. No table grants it: all that is not graded is. */
  FORBIDDEN("");

  /** The sentence of every outcome that has none of its own. */
  public static final String OTHERWISE =
      "No order of the modelled steps ends like this, and no known weak-memory effect:"
          + " a reordering that nobody thought of, or a mistake of this tool.";

  /** The same where the search was cut. */
  public static final String UNSEARCHED =
      "Nobody expected this outcome, and the search was cut before it"
          + " had tried all orders: one of them may end like this, or nobody thought of it.";

  /** How tables, rows and reports write it. */
  public final String id = name().toLowerCase(Locale.ROOT);

  private final String opening;

  Grade(String opening) {
    this.opening = opening;
  }

  /** The grades that a table can give. */
  static List<Grade> ofTables() {
    return Arrays.stream(values()).filter(grade -> grade != FORBIDDEN).toList();
  }

  /** A sentence for jcstress's own pages, which know no other grade of a defect than one. */
  String onPagesOfJcstress(String sentence) {
    return opening + sentence;
  }
}
