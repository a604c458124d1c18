// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.gupstress.audit.Case;
import org.gupstress.audit.Court;
import org.gupstress.audit.Hearing;
import org.gupstress.claim.Claim;
import org.gupstress.court.AuditLog;
import org.gupstress.court.AuditRow;
import org.gupstress.design.Designs;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Verdict;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Kernel;
import org.gupstress.page.Ref;
import org.gupstress.report.AuditText;
import org.gupstress.result.Head;
import org.gupstress.result.ResultFile;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.gupstress.text.Format;
import org.gupstress.text.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A design that breaks does not keep the others from being heard. */
class HearingTest {
  @TempDir
  private Path directory;

  private static final Scenario PIN_UNPIN = Catalogue.all().get(0);

  /** As 4.19, but its unpin throws. */
  private static final class Throwing implements PinDesign {
    @Override
    public String id() {
      return "throwing";
    }

    @Override
    public String summary() {
      return "throws at the first unpin";
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      mm.page().putTestzero(page, Ref.GUP);
      throw new IllegalStateException("not written yet");
    }

    @Override
    public boolean isPinned(Mm mm, long page) {
      return false;
    }

    @Override
    public boolean hasQuery() {
      return false;
    }

    @Override
    public int pinCount(Mm mm, long page) {
      return 0;
    }
  }

  private static Plan plan(PinDesign design) {
    return Plan.usual(design, PIN_UNPIN, Kernel.PRODUCTION);
  }

  @Test
  void theOthersAreHeardWhenOneThrows() throws InterruptedException {
    PinDesign throwing = new Throwing();
    PinDesign good = Designs.all().get(0);
    Hearing hearing =
        Hearing.of(List.of(plan(throwing), plan(good)), 2, Duration.ofMinutes(1), heard -> {});
    Court court = new Court(hearing.cases());
    assertThat(court.verdict(throwing, Claim.DESIGN_CONTRACT)).isEqualTo(Verdict.VIOLATED);
    assertThat(court.verdict(throwing, Claim.UNION_INTACT)).isNotEqualTo(Verdict.HOLDS);
    assertThat(court.verdict(good, Claim.UNION_INTACT)).isEqualTo(Verdict.HOLDS);
    assertThat(court.isSurprised()).isTrue();
    assertThat(printed(hearing)).contains("design-contract", "not written yet", "Only in throwing");
  }

  private String printed(Hearing hearing) {
    List<Plan> plans = hearing.cases().stream().map(Case::plan).toList();
    StringWriter text = new StringWriter();
    try (ResultFile file =
        ResultFile.open(directory.resolve("result.json"), Head.of(Duration.ofMinutes(1)))) {
      AuditLog log = new AuditLog(plans, AuditRow.of(plans, Map.of(), true, false, true), file);
      AuditText.print(
          log.end(hearing.cases(), 1),
          "result.json",
          new Sheet(new PrintWriter(text), Format.TERMINAL, false));
    }
    return text.toString();
  }

  @Test
  void whoIsInterruptedHasWhatWasHeardUntilThen() {
    List<Plan> plans = Designs.all().stream().map(HearingTest::plan).toList();
    Thread hears = Thread.currentThread();
    Hearing hearing = Hearing.of(plans, 1, Duration.ofMinutes(1), heard -> hears.interrupt());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(hearing.failures()).isEmpty();
    assertThat(hearing.cases()).extracting(c -> c.plan()).isEqualTo(plans);
    assertThat(hearing.cases().get(0).result()).isNotNull();
    assertThat(hearing.cases().get(plans.size() - 1).result()).isNull();
  }

  @Test
  void everyCaseIsInTheOrderOfThePlans() throws InterruptedException {
    List<Plan> plans = Designs.all().stream().map(HearingTest::plan).toList();
    Hearing hearing = Hearing.of(plans, 3, Duration.ofMinutes(1), heard -> {});
    assertThat(hearing.cases()).extracting(c -> c.plan()).isEqualTo(plans);
    assertThat(hearing.failures()).isEmpty();
  }
}
