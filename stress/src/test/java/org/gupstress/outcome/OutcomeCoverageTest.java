// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/** Every form of every question is put to every design, or its grading table says why not. */
class OutcomeCoverageTest {
  /** Those that have forms on 3 and 4 CPUs as well. */
  private static final Set<Scenario> WIDE =
      Set.of(Questions.PIN_VS_DRAIN, Questions.LAST_UNPIN_VS_PIN, Questions.UNCOUNTED_UNPIN);

  private static final List<Scenario> RAW = List.of(
      Questions.DECREMENT_VS_LIST_STORE,
      Questions.COUNT_STORE_VS_LIST_STORE,
      Questions.COUNT_STORE_VS_LIST_LOAD,
      Questions.DECREMENT_VS_LIST_LOAD,
      Questions.LIST_STORE_VS_FLAG_TEST,
      Questions.FLAG_SET_VS_LIST_STORE);

  private static final Pattern COMMAND =
      Pattern.compile("\n    gupstress jcstress --test (\\S+) --budget \\S+");

  static Stream<GradingTable> tables() {
    return OutcomeTests.questions().stream().map(OutcomeTests::table);
  }

  static Stream<GradingTable.Form> forms() {
    return tables().flatMap(table -> table.forms().stream());
  }

  private static Set<String> designs() {
    return Designs.all().stream().map(PinDesign::id).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyScenarioIsAskedInTheFormsThatItHas() {
    Map<String, Set<Integer>> declared = new TreeMap<>();
    for (Scenario question : Questions.all()) {
      declared.put(question.id(), WIDE.contains(question) ? Set.of(2, 3, 4) : Set.of(2));
    }
    Map<String, Set<Integer>> actual = new TreeMap<>();
    forms()
        .forEach(form -> actual
            .computeIfAbsent(Questions.named(form.scenario()).id(), unseen -> new TreeSet<>())
            .add(form.cpus()));
    assertThat(actual).isEqualTo(declared);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void asksEveryDesignOrSaysWhyNot(GradingTable.Form form) {
    if (RAW.contains(Questions.named(form.scenario()))) {
      assertThat(form.designs()).isEmpty();
      return;
    }
    assertThat(Stream.concat(form.designs().stream(), form.leftOut().keySet().stream()))
        .containsExactlyInAnyOrderElementsOf(designs());
    assertThat(form.leftOut().values())
        .allSatisfy(reason -> assertThat(reason).hasSizeGreaterThan(20));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void jcstressHasTheTestsOfTheTableAndTheirGrades(GradingTable table) {
    Map<String, String> declared = new TreeMap<>();
    for (GradingTable.Test test : table.tests()) {
      StringBuilder graded = new StringBuilder(test.cpus() + " actors");
      table
          .rowsOf(test)
          .forEach(row -> graded
              .append('\n')
              .append(row.outcome())
              .append(row.grade() == Grade.ACCEPTABLE ? " is right: " : " is a defect: ")
              .append(row.grade().onPagesOfJcstress(row.sentence())));
      declared.put(table.question() + "." + test.name(), graded.toString());
    }
    Map<String, String> actual = new TreeMap<>();
    for (String name : TestList.tests()) {
      if (name.startsWith(OutcomeTests.PACKAGE + table.question() + ".")) {
        TestInfo info = TestList.getInfo(name);
        assertThat(info.unmatched().expect()).isEqualTo(Expect.FORBIDDEN);
        StringBuilder graded = new StringBuilder(info.threads() + " actors");
        for (StateCase known : info.cases()) {
          graded
              .append('\n')
              .append(known.matchPattern().replace("\\", ""))
              .append(known.expect() == Expect.ACCEPTABLE ? " is right: " : " is a defect: ")
              .append(known.description());
        }
        actual.put(name.substring(OutcomeTests.PACKAGE.length()), graded.toString());
      }
    }
    assertThat(actual).isEqualTo(declared);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void theEssaySaysWhatToSeeAndTheCommandThatShowsIt(GradingTable table) {
    assertThat(table.essay()).hasSizeGreaterThan(500).contains("What to see: ");
    Matcher command = COMMAND.matcher(table.essay());
    assertThat(command.find()).isTrue();
    assertThat(OutcomeTests.all()).anyMatch(test -> test.isMeantBy(command.group(1)));
    assertThat(command.group(1)).startsWith(table.question());
  }
}
