// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.gupstress.explore.Reductions;
import org.gupstress.explore.Replay;
import org.gupstress.explore.Trace;
import org.gupstress.outcome.Ending;
import org.gupstress.outcome.OutcomeTest;
import org.gupstress.outcome.OutcomeTests;
import org.gupstress.outcome.Prediction;
import org.gupstress.outcome.Rig;
import org.gupstress.process.Refused;
import org.gupstress.text.Sheet;
import org.gupstress.text.TraceText;

/** From an outcome that real threads have shown to an interleaving that ends in it. */
public final class Explain {
  private final Sheet sheet;

  private Explain(Sheet sheet) {
    this.sheet = sheet;
  }

  /**
   * Prints the shortest interleaving of a test that ends in an outcome, or that there is none.
   *
   * @param full every access, not only those after which a page looks different
   */
  public static void run(String test, String outcome, boolean full, Sheet sheet) throws Refused {
    List<OutcomeTest> all = OutcomeTests.all();
    for (OutcomeTest known : all) {
      if (known.name().equalsIgnoreCase(test)) {
        new Explain(sheet).explain(known, outcome, full);
        return;
      }
    }
    throw Refused.unknown("test", test, all.stream().map(OutcomeTest::name).toList());
  }

  private void explain(OutcomeTest test, String outcome, boolean full) throws Refused {
    Prediction prediction = Prediction.of(test.rig());
    Prediction.Way way = prediction.ways().get(outcome);
    if (way == null && !test.knows(outcome)) {
      Set<String> vocabulary = vocabulary(test, prediction);
      if (!vocabulary.contains(outcome)) {
        throw Refused.unknown("outcome of " + test.name(), outcome, List.copyOf(vocabulary));
      }
    }
    OutcomeTest.Case known = test.caseOf(outcome);
    sheet.text(test.name() + ": " + prediction.plan().scenario().summary());
    sheet.text(outcome + " (" + known.grade().id + "): " + prediction.sentence(known));
    sheet.blank();
    if (way == null) {
      sheet.text(
          prediction.stopped().isEmpty()
              ? "No sequentially consistent order of the operations ends like this."
              : "None of the orders that were tried ends like this; the search was cut before it"
                  + " had tried all: " + prediction.stopped());
      return;
    }
    sheet.text(String.format(
        Locale.ROOT,
        "Shortest of its interleavings: %d steps, pre-emptions: %d; %s of all interleavings end so.",
        way.steps(),
        way.preemptions(),
        Frequency.text(way.share())));
    sheet.blank();
    Trace trace = Replay.run(prediction.plan(), Reductions.ALL, way.token().schedule());
    TraceText.print(prediction.plan(), way.token(), trace, full, sheet);
  }

  /** Every name that an end of the question can have, in this design or another. */
  private static Set<String> vocabulary(OutcomeTest test, Prediction prediction) {
    Set<String> names = new TreeSet<>(prediction.ways().keySet());
    for (OutcomeTest other : OutcomeTests.all()) {
      if (other.question().equals(test.question())) {
        other.cases().forEach(known -> names.add(known.outcome()));
      }
    }
    names.addAll(Ending.NAMES);
    names.add(Rig.OOPS);
    return names;
  }
}
