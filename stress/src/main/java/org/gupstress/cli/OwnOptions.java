// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.process.Refused;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.gupstress.userfile.OwnCode;
import picocli.CommandLine.Option;

/** Designs and scenarios by word: shipped ones by name, a user's by file or class. */
final class OwnOptions {
  @Option(
      names = "--classpath",
      paramLabel = "PATH",
      description = "Where classes are that are given by name, or that a file needs.")
  private String classPath = "";

  /**
   * Things that were asked for.
   *
   * @param refused why some of them are not among them
   */
  record Chosen<T>(List<T> things, List<String> refused) {}

  /** A design, or why there is none as a usage error. */
  PinDesign design(String word) {
    return only(designs(List.of(word)));
  }

  /** A scenario, or why there is none as a usage error. */
  Scenario scenario(String word) {
    return only(scenarios(List.of(word)));
  }

  private static <T> T only(Chosen<T> chosen) {
    if (!chosen.refused().isEmpty()) {
      throw Refused.misused(chosen.refused().get(0));
    }
    return chosen.things().get(0);
  }

  Chosen<PinDesign> designs(List<String> words) {
    return choose("design", words, Designs.all(), PinDesign::id, OwnCode::design);
  }

  Chosen<Scenario> scenarios(List<String> words) {
    return choose("scenario", words, Catalogue.shipped(), Scenario::id, OwnCode::scenario);
  }

  /** Loads something. */
  @FunctionalInterface
  private interface Load<T> {
    T from(OwnCode code, String word) throws Refused;
  }

  private <T> Chosen<T> choose(
      String kind, List<String> words, List<T> shipped, Function<T, String> id, Load<T> load) {
    Chosen<T> chosen = new Chosen<>(new ArrayList<>(), new ArrayList<>());
    for (String word : new LinkedHashSet<>(words)) {
      boolean isName = shipped.stream().anyMatch(thing -> id.apply(thing).equals(word));
      if (isName || (!OwnCode.isFile(word) && classPath.isEmpty())) {
        chosen.things().add(Names.find(kind, word, shipped, id));
      } else {
        try {
          chosen.things().add(load.from(new OwnCode(classPath), word));
        } catch (Refused e) {
          chosen.refused().add(String.valueOf(e.getMessage()));
        }
      }
    }
    if (chosen.things().stream().map(id).distinct().count() < chosen.things().size()) {
      throw Refused.misused("two of the " + kind + "s have the same id(): "
          + String.join(", ", chosen.things().stream().map(id).toList()));
    }
    return chosen;
  }
}
