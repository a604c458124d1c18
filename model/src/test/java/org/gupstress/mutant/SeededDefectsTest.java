// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gupstress.claim.Harm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every seeded defect is caught by the audit, or nobody could tell the difference. A run performs a
 * {@link Sample} of them; the table of what caught them is written to target/seeded-defects.md.
 */
class SeededDefectsTest {
  private static final int SAMPLE_SIZE = 10;
  private static final List<Mutant> MUTANTS =
      Sample.of("seeded defects", Mutants.all(), SAMPLE_SIZE);
  private static final Path TABLE = Path.of("target", "seeded-defects.md");
  private static final Map<Mutant, Future<Heard>> HEARD = new LinkedHashMap<>();
  private static final ExecutorService POOL = Executors.newFixedThreadPool(
      Math.max(1, Runtime.getRuntime().availableProcessors()), task -> {
        Thread thread = new Thread(task, "mutants");
        thread.setDaemon(true);
        return thread;
      });

  /** What an audit came to. */
  private record Heard(Optional<Caught> caught, double seconds) {}

  static List<Mutant> mutants() {
    return MUTANTS;
  }

  /** What the audit of the designs finds in a model with the defect in it. */
  private static Optional<Caught> audit(Mutant mutant) {
    String source = mutant.applyTo(Sources.read(mutant.file()));
    return MutantLoader.of(mutant.file(), source)
        .judge(Cells.of(mutant.designs()))
        .caught();
  }

  @BeforeAll
  static void auditAll() {
    for (Mutant mutant : mutants()) {
      HEARD.put(mutant, POOL.submit(() -> {
        long start = System.nanoTime();
        Optional<Caught> caught = audit(mutant);
        return new Heard(caught, (System.nanoTime() - start) / 1e9);
      }));
    }
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isCaughtUnlessItIsEquivalent(Mutant mutant) throws Exception {
    Optional<Caught> caught = HEARD.get(mutant).get().caught();
    if (mutant.isEquivalent()) {
      assertThat(caught).as(mutant.sentence() + "; " + mutant.equivalent()).isEmpty();
    } else {
      assertThat(caught).as(mutant.sentence()).isPresent();
      assertThat(caught.orElseThrow().harm()).isNotEqualTo(Harm.CONTRACT.id());
      assertThat(mutant.isCaughtBy(caught.orElseThrow()))
          .as(caught.orElseThrow() + ", expected one of " + mutant.claims())
          .isTrue();
    }
  }

  /** The control: the same audit, with nothing changed, of all designs that are changed above. */
  @Test
  void withoutADefectNothingIsCaught() {
    Mutant none = Mutant.kernel("none", "nothing is changed", "lru/Isolation")
        .with("get-page", "page-ext", "foll-pin", "rfc-fixed");
    assertThat(audit(none)).isEmpty();
  }

  @Test
  void aDefectThatDoesNotFitIsAnErrorAndNotASurvivor() {
    Mutant elsewhere = Mutant.kernel("elsewhere", "", "lru/Isolation").without("no such text");
    assertThatThrownBy(() -> audit(elsewhere))
        .hasMessageContaining("expected once in lru/Isolation.java, found 0 times");
    Mutant twice = Mutant.kernel("twice", "", "lru/Isolation").without("PageFlag.LRU");
    assertThatThrownBy(() -> audit(twice)).hasMessageContaining("found 7 times");
    Mutant broken = Mutant.kernel("broken", "", "lru/Isolation")
        .instead("boolean isolated = false;", "no java");
    assertThatThrownBy(() -> audit(broken))
        .hasMessageContaining("does not compile")
        .hasMessageContaining("Isolation.java:");
  }

  @Test
  void thereAreManyAndNoTwoAreAlike() {
    List<Mutant> all = Mutants.all();
    assertThat(all).hasSizeGreaterThanOrEqualTo(36);
    assertThat(all).extracting(Mutant::id).doesNotHaveDuplicates();
    assertThat(all).extracting(Mutant::file, Mutant::edits).doesNotHaveDuplicates();
  }

  @AfterAll
  static void writeTable() throws IOException, InterruptedException, ExecutionException {
    POOL.shutdown();
    List<String> lines = new ArrayList<>(List.of(
        "| defect | what is wrong | caught by | in | pre-emptions, steps | s |",
        "|---|---|---|---|---|---|"));
    for (Map.Entry<Mutant, Future<Heard>> entry : HEARD.entrySet()) {
      lines.add(row(entry.getKey(), entry.getValue().get()));
    }
    Files.write(TABLE, lines);
  }

  private static String row(Mutant mutant, Heard heard) {
    Caught by = heard.caught().orElse(null);
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %s | %s | %.1f |",
        mutant.id(),
        mutant.sentence(),
        by == null ? "nothing: " + mutant.equivalent() : by.by(),
        by == null ? "" : by.design() + "/" + by.scenario() + "/" + by.kernel(),
        by == null || by.harm().isEmpty() ? "" : by.preemptions() + ", " + by.steps(),
        heard.seconds());
  }
}
