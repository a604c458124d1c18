// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gupstress.audit.Case;
import org.gupstress.claim.Harm;
import org.gupstress.design.PinDesign;
import org.gupstress.scenario.Expectations;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;

/** What was found and not expected, and what was expected and not found. */
final class SurpriseText {
  private static final int INDENT = 4;

  /** The design that went into Linux. */
  private static final String UPSTREAM = "foll-pin";

  private SurpriseText() {}

  static void print(List<Case> cases, Sheet sheet) {
    unexpected(cases, sheet);
    List<String> missing = new ArrayList<>();
    for (Case c : cases) {
      c.missing()
          .forEach(harm -> missing.add(
              c.name() + ": " + harm.id() + " (" + String.join(" ", c.causes(harm)) + ")"));
    }
    if (!missing.isEmpty()) {
      sheet.blank();
      sheet.text(Ink.RED, "", "Missing: known races that were not found");
      missing.forEach(text -> sheet.text(Ink.PLAIN, "  ", INDENT, text));
    }
  }

  /** One line a design and harm, with the scenarios that do it. */
  private static void unexpected(List<Case> cases, Sheet sheet) {
    Map<PinDesign, Map<Harm, Set<String>>> found = new LinkedHashMap<>();
    Map<Harm, Set<String>> alike = new EnumMap<>(Harm.class);
    Set<Harm> harms = EnumSet.noneOf(Harm.class);
    for (Case c : cases) {
      c.unexpected().forEach(violation -> {
        harms.add(violation.harm());
        found
            .computeIfAbsent(c.plan().design(), design -> new LinkedHashMap<>())
            .computeIfAbsent(violation.harm(), harm -> new LinkedHashSet<>())
            .add(c.plan().scenario().id());
        if (!c.isKnown()) {
          alike
              .computeIfAbsent(violation.harm(), harm -> new TreeSet<>())
              .addAll(alike(c, violation.harm()));
        }
      });
    }
    if (found.isEmpty()) {
      return;
    }
    sheet.blank();
    sheet.text(Ink.RED, "", "Unexpected: nothing known explains these");
    found.forEach((design, byHarm) -> harms.stream()
        .filter(byHarm::containsKey)
        .forEach(harm -> sheet.text(
            Ink.PLAIN,
            "  ",
            INDENT,
            design.id()
                + ": "
                + harm.id()
                + " in "
                + String.join(", ", byHarm.getOrDefault(harm, Set.of()))
                + likewise(alike.getOrDefault(harm, Set.of())))));
  }

  /** The races by which Linux 5.7 does the same harm there: what nobody has mended yet. */
  private static List<String> alike(Case c, Harm harm) {
    return Expectations.causes(UPSTREAM, c.plan().scenario().id(), c.plan().kernel(), harm);
  }

  private static String likewise(Set<String> alike) {
    return alike.isEmpty() ? "" : "; so does " + UPSTREAM + ": " + String.join(" ", alike);
  }
}
