// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.Comparator;
import java.util.List;

/**
 * One generated change of one source file.
 *
 * @param place where it is and what it does, in a form that other changes of the file leave alone
 * @param line where it was found
 * @param seen what a run must see to be able to tell
 * @param edits what is replaced, by offsets
 */
record Change(Place place, int line, Seen seen, List<Edit> edits) {

  /**
   * A statement of a block that runs, or an expression that has a value.
   *
   * @param end of the expression; of a statement its start
   * @param value of the expression
   */
  record Seen(int start, int end, boolean value) {
    static Seen statement(int start) {
      return new Seen(start, start, false);
    }

    boolean isStatement() {
      return start == end;
    }
  }

  /** Characters from start to end give way to a text. */
  record Edit(int start, int end, String text) {}

  /**
   * A change by name.
   *
   * @param file from the root package on, like {@code lru/Isolation}
   * @param method the method around it
   * @param nth which of those that are alike in the method, from 0 on
   * @param before what stands there, in one line
   * @param after what stands there afterwards
   */
  record Place(
      String file, String method, Operator operator, int nth, String before, String after) {
    String unit() {
      return file.substring(0, file.indexOf('/'));
    }

    @Override
    public String toString() {
      return file + "#" + method + " " + operator.id() + ": " + before + " -> "
          + (after.isEmpty() ? "nothing" : after);
    }
  }

  /** The source with the change in it. */
  String applyTo(String source) {
    StringBuilder changed = new StringBuilder(source);
    edits.stream()
        .sorted(Comparator.comparingInt(Edit::start).reversed())
        .forEach(edit -> changed.replace(edit.start(), edit.end(), edit.text()));
    return changed.toString();
  }
}
