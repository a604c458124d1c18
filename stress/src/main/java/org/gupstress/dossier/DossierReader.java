// SPDX-License-Identifier: Apache-2.0
package org.gupstress.dossier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gupstress.page.Ref;
import org.gupstress.result.Fields;

/** Reads what {@link DossierWriter} writes. */
public final class DossierReader {
  private DossierReader() {}

  /** The constant of this name in a file. */
  public static <E extends Enum<E>> E constant(Class<E> type, String name) throws IOException {
    for (E constant : type.getEnumConstants()) {
      if (DossierWriter.name(constant).equals(name)) {
        return constant;
      }
    }
    throw new IOException("nothing is known of \"" + name + "\"");
  }

  /** The dossier whose fields these are. */
  public static Dossier read(Fields row) throws IOException {
    Map<MachineCounter, Long> counts = new EnumMap<>(MachineCounter.class);
    Fields counted = row.fields("counts");
    for (String name : counted.values().keySet()) {
      counts.put(constant(MachineCounter.class, name), counted.number(name));
    }
    List<ListPass> passes = new ArrayList<>();
    for (Fields pass : row.list("passes")) {
      passes.add(new ListPass(
          pass.text("list"),
          pass.has("priority") ? pass.count("priority") : ListPass.NO_PRIORITY,
          pass.number("passes"),
          pass.number("scanned_pages"),
          pass.has("taken_pages") ? pass.number("taken_pages") : ListPass.UNKNOWN,
          pass.number("reclaimed_pages"),
          pass.number("activated_pages"),
          pass.number("deactivated_pages"),
          pass.number("referenced_pages")));
    }
    return new Dossier(
        row.decimalOrNan("seconds"),
        row.count("cpus"),
        row.count("tasks"),
        counts,
        passes,
        times(MachineTime.class, row.fields("times")));
  }

  /** How long things took. */
  public static <E extends Enum<E>> Map<E, TimeSpread> times(Class<E> type, Fields timed)
      throws IOException {
    Map<E, TimeSpread> times = new EnumMap<>(type);
    for (String name : timed.values().keySet()) {
      Fields time = timed.fields(name);
      times.put(
          constant(type, name),
          new TimeSpread(
              time.number("samples"),
              time.number("total_ns"),
              time.number("p50_ns"),
              time.number("p99_ns"),
              time.number("p999_ns"),
              time.number("max_ns")));
    }
    return times;
  }

  /** Who took and dropped references. */
  public static List<ReferenceRow> references(List<Fields> references) throws IOException {
    List<ReferenceRow> rows = new ArrayList<>();
    for (Fields reference : references) {
      rows.add(new ReferenceRow(
          constant(Ref.class, reference.text("reason")),
          reference.text("site"),
          reference.count("units"),
          reference.number("taken"),
          reference.number("dropped")));
    }
    return rows;
  }
}
