// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.dossier.DossierReader;
import org.gupstress.result.Fields;

/** Reads what {@link TraceRowWriter} writes. */
public final class TraceRowReader {
  private static final Refinement NOTHING = new Refinement(0, 0, 0, 0, List.of());

  private final List<TraceRecord> records = new ArrayList<>();

  /** The traces, in the order of the file. */
  public List<TraceRecord> records() {
    return records;
  }

  /**
   * Takes the next row of the file.
   *
   * @throws IOException with a sentence if it is no row of a trace
   */
  public void take(Fields row) throws IOException {
    String kind = row.text("row");
    if (kind.equals("dossier")) {
      records.add(new TraceRecord(
          row.text("key"),
          reading(row),
          DossierReader.read(row),
          NOTHING,
          null,
          new ArrayList<>()));
      return;
    }
    if (records.isEmpty()) {
      throw new IOException("expected the dossier of a trace first, found its " + kind);
    }
    TraceRecord last = records.get(records.size() - 1);
    switch (kind) {
      case "refinement" ->
        replace(new TraceRecord(
            last.file(),
            last.reading(),
            last.dossier(),
            refinement(row),
            last.custody(),
            last.histories()));
      case "custody" ->
        replace(new TraceRecord(
            last.file(),
            last.reading(),
            last.dossier(),
            last.refinement(),
            custody(row),
            last.histories()));
      case "history" ->
        last.histories()
            .add(new PageHistory(row.number("pfn"), row.number("events"), steps(row, "steps")));
      default ->
        throw new IOException("expected a refinement, custody or a history, found " + kind);
    }
  }

  private void replace(TraceRecord record) {
    records.set(records.size() - 1, record);
  }

  private static Reading reading(Fields row) throws IOException {
    return new Reading(
        row.number("events"),
        row.number("read"),
        counts(row.fields("unread")),
        row.number("cut"),
        row.number("lost"),
        row.number("holes"),
        row.number("unfollowed"),
        row.number("disorder"));
  }

  private static Map<String, Long> counts(Fields fields) throws IOException {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String name : fields.values().keySet()) {
      counts.put(name, fields.number(name));
    }
    return counts;
  }

  private static Refinement refinement(Fields row) throws IOException {
    List<Refinement.Miss> misses = new ArrayList<>();
    for (Fields miss : row.list("misses")) {
      misses.add(new Refinement.Miss(
          DossierReader.constant(MissRule.class, miss.text("rule")),
          miss.number("events"),
          miss.number("pages"),
          miss.number("pfn"),
          miss.decimal("seconds"),
          steps(miss, "example")));
    }
    return new Refinement(
        row.number("pages"), row.number("paths"), row.number("moved"), row.number("steps"), misses);
  }

  private static List<PageStep> steps(Fields row, String name) throws IOException {
    List<PageStep> steps = new ArrayList<>();
    for (Fields step : row.list(name)) {
      steps.add(new PageStep(
          step.decimal("seconds"),
          step.count("cpu"),
          step.text("task"),
          step.text("text"),
          step.text("state"),
          step.flag("miss")));
    }
    return steps;
  }

  private static Custody custody(Fields row) throws IOException {
    List<Custody.OddPage> odd = new ArrayList<>();
    for (Fields page : row.list("odd")) {
      odd.add(
          new Custody.OddPage(page.number("pfn"), page.number("expected"), page.number("found")));
    }
    return new Custody(
        row.number("events"),
        row.number("stacks"),
        DossierReader.references(row.list("references")),
        counts(row.fields("held")),
        row.number("earlier"),
        row.number("without_stack"),
        counts(row.fields("unknown")),
        odd,
        row.number("odd_pages"),
        row.number("momentary"),
        row.number("misread"));
  }
}
