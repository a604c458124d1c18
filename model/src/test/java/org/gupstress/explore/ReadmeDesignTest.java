// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.PageFlagPin;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.junit.jupiter.api.Test;

/** The design that the README writes is a real one, and does what the README says. */
class ReadmeDesignTest {
  @Test
  void readmeShowsTheDesignThatIsTestedHere() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/gupstress/design/PageFlagPin.java"));
    String shown = source.substring(source.indexOf("/** One page flag"));
    assertThat(Files.readString(Path.of("../README.md"))).contains(shown);
  }

  @Test
  void oneFlagForAllPinsReleasesThoseOfOthers() {
    Result result = Explorer.explore(
        Plan.usual(new PageFlagPin(), scenario("pin-unpin"), Kernel.PRODUCTION), Options.DEFAULT);
    assertThat(result.violations()).containsKeys(Harm.PIN_UNCOUNTED, Harm.PIN_INVISIBLE);
    assertThat(result.verdict(Claim.UNION_INTACT)).isEqualTo(Verdict.HOLDS);
    assertThat(result.verdict(Claim.NEVER_STRANDED)).isEqualTo(Verdict.HOLDS);
  }

  private static Scenario scenario(String id) {
    return Catalogue.all().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }
}
