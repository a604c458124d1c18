// SPDX-License-Identifier: Apache-2.0
package org.gupstress.court;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.explore.Odds;
import org.gupstress.result.Fields;

/** Odds in a file: an array of shares, before the first step and after each. */
final class CourtOdds {
  private CourtOdds() {}

  static void write(String name, Odds odds, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(name);
    for (double share : odds.shares()) {
      if (share == 0 || share == 1) {
        json.writeNumber((int) share);
      } else {
        json.writeNumber(share);
      }
    }
    json.writeEndArray();
  }

  static Odds read(Fields row, String name) throws IOException {
    List<Double> shares = row.decimals(name);
    if (shares.isEmpty() || !shares.stream().allMatch(share -> share >= 0 && share <= 1)) {
      throw new IOException("expected shares from 0 to 1 \"" + name + "\"");
    }
    return Odds.of(shares.stream().mapToDouble(Double::doubleValue).toArray());
  }

  static void write(String name, Map<String, Odds> odds, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Odds> each : odds.entrySet()) {
      write(each.getKey(), each.getValue(), json);
    }
    json.writeEndObject();
  }

  static Map<String, Odds> readAll(Fields all) throws IOException {
    Map<String, Odds> odds = new LinkedHashMap<>();
    for (String name : all.values().keySet()) {
      odds.put(name, read(all, name));
    }
    return odds;
  }
}
