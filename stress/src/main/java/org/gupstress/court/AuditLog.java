// SPDX-License-Identifier: Apache-2.0
package org.gupstress.court;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.audit.Case;
import org.gupstress.explore.Odds;
import org.gupstress.explore.Plan;
import org.gupstress.result.ResultFile;

/** Writes down an audit while it happens, and tells it from its rows. Shared by its threads. */
public final class AuditLog {
  private final ResultFile file;
  private final AuditRow asked;
  private final Map<String, CellRow> written = new HashMap<>();

  /** Begins with what was asked for: rows of the same cells go. */
  public AuditLog(List<Plan> plans, AuditRow asked, ResultFile file) {
    this.file = file;
    this.asked = asked;
    file.drop(CourtRows.ENGINE, plans.stream().map(Plan::id).toList());
    file.put(CourtRows.ENGINE, asked.key(), List.of(asked.row()));
  }

  /** A cell is done. */
  public synchronized void done(Case found) {
    CellRow cell = CellRow.of(found).withoutOdds();
    written.put(found.plan().id(), cell);
    file.put(CourtRows.ENGINE, found.plan().id(), List.of(cell.row()));
  }

  /** All are done. */
  public synchronized Audited end(List<Case> cases, double seconds) {
    List<CellRow> cells = new ArrayList<>();
    List<CellRow> curves = new ArrayList<>();
    List<Story> stories = new ArrayList<>();
    for (Case found : cases) {
      CellRow whole = CellRow.of(found);
      curves.add(whole);
      CellRow cell = whole.withoutOdds();
      cells.add(cell);
      if (!cell.equals(written.get(found.plan().id()))) {
        file.put(CourtRows.ENGINE, found.plan().id(), List.of(cell.row()));
      }
    }
    Audited audited = new Audited(asked, cells);
    for (AuditRow.Design own : audited.own()) {
      audited.alone(own.id()).stream()
          .findFirst()
          .or(() -> Audited.shortest(audited.of(own.id()), (cell, harm) -> !harm.isExpected()))
          .flatMap(shown -> Story.of(cases.get(cells.indexOf(shown.cell())), shown.harm()))
          .ifPresent(stories::add);
    }
    Map<String, Odds> odds = new LinkedHashMap<>();
    for (Audited.Shown shown : new Audited(asked, curves).shown()) {
      Odds curve = shown.harm().odds();
      if (curve != null) {
        odds.put(AuditRow.oddsKey(shown.harm()), curve);
      }
    }
    AuditRow ended = asked.ended(Math.round(seconds * 1e3) / 1e3, stories, odds);
    file.put(CourtRows.ENGINE, asked.key(), List.of(ended.row()));
    return new Audited(ended, cells);
  }
}
