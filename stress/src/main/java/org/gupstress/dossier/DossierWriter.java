// SPDX-License-Identifier: Apache-2.0
package org.gupstress.dossier;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a dossier and its like as fields of an object. {@link DossierReader} reads them. */
public final class DossierWriter {
  private DossierWriter() {}

  /** The name of a constant in a file. */
  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The fields of a dossier, into the object that is open. */
  public static void write(Dossier dossier, JsonGenerator json) throws IOException {
    if (Double.isFinite(dossier.seconds())) {
      json.writeNumberField("seconds", dossier.seconds());
    }
    json.writeNumberField("cpus", dossier.cpus());
    json.writeNumberField("tasks", dossier.tasks());
    json.writeObjectFieldStart("counts");
    for (MachineCounter counter : MachineCounter.values()) {
      if (dossier.count(counter) != 0) {
        json.writeNumberField(name(counter), dossier.count(counter));
      }
    }
    json.writeEndObject();
    json.writeArrayFieldStart("passes");
    for (ListPass pass : dossier.passes()) {
      pass(pass, json);
    }
    json.writeEndArray();
    times("times", MachineTime.values(), dossier.times(), json);
  }

  private static void pass(ListPass pass, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("list", pass.list());
    if (pass.priority() != ListPass.NO_PRIORITY) {
      json.writeNumberField("priority", pass.priority());
    }
    json.writeNumberField("passes", pass.passes());
    json.writeNumberField("scanned_pages", pass.scannedPages());
    if (pass.takenPages() != ListPass.UNKNOWN) {
      json.writeNumberField("taken_pages", pass.takenPages());
    }
    json.writeNumberField("reclaimed_pages", pass.reclaimedPages());
    json.writeNumberField("activated_pages", pass.activatedPages());
    json.writeNumberField("deactivated_pages", pass.deactivatedPages());
    json.writeNumberField("referenced_pages", pass.referencedPages());
    json.writeEndObject();
  }

  /** How long things took, as an object of this name, in the order of the constants. */
  public static <E extends Enum<E>> void times(
      String name, E[] order, Map<E, TimeSpread> times, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    for (E each : order) {
      TimeSpread spread = times.get(each);
      if (spread != null) {
        json.writeObjectFieldStart(name(each));
        json.writeNumberField("samples", spread.samples());
        json.writeNumberField("total_ns", spread.totalNanos());
        json.writeNumberField("p50_ns", spread.p50Nanos());
        json.writeNumberField("p99_ns", spread.p99Nanos());
        json.writeNumberField("p999_ns", spread.p999Nanos());
        json.writeNumberField("max_ns", spread.maxNanos());
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  /** Who took and dropped references, as an array of this name. */
  public static void references(String name, List<ReferenceRow> rows, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (ReferenceRow row : rows) {
      json.writeStartObject();
      json.writeStringField("reason", name(row.reason()));
      json.writeStringField("site", row.site());
      json.writeNumberField("units", row.units());
      json.writeNumberField("taken", row.taken());
      json.writeNumberField("dropped", row.dropped());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
