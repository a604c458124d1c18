// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.openjdk.jcstress.infra.runners.TestList;

/** The list of all outcome tests, with their grades. */
public final class OutcomeTests {
  /** Full names of tests begin with it. */
  public static final String PACKAGE = "org.gupstress.outcome.";

  private OutcomeTests() {}

  /** All tests, by name. */
  public static List<OutcomeTest> all() {
    List<OutcomeTest> tests = new ArrayList<>();
    for (String question : questions()) {
      tests.addAll(of(table(question)));
    }
    tests.sort(Comparator.comparing(OutcomeTest::name));
    return tests;
  }

  /** Those of which jcstress's annotation processor has found the tests. */
  static SortedSet<String> questions() {
    SortedSet<String> questions = new TreeSet<>();
    for (String name : TestList.tests()) {
      if (name.startsWith(PACKAGE) && !name.startsWith(Footprint.class.getName())) {
        questions.add(name.substring(PACKAGE.length(), name.lastIndexOf('.')));
      }
    }
    return questions;
  }

  /** The grading table of a question. */
  static GradingTable table(String question) {
    String file = question + GradingTableFile.SUFFIX;
    try (InputStream in = OutcomeTests.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("there is no grading table " + file);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return GradingTableFile.read(question, lines.lines().toList());
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the grading table " + file, e);
    }
  }

  private static List<OutcomeTest> of(GradingTable table) {
    List<OutcomeTest> tests = new ArrayList<>();
    for (GradingTable.Test test : table.tests()) {
      tests.add(new OutcomeTest(
          table.question() + "." + test.name(),
          PACKAGE + table.question() + "$" + test.name(),
          test.design(),
          test.cpus(),
          table.rowsOf(test).stream()
              .map(row -> new OutcomeTest.Case(row.outcome(), row.grade(), row.sentence()))
              .toList()));
    }
    return tests;
  }
}
