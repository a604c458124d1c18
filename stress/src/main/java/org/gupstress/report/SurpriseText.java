// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gupstress.claim.Harm;
import org.gupstress.court.CellRow;
import org.gupstress.court.HarmRow;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;

/** What was found and not expected, and what was expected and not found. */
final class SurpriseText {
  private static final int INDENT = 4;

  private SurpriseText() {}

  static void print(List<CellRow> cells, Sheet sheet) {
    unexpected(cells, sheet);
    List<String> missing = new ArrayList<>();
    for (CellRow cell : cells) {
      cell.missing()
          .forEach((harm, causes) ->
              missing.add(cell.name() + ": " + harm.id() + " (" + String.join(" ", causes) + ")"));
    }
    if (!missing.isEmpty()) {
      sheet.blank();
      sheet.text(Ink.RED, "", "Missing: known races that were not found");
      missing.forEach(text -> sheet.text(Ink.PLAIN, "  ", INDENT, text));
    }
  }

  /** One line a design and harm, with the scenarios that do it. */
  private static void unexpected(List<CellRow> cells, Sheet sheet) {
    Map<String, Map<HarmRow, Set<String>>> found = new LinkedHashMap<>();
    Map<Harm, Set<String>> alike = new EnumMap<>(Harm.class);
    for (CellRow cell : cells) {
      cell.unexpected().forEach(row -> {
        found
            .computeIfAbsent(cell.design(), design -> new TreeMap<>(HarmRow.BY_NAME))
            .computeIfAbsent(row, harm -> new LinkedHashSet<>())
            .add(cell.scenario());
        alike.computeIfAbsent(row.harm(), harm -> new TreeSet<>()).addAll(row.shared());
      });
    }
    if (found.isEmpty()) {
      return;
    }
    sheet.blank();
    sheet.text(Ink.RED, "", "Unexpected: nothing known explains these");
    found.forEach((design, byHarm) -> byHarm.forEach((harm, scenarios) -> sheet.text(
        Ink.PLAIN,
        "  ",
        INDENT,
        design + ": " + harm.label() + " in " + String.join(", ", scenarios)
            + likewise(alike.getOrDefault(harm.harm(), Set.of())))));
  }

  private static String likewise(Set<String> alike) {
    return alike.isEmpty() ? "" : "; as in " + String.join(", ", alike);
  }
}
