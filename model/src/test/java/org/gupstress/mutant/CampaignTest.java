// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Judges all generated changes, which takes hours: {@code mvn -Pmutants -pl model test}. A run that
 * is stopped goes on where it was when it is started again.
 *
 * <p>{@code -Dgupstress.mutants.threads} is how many processes work at once.
 */
@EnabledIfSystemProperty(named = "gupstress.mutants", matches = "all")
class CampaignTest {
  static final long SEED = 20181013;
  private static final Duration BOUND = Duration.ofMinutes(2);

  @Test
  void allAreJudged() throws Exception {
    int threads = Integer.getInteger("gupstress.mutants.threads", 2);
    Rows rows = new Rows(Rows.RECORD);
    new Campaign(rows, threads, SEED, BOUND).run();
    assertThat(rows.all()).extracting(Row::verdict).doesNotContain(Verdict.PENDING);
  }
}
