// SPDX-License-Identifier: Apache-2.0
package org.gupstress.court;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.result.Fields;

/** Reads what audits and explorations have written. */
public final class CourtRows {
  /** The engine of these rows. */
  public static final String ENGINE = "explore";

  private final Map<String, CellRow> cells = new LinkedHashMap<>();
  private final List<AuditRow> audits = new ArrayList<>();
  private final List<ExploreRow> explorations = new ArrayList<>();

  public void take(Fields row) throws IOException {
    String kind = row.text("row");
    switch (kind) {
      case CellRow.ROW -> {
        CellRow cell = CellRow.read(row);
        cells.put(id(cell.design(), cell.scenario(), cell.kernel()), cell);
      }
      case AuditRow.ROW -> audits.add(AuditRow.read(row));
      case ExploreRow.ROW -> explorations.add(ExploreRow.read(row));
      default ->
        throw new IOException("expected a cell, an audit or an explore, found \"" + kind + "\"");
    }
  }

  private static String id(String design, String scenario, String kernel) {
    return design + "/" + scenario + "/" + kernel;
  }

  public boolean isEmpty() {
    return cells.isEmpty() && audits.isEmpty() && explorations.isEmpty();
  }

  /** The audits; a cell that one did not reach was not run. */
  public List<Audited> audits() {
    List<Audited> all = new ArrayList<>();
    for (AuditRow asked : audits) {
      List<CellRow> own = new ArrayList<>();
      for (AuditRow.Design design : asked.designs()) {
        for (String scenario : asked.scenarios().keySet()) {
          for (String kernel : asked.kernels()) {
            CellRow cell = cells.get(id(design.id(), scenario, kernel));
            own.add(cell == null ? CellRow.notRun(design.id(), scenario, kernel) : cell);
          }
        }
      }
      all.add(new Audited(asked, own));
    }
    return all;
  }

  public List<ExploreRow> explorations() {
    return explorations;
  }
}
