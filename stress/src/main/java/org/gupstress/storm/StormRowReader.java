// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gupstress.dossier.DossierReader;
import org.gupstress.page.Kernel;
import org.gupstress.result.Fields;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StormRowWriter} writes. */
public final class StormRowReader {
  private final List<StormRecord> records = new ArrayList<>();

  /** The storms, in the order of the file. */
  public List<StormRecord> records() {
    return records;
  }

  /**
   * Takes the next row of the file.
   *
   * @throws IOException with a sentence if it is no row of a storm
   */
  public void take(Fields row) throws IOException {
    String kind = row.text("row");
    if (kind.equals("plan")) {
      records.add(new StormRecord(
          row.text("design"),
          setup(row),
          new StormRecord.Host(row.count("processors"), row.flag("compared")),
          new ArrayList<>(),
          new ArrayList<>(),
          null));
      return;
    }
    if (records.isEmpty()) {
      throw new IOException("expected the plan of a storm first, found its " + kind);
    }
    StormRecord last = records.get(records.size() - 1);
    switch (kind) {
      case "second" -> last.seconds().add(second(row));
      case "finding" -> last.findings().add(finding(row));
      case "totals" -> records.set(records.size() - 1, last.with(result(row)));
      default -> throw new IOException("expected a second, a finding or totals, found " + kind);
    }
  }

  private static StormSetup setup(Fields row) throws IOException {
    try {
      StormSetup setup = setup(
          row, WorkloadMix.parse(row.text("mix"), Workload::of), sizing(row.fields("sizing")));
      setup.workingSet();
      return setup;
    } catch (IllegalArgumentException e) {
      throw new IOException("expected a load of a storm: " + e.getMessage());
    }
  }

  private static StormSetup setup(Fields row, WorkloadMix mix, Sizing sizing) throws IOException {
    return new StormSetup(
        mix,
        sizing,
        row.count("cpus"),
        row.count("pages"),
        Duration.ofMillis(row.number("duration_ms")),
        row.number("seed"),
        kernel(row.text("kernel")),
        DossierReader.constant(Perturbation.class, row.text("perturbation")),
        row.flag("events"));
  }

  private static Sizing sizing(Fields fields) throws IOException {
    return new Sizing(
        fields.decimal("pressure"),
        fields.count("file_pages"),
        fields.count("processes"),
        fields.count("chunk_pages"),
        fields.count("readers"));
  }

  private static Kernel kernel(String id) throws IOException {
    return Kernel.find(id)
        .orElseThrow(() -> new IOException("expected a kernel, found \"" + id + '"'));
  }

  private static StormSecond second(Fields row) throws IOException {
    return new StormSecond(
        row.count("second"),
        tally(PagePlace.class, row.fields("pages")),
        row.count("isolated_pages"),
        tally(StormCounter.class, row.fields("counts")),
        DossierReader.read(row.fields("dossier")),
        DossierReader.times(Latency.class, row.fields("times")));
  }

  private static StormFinding finding(Fields row) throws IOException {
    return new StormFinding(
        row.text("claim"),
        row.text("harm"),
        row.text("sentence"),
        row.decimal("seconds"),
        row.number("page"),
        operations(row, "actors"),
        words(row, "before"),
        words(row, "after"),
        events(row, "events"));
  }

  private static List<PageEvent> events(Fields row, String name) throws IOException {
    List<PageEvent> events = new ArrayList<>();
    for (Fields event : row.list(name)) {
      events.add(new PageEvent(event.number("ns"), event.count("cpu"), event.text("text")));
    }
    return events;
  }

  private static List<CpuOperation> operations(Fields row, String name) throws IOException {
    List<CpuOperation> operations = new ArrayList<>();
    for (Fields each : row.list(name)) {
      operations.add(new CpuOperation(each.count("cpu"), each.text("operation")));
    }
    return operations;
  }

  private static @Nullable UnionWords words(Fields row, String name) throws IOException {
    if (!row.has(name)) {
      return null;
    }
    Fields words = row.fields(name);
    return new UnionWords(
        Long.parseUnsignedLong(words.text("word8"), 16),
        Long.parseUnsignedLong(words.text("word16"), 16));
  }

  private static StormResult result(Fields row) throws IOException {
    List<HarmCount> harms = new ArrayList<>();
    for (Fields harm : row.list("harms")) {
      harms.add(
          new HarmCount(harm.text("harm"), harm.number("times"), harm.decimal("first_seconds")));
    }
    return new StormResult(
        row.decimal("load_seconds"),
        DossierReader.constant(StormResult.Ending.class, row.text("ending")),
        operations(row, "in_flight"),
        tally(PagePlace.class, row.fields("pages_start")),
        tally(PagePlace.class, row.fields("pages_end")),
        row.has("pages_unmounted") ? tally(PagePlace.class, row.fields("pages_unmounted")) : null,
        tally(StormCounter.class, row.fields("counts")),
        DossierReader.read(row.fields("dossier")),
        DossierReader.references(row.list("references")),
        tally(Fate.class, row.fields("stranded_pages_freed")),
        DossierReader.times(Latency.class, row.fields("times")),
        harms,
        strandings(row));
  }

  private static List<Stranding> strandings(Fields row) throws IOException {
    List<Stranding> strandings = new ArrayList<>();
    for (Fields each : row.list("strandings")) {
      strandings.add(new Stranding(
          DossierReader.constant(StrandedWay.class, each.text("way")),
          each.number("pages"),
          tally(Fate.class, each.fields("freed")),
          each.count("page"),
          events(each, "steps")));
    }
    return strandings;
  }

  private static <E extends Enum<E>> Counts<E> tally(Class<E> type, Fields fields)
      throws IOException {
    Map<E, Long> amounts = new EnumMap<>(type);
    for (String name : fields.values().keySet()) {
      amounts.put(DossierReader.constant(type, name), fields.number(name));
    }
    return new Counts<>(amounts);
  }
}
