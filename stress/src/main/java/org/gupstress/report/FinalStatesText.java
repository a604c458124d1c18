// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** The final states: what all have in common once, then how each differs. */
final class FinalStatesText {
  private FinalStatesText() {}

  static void print(Set<Map<String, Object>> outcomes, Sheet sheet) {
    sheet.blank();
    sheet.text(Ink.BOLD, "", Numbers.of(outcomes.size(), "final state"));
    if (outcomes.isEmpty()) {
      return;
    }
    Map<String, Object> common = new TreeMap<>(outcomes.iterator().next());
    outcomes.forEach(outcome -> common.entrySet().retainAll(outcome.entrySet()));
    if (!common.isEmpty()) {
      sheet.text(Ink.PLAIN, "  all: ", fields(common));
    }
    List<String> lines = new ArrayList<>();
    for (Map<String, Object> outcome : outcomes) {
      Map<String, Object> own = new TreeMap<>(outcome);
      own.entrySet().removeAll(common.entrySet());
      lines.add(fields(own));
    }
    lines.sort(null);
    for (int i = 0; i < lines.size() && outcomes.size() > 1; i++) {
      sheet.text(Ink.PLAIN, "  " + (i + 1) + ": ", lines.get(i));
    }
  }

  private static String fields(Map<String, Object> fields) {
    List<String> texts = new ArrayList<>();
    fields.forEach((name, value) -> texts.add(name + "=" + value));
    return String.join(" ", texts);
  }
}
