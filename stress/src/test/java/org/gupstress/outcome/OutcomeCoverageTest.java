// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.scenario.Scenario;
import org.junit.jupiter.api.Test;

/** Every form of every question is put to every design, or the table says why not. */
class OutcomeCoverageTest {
  private static final String NO_QUERY = "nothing tells a pin from a reference";
  private static final String NOT_IN_UNION = "it counts elsewhere: no list operation touches that";
  private static final String STAYS_ON_LRU =
      "a pin leaves the page on the LRU: the base form has it";
  private static final String NOT_QUEUED = "its last unpin queues nothing that a drain could link";
  private static final String SAME_AS_UNCOUNTED = "it never counts such a pin: as uncounted-unpin";
  private static final String REFUSES = "it refuses such a pin";
  private static final String ONE_COUNTER = "one atomic counter: as on 2 CPUs";
  private static final String AS_OCTOBER = "isolation and lock are those of rfc-oct";
  private static final String TOO_LARGE =
      "pins that try again make a minute's search for each, for what 3 CPUs show";

  /** Form, design, and why there is no such test. */
  private static final List<List<String>> EXCEPTIONS = List.of(
      List.of("outcome-unpin-and-drain-vs-reclaim-scan 2", "get-page", STAYS_ON_LRU),
      List.of("outcome-unpin-and-drain-vs-reclaim-scan 2", "page-ext", STAYS_ON_LRU),
      List.of("outcome-unpin-and-drain-vs-reclaim-scan 2", "foll-pin", STAYS_ON_LRU),
      List.of("outcome-erased-unpin 2", "get-page", NOT_IN_UNION),
      List.of("outcome-erased-unpin 2", "page-ext", NOT_IN_UNION),
      List.of("outcome-erased-unpin 2", "foll-pin", NOT_IN_UNION),
      List.of("outcome-erased-unpin 2", "rfc-jul", SAME_AS_UNCOUNTED),
      List.of("outcome-erased-unpin 2", "rfc-oct", SAME_AS_UNCOUNTED),
      List.of("outcome-erased-unpin 2", "rfc-fixed", REFUSES),
      List.of("outcome-flag-versus-count-publication 2", "get-page", NO_QUERY),
      List.of("outcome-flag-versus-count-relinked 2", "get-page", NO_QUERY),
      List.of("outcome-flag-versus-count-relinked 2", "rfc-jul", NOT_QUEUED),
      List.of("outcome-flag-versus-count-relinked 2", "rfc-oct", NOT_QUEUED),
      List.of("outcome-flag-versus-count-relinked 2", "page-ext", NOT_IN_UNION),
      List.of("outcome-flag-versus-count-relinked 2", "foll-pin", NOT_IN_UNION),
      List.of("outcome-refcount-bias 2", "get-page", NO_QUERY),
      List.of("outcome-refcount-bias-held 2", "get-page", NO_QUERY),
      List.of("outcome-refcount-bias-mixed 2", "get-page", NO_QUERY));

  /** Those that have forms on 3 and 4 CPUs as well. */
  private static final Set<Scenario> WIDE =
      Set.of(Questions.PIN_VS_DRAIN, Questions.LAST_UNPIN_VS_PIN, Questions.UNCOUNTED_UNPIN);

  private static final Map<String, String> NOT_ON_3 =
      Map.of("get-page", ONE_COUNTER, "page-ext", ONE_COUNTER, "rfc-jul", AS_OCTOBER);

  private static final String NOT_ON_4 = "rfc-fixed";

  private static boolean isRaw(Scenario question) {
    return List.of(
            Questions.DECREMENT_VS_LIST_STORE,
            Questions.COUNT_STORE_VS_LIST_STORE,
            Questions.COUNT_STORE_VS_LIST_LOAD,
            Questions.DECREMENT_VS_LIST_LOAD,
            Questions.LIST_STORE_VS_FLAG_TEST,
            Questions.FLAG_SET_VS_LIST_STORE)
        .contains(question);
  }

  private static Map<String, Set<String>> declared() {
    Map<String, Set<String>> declared = new TreeMap<>();
    for (Scenario question : Questions.all()) {
      declared.put(question.id() + " 2", isRaw(question) ? Set.of("get-page") : designs());
      if (WIDE.contains(question)) {
        Set<String> three = designs();
        three.removeAll(NOT_ON_3.keySet());
        declared.put(question.id() + " 3", three);
        Set<String> four = new TreeSet<>(three);
        four.remove(NOT_ON_4);
        declared.put(question.id() + " 4", four);
      }
    }
    for (List<String> exception : EXCEPTIONS) {
      assertThat(declared.get(exception.get(0)).remove(exception.get(1)))
          .as(exception.toString())
          .isTrue();
    }
    return declared;
  }

  private static Set<String> designs() {
    Set<String> ids = new TreeSet<>();
    Designs.all().stream().map(PinDesign::id).forEach(ids::add);
    return ids;
  }

  @Test
  void theTestsAreThoseOfTheTable() {
    Map<String, Set<String>> actual = new TreeMap<>();
    for (OutcomeTest test : OutcomeTests.all()) {
      String form = test.rig().plan().scenario().id() + " " + test.actors();
      actual
          .computeIfAbsent(form, unseen -> new TreeSet<>())
          .add(test.rig().plan().design().id());
    }
    assertThat(actual).isEqualTo(declared());
  }

  @Test
  void everyExceptionHasAReason() {
    assertThat(Stream.concat(
            EXCEPTIONS.stream().map(exception -> exception.get(2)),
            Stream.concat(NOT_ON_3.values().stream(), Stream.of(TOO_LARGE))))
        .allSatisfy(reason -> assertThat(reason).hasSizeGreaterThan(20));
  }
}
