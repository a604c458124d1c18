// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;

/**
 * A way to go wrong: a race or a plain defect of a design, of its callers or of the kernel.
 *
 * @param id R-nn if reading the source finds it, G-nn if the explorer found it
 * @param sentence what goes wrong, in one line
 * @param story the steps, in words
 * @param seen what a detector sees of it, and when
 * @param designs the designs that have it, by their ids, each with the reason
 * @param sources where it was said, or where it can be read
 * @param exhibits the runs that show it
 * @param notShown what no run shows of it, and why; empty where the exhibits show all
 * @param formerly ids that it had
 */
public record Race(
    String id,
    String sentence,
    String story,
    String seen,
    Map<String, String> designs,
    List<Source> sources,
    List<Exhibit> exhibits,
    String notShown,
    List<String> formerly) {

  /** Those that were read first, by number, then what the explorer found beyond them. */
  public static final Comparator<String> BY_NUMBER = Comparator.comparing(
          (String id) -> id.startsWith("R") ? 0 : 1)
      .thenComparing(Comparator.naturalOrder());

  static Draft named(String id, String sentence) {
    return new Draft(id, sentence);
  }

  /** A race that is being written down. */
  static final class Draft {
    private final String id;
    private final String sentence;
    private String story = "";
    private String seen = "";
    private String notShown = "";
    private final Map<String, String> designs = new LinkedHashMap<>();
    private final List<Source> sources = new ArrayList<>();
    private final List<Exhibit> exhibits = new ArrayList<>();
    private final List<String> formerly = new ArrayList<>();

    private Draft(String id, String sentence) {
      this.id = id;
      this.sentence = sentence;
    }

    Draft story(String steps) {
      story = steps;
      return this;
    }

    Draft seen(String detectors) {
      seen = detectors;
      return this;
    }

    Draft in(String design, String because) {
      designs.put(design, because);
      return this;
    }

    Draft from(Source... where) {
      sources.addAll(List.of(where));
      return this;
    }

    Draft shown(String design, String scenario, Harm... harms) {
      return shown(design, scenario, Kernel.PRODUCTION, harms);
    }

    Draft shown(String design, String scenario, Kernel kernel, Harm... harms) {
      for (Harm harm : harms) {
        exhibits.add(new Exhibit(design, scenario, kernel, harm));
      }
      return this;
    }

    Draft notShown(String because) {
      notShown = because;
      return this;
    }

    Draft formerly(String... ids) {
      formerly.addAll(List.of(ids));
      return this;
    }

    Race done() {
      return new Race(
          id,
          sentence,
          story,
          seen,
          Collections.unmodifiableMap(designs),
          List.copyOf(sources),
          List.copyOf(exhibits),
          notShown,
          List.copyOf(formerly));
    }
  }
}
