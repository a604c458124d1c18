// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.List;

/**
 * One outcome test.
 *
 * @param name question and design, like PinVsDrain.RfcOct
 * @param className as jcstress selects it
 * @param design its id; empty if the test is about words that no design has a say in
 * @param actors threads that it needs at once
 * @param cases graded outcomes, in the order of the table; all others are forbidden
 */
public record OutcomeTest(
    String name, String className, String design, int actors, List<Case> cases) {

  /**
   * A graded outcome.
   *
   * @param outcome its name
   */
  public record Case(String outcome, Grade grade, String sentence) {
    public boolean isControl() {
      return grade == Grade.CONTROL;
    }
  }

  /** The grade of an outcome that was observed. */
  public Case caseOf(String outcome) {
    for (Case known : cases) {
      if (known.outcome().equals(outcome)) {
        return known;
      }
    }
    return new Case(outcome, Grade.FORBIDDEN, Grade.OTHERWISE);
  }

  /** Whether the table says what this outcome means. */
  public boolean knows(String outcome) {
    return cases.stream().anyMatch(known -> known.outcome().equals(outcome));
  }

  /** Whether the test shows a known defect: a run that never sees it has not tested anything. */
  public boolean isControl() {
    return cases.stream().anyMatch(Case::isControl);
  }

  public String question() {
    return name.substring(0, name.indexOf('.'));
  }

  /** Whether a name on the command line, of a test or of a question, means this one. */
  public boolean isMeantBy(String wanted) {
    return name.equalsIgnoreCase(wanted) || question().equalsIgnoreCase(wanted);
  }

  /** Whether the test puts its question to this design. */
  public boolean isAbout(String wanted) {
    return design.equals(wanted);
  }

  /** The question that the class puts to its design. */
  public Rig rig() {
    try {
      return (Rig) Class.forName(className).getDeclaredField("RIG").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name + " has no static field RIG", e);
    }
  }
}
