// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The grading table of one question: to which designs it is put, in which forms, and what each end
 * of its tests means. {@link GradingTableFile} reads it.
 *
 * @param question like PinVsDrain; the names of its tests begin with it
 * @param essay why this is a hole, what there is to see, on which machine, and the command
 * @param rows in the order in which reports list outcomes
 */
record GradingTable(String question, String essay, List<Form> forms, List<Row> rows) {

  /**
   * One scenario on so many CPUs, for some designs.
   *
   * @param pattern of the names of its tests: a star stands for the design
   * @param scenario its id, without the common prefix of all questions
   * @param designs ids; none if the scenario touches words that no design has a say in
   * @param leftOut why there is no test of a design, by its id
   */
  record Form(
      String pattern,
      String scenario,
      int cpus,
      List<String> designs,
      Map<String, String> leftOut) {
    private List<Test> tests() {
      return designs.isEmpty()
          ? List.of(new Test(pattern, scenario, "", cpus))
          : designs.stream()
              .map(design -> new Test(nameOf(design), scenario, design, cpus))
              .toList();
    }

    /** Like RfcNovOn3Cpus. */
    private String nameOf(String design) {
      StringBuilder words = new StringBuilder();
      for (String word : design.split("-", -1)) {
        words.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
      }
      return pattern.replace("*", words);
    }
  }

  /**
   * One jcstress test.
   *
   * @param name without the question
   * @param design empty if it is about raw words
   */
  record Test(String name, String scenario, String design, int cpus) {}

  /**
   * One grade of one outcome in some tests.
   *
   * @param tests their names, or patterns in which a star stands for anything
   */
  record Row(String outcome, Grade grade, List<String> tests, String sentence) {
    private boolean isFor(Test test) {
      return tests.stream().anyMatch(pattern -> matches(pattern, test.name()));
    }
  }

  List<Test> tests() {
    return forms.stream().flatMap(form -> form.tests().stream()).toList();
  }

  /** What can happen to a test; everything else is forbidden. */
  List<Row> rowsOf(Test test) {
    return rows.stream().filter(row -> row.isFor(test)).toList();
  }

  /** What is wrong with it as a whole, in one line each. */
  List<String> mistakes() {
    List<String> mistakes = new ArrayList<>();
    Map<String, Test> named = new LinkedHashMap<>();
    for (Test test : tests()) {
      if (named.put(test.name(), test) != null) {
        mistakes.add("expected each test once, found " + test.name() + " twice");
      }
      Map<String, Row> graded = new LinkedHashMap<>();
      for (Row row : rowsOf(test)) {
        if (graded.put(row.outcome(), row) != null) {
          mistakes.add(
              "expected one grade of " + row.outcome() + " in " + test.name() + ", found two");
        }
      }
      if (graded.isEmpty()) {
        mistakes.add("expected an outcome of " + test.name() + ", found none");
      }
    }
    for (Row row : rows) {
      for (String pattern : row.tests()) {
        if (named.keySet().stream().noneMatch(name -> matches(pattern, name))) {
          mistakes.add("expected a test, found " + pattern + " in the row of " + row.outcome()
              + "; there are " + String.join(", ", named.keySet()));
        }
      }
    }
    return mistakes;
  }

  private static boolean matches(String pattern, String name) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return Pattern.matches(regex, name);
  }
}
