// SPDX-License-Identifier: Apache-2.0
package org.gupstress.court;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.claim.Harm;
import org.jspecify.annotations.Nullable;

/**
 * What one run found that another did not: by claim, design, scenario, kernel and harm.
 *
 * <p>Compared is what both have run to its end. Of what only the later one has run, a harm is new
 * if nothing known explains it: what a new scenario shows of known races says nothing of a change.
 *
 * @param changes in the order of the later run, what is gone last
 * @param added runs that only the later one has
 * @param dropped runs that only the earlier one has
 * @param open runs that one of them did not finish
 */
public record Changes(List<Change> changes, int added, int dropped, int open) {
  /** Shares of two runs that differ by less are equal but for rounding. */
  private static final double EQUAL = 1e-9;

  /** How a harm has changed. */
  public enum Kind {
    NEW("new"),
    GONE("gone"),
    MORE_OFTEN("more often"),
    RARER("rarer"),
    UNCHANGED("unchanged");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /**
   * A harm in a run.
   *
   * @param before its share of the interleavings, or -1 where it was not found
   * @param now likewise
   * @param token of the later run, or of the earlier one if it is gone; null where there is none
   */
  public record Change(
      Kind kind,
      String design,
      String scenario,
      String kernel,
      Harm harm,
      double before,
      double now,
      @Nullable String token) {}

  /** Holds one run against an earlier one. */
  public static Changes between(List<Audited> earlier, List<Audited> later) {
    Map<String, CellRow> before = cells(earlier);
    Map<String, CellRow> now = cells(later);
    List<Change> changes = new ArrayList<>();
    List<Change> gone = new ArrayList<>();
    int added = 0;
    int open = 0;
    for (Map.Entry<String, CellRow> entry : now.entrySet()) {
      CellRow cell = entry.getValue();
      CellRow old = before.get(entry.getKey());
      if (old == null) {
        added++;
        for (HarmRow harm : cell.unexpected()) {
          changes.add(change(Kind.NEW, cell, harm, -1, harm.share()));
        }
        continue;
      }
      boolean isWhole = old.isComplete() && cell.isComplete();
      open += isWhole ? 0 : 1;
      compare(old, cell, isWhole, changes, gone);
    }
    changes.addAll(gone);
    int dropped =
        (int) before.keySet().stream().filter(key -> !now.containsKey(key)).count();
    return new Changes(List.copyOf(changes), added, dropped, open);
  }

  private static Map<String, CellRow> cells(List<Audited> audits) {
    Map<String, CellRow> cells = new LinkedHashMap<>();
    for (Audited audited : audits) {
      for (CellRow cell : audited.cells()) {
        if (cell.measured() != null) {
          cells.put(String.join("/", cell.design(), cell.scenario(), cell.kernel()), cell);
        }
      }
    }
    return cells;
  }

  private static void compare(
      CellRow old, CellRow cell, boolean isWhole, List<Change> changes, List<Change> gone) {
    Map<Harm, HarmRow> known = new HashMap<>();
    old.harms().forEach(harm -> known.put(harm.harm(), harm));
    for (HarmRow harm : cell.harms()) {
      HarmRow earlier = known.remove(harm.harm());
      if (earlier != null) {
        Kind kind = isWhole ? kind(earlier.share(), harm.share()) : Kind.UNCHANGED;
        changes.add(change(kind, cell, harm, earlier.share(), harm.share()));
      } else if (old.isComplete()) {
        changes.add(change(Kind.NEW, cell, harm, -1, harm.share()));
      }
    }
    if (cell.isComplete()) {
      for (HarmRow harm : old.harms()) {
        if (known.containsKey(harm.harm())) {
          gone.add(change(Kind.GONE, old, harm, harm.share(), -1));
        }
      }
    }
  }

  private static Kind kind(double before, double now) {
    if (Math.abs(now - before) <= EQUAL * Math.max(now, before)) {
      return Kind.UNCHANGED;
    }
    return now > before ? Kind.MORE_OFTEN : Kind.RARER;
  }

  private static Change change(Kind kind, CellRow cell, HarmRow harm, double before, double now) {
    return new Change(
        kind,
        cell.design(),
        cell.scenario(),
        cell.kernel(),
        harm.harm(),
        before,
        now,
        harm.token());
  }

  /** Those of one kind. */
  public List<Change> of(Kind kind) {
    return changes.stream().filter(change -> change.kind() == kind).toList();
  }

  /** Whether something is violated that was not. */
  public boolean isWorse() {
    return changes.stream().anyMatch(change -> change.kind() == Kind.NEW);
  }
}
