// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gupstress.mutant.Change.Place;

/** All changes that are generated, of the kernel code and of the sound designs, in order. */
final class Generated {
  /** The packages, in the order of their arrows. */
  static final List<String> UNITS = List.of("page", "lru", "vm", "gup", "fs", "reclaim", "design");

  /** What is no code of the kernel's or of a sound design's. */
  private static final Set<String> LEFT_OUT = Set.of(
      "page/Kernel",
      "page/Ref",
      "page/Site",
      "page/Switch",
      "design/Declarations",
      "design/Designs",
      // what only the postings have
      "design/OneWordFlag",
      "design/RfcJul",
      "design/RfcNov",
      "design/RfcOct");

  private static final Generated ALL = new Generated();

  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<Place, Change> changes = new LinkedHashMap<>();
  private final Map<String, Probes> probes = new LinkedHashMap<>();

  private Generated() {
    int number = 0;
    for (String unit : UNITS) {
      for (String file : Sources.in(unit)) {
        if (!LEFT_OUT.contains(file)) {
          String source = Sources.read(file);
          sources.put(file, source);
          List<Change> found = Places.in(file, source);
          found.forEach(change -> changes.put(change.place(), change));
          Probes ofFile = new Probes(found, number);
          probes.put(file, ofFile);
          number = ofFile.end();
        }
      }
    }
  }

  static Generated all() {
    return ALL;
  }

  Map<Place, Change> changes() {
    return changes;
  }

  String source(Change change) {
    return sources.get(change.place().file());
  }

  String changed(Change change) {
    return change.applyTo(source(change));
  }

  /** The number of what a run must see to be able to tell. */
  int probe(Change change) {
    return probes.get(change.place().file()).number(change.seen());
  }

  /** All sources, with {@link Probe}s at what is changed by something. */
  Map<String, String> probed() {
    Map<String, String> probed = new LinkedHashMap<>();
    sources.forEach((file, source) -> probed.put(file, probes.get(file).in(source)));
    return probed;
  }
}
