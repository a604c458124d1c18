// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Odds;
import org.junit.jupiter.api.Test;

/** The odds in words, and their curve. */
class OddsTextTest {
  private static String sentence(double... shares) {
    return OddsText.sentence(Harm.STRANDED, Odds.of(shares));
  }

  private static List<String> lines(Format format, double... shares) {
    StringWriter text = new StringWriter();
    OddsText.print(Harm.STRANDED, Odds.of(shares), new Sheet(new PrintWriter(text), format, false));
    return text.toString().lines().toList();
  }

  @Test
  void theSentenceNamesThePointOfNoReturn() {
    assertThat(sentence(0.125, 0.125, 0.5, 1, 1))
        .isEqualTo("Odds of stranded: at the start 13 % of the interleavings end in it; before step"
            + " 3 it is 50 %. From step 3 on, every interleaving ends in it: the point of no"
            + " return.");
    assertThat(sentence(0.01, 0.9, 1, 1))
        .contains("step 1 takes it from 1 % to 90 %", "before step 2 it is 90 %");
    assertThat(sentence(0.9991, 0.9999, 0.9999, 1, 1)).doesNotContain("takes it");
    assertThat(sentence(0.1, 0.2, 1))
        .endsWith("before its last step, 2, 20 % of what may follow does.");
    assertThat(sentence(1, 1))
        .isEqualTo("Odds of stranded: every interleaving ends in it, from the start.");
  }

  @Test
  void theCurveStandsOverTheSteps() {
    List<String> lines = lines(Format.MAIL, 0, 0.2, 0.3, 0.6, 1);
    assertThat(lines.subList(lines.size() - 5, lines.size()))
        .containsExactly(
            " 100 % |    *", "  75 % |   **", "  50 % |  ***", "  25 % | ****", "        0");
  }

  @Test
  void aLongCurveFitsTheSheet() {
    double[] shares = new double[1000];
    shares[999] = 1;
    assertThat(lines(Format.MAIL, shares))
        .allMatch(line -> line.length() <= Format.MAIL.width())
        .anyMatch(line -> line.contains("100 %"));
  }
}
