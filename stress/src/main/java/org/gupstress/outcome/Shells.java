// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes the jcstress tests of all questions, from their grading tables. The build runs it before
 * it compiles.
 *
 * <p>jcstress reads actors, arbiters and outcomes from the test class alone, so each test needs a
 * class of its own with methods and annotations that are all alike. What a test does is in its
 * scenario, what its ends mean is in the table; its class is the shell around both.
 */
final class Shells {
  /** A machine has a design, even if nobody asks it anything. */
  private static final String BYSTANDER = "get-page";

  private Shells() {}

  /**
   * Writes the tests of every table. A file that would not change is left alone, so that the
   * compiler has nothing to do. The exit status is 1 if a table is wrong.
   *
   * @param args the directory of the tables, and the source directory to write to
   */
  public static void main(String[] args) throws IOException {
    Path tables = Path.of(args[0]);
    Path sources = Path.of(args[1]).resolve(Shells.class.getPackageName().replace('.', '/'));
    Files.createDirectories(sources);
    try {
      for (Path file : filesIn(tables, GradingTableFile.SUFFIX)) {
        String question = withoutSuffix(file);
        GradingTable table = GradingTableFile.read(question, Files.readAllLines(file));
        write(sources.resolve(question + ".java"), of(table));
      }
    } catch (IllegalArgumentException wrong) {
      System.err.println(tables + ": " + wrong.getMessage());
      System.exit(1);
    }
    for (Path source : filesIn(sources, ".java")) {
      if (!Files.exists(tables.resolve(withoutSuffix(source) + GradingTableFile.SUFFIX))) {
        Files.delete(source);
      }
    }
  }

  private static List<Path> filesIn(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static String withoutSuffix(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static void write(Path file, String source) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(source)) {
      Files.writeString(file, source);
    }
  }

  /** The source of the class that holds the tests of a question. */
  static String of(GradingTable table) {
    StringBuilder source = new StringBuilder(String.format(
        Locale.ROOT,
        """
      // SPDX-License-Identifier: Apache-2.0
      // Made by %s from %s. Change that one.
      package %s;

      import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
      import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
      import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

      import org.openjdk.jcstress.annotations.Actor;
      import org.openjdk.jcstress.annotations.Arbiter;
      import org.openjdk.jcstress.annotations.JCStressTest;
      import org.openjdk.jcstress.annotations.Outcome;
      import org.openjdk.jcstress.annotations.State;
      import org.openjdk.jcstress.infra.results.L_Result;

      /** The tests of one question. */
      public final class %s {
        private %s() {}
      """,
        Shells.class.getSimpleName(),
        table.question() + GradingTableFile.SUFFIX,
        Shells.class.getPackageName(),
        table.question(),
        table.question()));
    for (GradingTable.Test test : table.tests()) {
      source.append(test(test, table.rowsOf(test)));
    }
    return source.append("}\n").toString();
  }

  private static String test(GradingTable.Test test, List<GradingTable.Row> rows) {
    StringBuilder outcomes = new StringBuilder();
    for (GradingTable.Row row : rows) {
      outcomes.append(String.format(
          Locale.ROOT,
          """
        @Outcome(
            id = "%s",
            expect = %s,
            desc = "%s")
      """,
          literal(row.outcome().replace("+", "\\+")),
          expectation(row.grade()),
          literal(row.grade().onPagesOfJcstress(row.sentence()))));
    }
    StringBuilder actors = new StringBuilder();
    for (int cpu = 0; cpu < test.cpus(); cpu++) {
      actors.append(String.format(Locale.ROOT, """

          @Actor
          public void cpu%d() {
            run(%d);
          }
      """, cpu, cpu));
    }
    return String.format(
        Locale.ROOT,
        """

        @JCStressTest
        @State
      %s  @Outcome(expect = FORBIDDEN, desc = Grade.OTHERWISE)
        public static class %s extends Sample {
          static final Rig RIG = Rig.of(Questions.named("%s"), "%s", %d);

          public %s() {
            super(RIG);
          }
      %s
          @Arbiter
          public void end(L_Result r) {
            r.r1 = outcome();
          }
        }
      """,
        outcomes,
        test.name(),
        test.scenario(),
        test.design().isEmpty() ? BYSTANDER : test.design(),
        test.cpus(),
        test.name(),
        actors);
  }

  /** jcstress knows one grade for all outcomes that are neither right nor forbidden. */
  private static String expectation(Grade grade) {
    return switch (grade) {
      case ACCEPTABLE -> "ACCEPTABLE";
      case CONTROL, RARE, WEAK -> "ACCEPTABLE_INTERESTING";
      case FORBIDDEN -> "FORBIDDEN";
    };
  }

  private static String literal(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
