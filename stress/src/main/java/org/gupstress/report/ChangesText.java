// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.court.Changes;
import org.gupstress.court.Changes.Change;
import org.gupstress.court.Changes.Kind;
import org.gupstress.text.Ink;
import org.gupstress.text.Numbers;
import org.gupstress.text.Sheet;

/** What has changed since another run: new harms with their tokens, the rest in a line each. */
public final class ChangesText {
  private static final int COLUMN = 4;
  private static final int SHOWN_MAX = 20;

  private ChangesText() {}

  /**
   * Prints it.
   *
   * @param against the file of the earlier run
   */
  public static void print(Changes changes, String against, Sheet sheet) {
    List<String> head = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      head.add(Numbers.count(changes.of(kind).size()) + " " + kind.words());
    }
    sheet.blank();
    sheet.text(Ink.BOLD, "", "Held against " + against + ": " + String.join(", ", head));
    for (Kind kind : Kind.values()) {
      if (kind != Kind.UNCHANGED) {
        print(kind, changes.of(kind), sheet);
      }
    }
    notCompared(changes, sheet);
  }

  private static void print(Kind kind, List<Change> all, Sheet sheet) {
    if (all.isEmpty()) {
      return;
    }
    sheet.blank();
    sheet.text(Ink.BOLD, "", kind.words());
    // a harm in both kernels is told once
    Map<List<Object>, List<Change>> together = new LinkedHashMap<>();
    for (Change change : all) {
      List<Object> key = List.of(change.design(), change.scenario(), change.harm());
      together.computeIfAbsent(key, none -> new ArrayList<>()).add(change);
    }
    int shown = 0;
    for (List<Change> same : together.values()) {
      if (kind != Kind.NEW && shown++ == SHOWN_MAX) {
        sheet.text("  and " + Numbers.count(together.size() - SHOWN_MAX) + " more");
        return;
      }
      print(same, sheet);
    }
  }

  private static void print(List<Change> same, Sheet sheet) {
    Change first = same.get(0);
    String kernels = String.join(" and ", same.stream().map(Change::kernel).toList());
    sheet.text(
        ink(first.kind()),
        "  ",
        COLUMN,
        String.join(
                " ", first.harm().claim().id() + ":", first.design(), "in", first.scenario() + ",")
            + " " + kernels + " kernel: " + first.harm().id() + shares(first));
    if (first.kind() == Kind.NEW && first.token() != null) {
      sheet.token(COLUMN, first.token());
    }
  }

  private static Ink ink(Kind kind) {
    return kind == Kind.NEW ? Ink.RED : kind == Kind.GONE ? Ink.GREEN : Ink.PLAIN;
  }

  private static String shares(Change change) {
    if (change.before() < 0) {
      return ", in " + Numbers.share(change.now()) + " of the interleavings";
    }
    if (change.now() < 0) {
      return ", was in " + Numbers.share(change.before()) + " of the interleavings";
    }
    return ", from " + Numbers.share(change.before()) + " to " + Numbers.share(change.now());
  }

  private static void notCompared(Changes changes, Sheet sheet) {
    List<String> parts = new ArrayList<>();
    if (changes.added() > 0) {
      parts.add(Numbers.of(changes.added(), "run") + " that only this one has");
    }
    if (changes.dropped() > 0) {
      parts.add(Numbers.of(changes.dropped(), "run") + " that only the other one has");
    }
    if (changes.open() > 0) {
      parts.add(Numbers.of(changes.open(), "run") + " that one of the two did not finish");
    }
    if (!parts.isEmpty()) {
      sheet.blank();
      sheet.text("Not compared: " + String.join(", ", parts)
          + ". Of the first, what nothing known explains counts as new.");
    }
  }
}
