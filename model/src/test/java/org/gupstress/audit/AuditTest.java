// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.design.Uncounted;
import org.gupstress.explore.Runs;
import org.gupstress.explore.Verdict;
import org.gupstress.memory.Cpu;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Programs;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An audit as a library: what holds is silent, what does not is told in full. */
class AuditTest {
  private static final Scenario PIN_UNPIN = Runs.scenario("pin-unpin");

  @Test
  void theReadmeShowsTheTestThatIsRunHere() throws IOException {
    String source = Files.readString(Path.of("src/test/java/org/gupstress/audit/MyPinTest.java"));
    assertThat(Files.readString(Path.of("README.md")))
        .contains(source.substring(source.indexOf("class MyPinTest")));
  }

  @Test
  void theCounterexampleIsTheMessage() {
    Court court = Audit.of(new MyPin()).in(PIN_UNPIN).run();
    assertThatThrownBy(() -> court.assertHolds("pin-counted"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("pin-counted of my-pin: violated\npin-uncounted: cpu")
        .hasMessageContaining("replay: my-pin/pin-unpin/production/2x2#")
        .hasMessageContaining("set PG_private_2 in page0.flags")
        .hasMessageContaining("In a kernel: ");
    assertThatCode(() -> court.assertHolds("union-intact")).doesNotThrowAnyException();
  }

  @Test
  void whatAnotherDesignDoesTooIsToldFromWhatItDoesNot() {
    Scenario shared = Runs.scenario("writeback-vs-dma");
    Scenario misused = Runs.scenario("unconverted-put");
    Comparison compared =
        Audit.of(new MyPin()).in(PIN_UNPIN, shared, misused).run().compareWith("foll-pin");
    assertThat(compared.with()).isEqualTo("foll-pin");
    assertThat(compared.claims()).containsExactly("pin-counted", "pin-visible");
    assertThat(compared.shared()).extracting(e -> e.violation().harm()).contains(Harm.NO_BUFFERS);
    assertThatThrownBy(compared::assertNothingNew)
        .hasMessageStartingWith("not so with foll-pin: pin-counted, pin-visible\npin-uncounted: ")
        .hasMessageContaining("In a kernel: ");
    Comparison same = Audit.of(Runs.design("page-ext"))
        .in(PIN_UNPIN, shared, misused)
        .run()
        .compareWith("foll-pin");
    assertThat(same.onlyHere()).isEmpty();
    same.assertNothingNew();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Audit.of(new MyPin()).in(PIN_UNPIN).run().compareWith("mine"))
        .withMessageContaining("there is no design \"mine\"; there are get-page, ");
  }

  /** Of a scenario that is not shipped nothing is known of anybody: it is explored. */
  @Test
  void inAScenarioOfOnesOwnTheOtherIsRun() {
    Scenario own = Spec.named("own", "nobody gives the pin back")
        .boot(mm -> Boot.mapped(mm, 0))
        .program((role, rounds, design) -> List.of(Programs.gupFast(0, 0)));
    Court court = Audit.of(new MyPin()).in(own).run();
    assertThat(court.compareWith("foll-pin").shared())
        .extracting(e -> e.violation().harm())
        .contains(Harm.PIN_LEFT);
    assertThat(court.cases().get(0).sharedBy(Harm.PIN_LEFT))
        .containsExactly("get-page", "page-ext", "foll-pin");
  }

  @Test
  void oneOfSeveralThatBreaksTheClaimIsNamed() {
    Court court =
        Audit.of(Runs.design("foll-pin"), Runs.design("rfc-oct")).in(PIN_UNPIN).run();
    assertThatThrownBy(() -> court.assertHolds("never-stranded"))
        .hasMessageStartingWith("never-stranded of rfc-oct: violated");
  }

  @Test
  void whatWasNotJudgedDoesNotHold() {
    Court court = Audit.of(Runs.design("get-page")).in(PIN_UNPIN).run();
    assertThatThrownBy(() -> court.assertHolds("pin-counted"))
        .hasMessage("pin-counted of get-page: n/a, get-page in pin-unpin, production kernel: the"
            + " design keeps no count and answers no query; with hasQuery() it says that it does");
    Court hurried = Audit.of(Runs.design("foll-pin"))
        .in(PIN_UNPIN)
        .within(Duration.ofNanos(1))
        .run();
    assertThatThrownBy(() -> hurried.assertHolds("union-intact"))
        .hasMessageEndingWith("not-run, foll-pin in pin-unpin, production kernel: it was not run");
    Court unmet = Audit.of(new MyPin())
        .in(Spec.named("idle", "nothing happens").sometimes("it happened", moment -> false))
        .run();
    assertThatThrownBy(() -> unmet.assertHolds("union-intact"))
        .hasMessageEndingWith("kernel, never met: it happened");
  }

  @Test
  void aDesignThatBreaksTheContractIsToldSo() {
    Court court = Audit.of(new Own("own") {
          @Override
          public boolean pin(Mm mm, Cpu cpu, long page) {
            throw new IllegalStateException("not today");
          }
        })
        .in(PIN_UNPIN)
        .run();
    assertThatThrownBy(() -> court.assertHolds("never-stranded"))
        .hasMessageStartingWith("never-stranded of own: incomplete\ncontract: operation pin page0"
            + " threw java.lang.IllegalStateException: not today");
  }

  @Test
  void aDesignThatBreaksWhateverHappensIsNotRunEverywhere() {
    Court court = Audit.of(new Own("own") {
          @Override
          public boolean pin(Mm mm, Cpu cpu, long page) {
            throw new IllegalStateException("not today");
          }
        })
        .run();
    assertThat(court.cases().stream().filter(heard -> heard.result() != null).count())
        .isBetween(4L, court.cases().size() / 2L);
    assertThatThrownBy(() -> court.assertHolds("never-stranded"))
        .hasMessageContaining("contract: operation pin page0 threw");
  }

  /** Whatever differs is held against the design that differs, and against no other. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void aDesignThatDoesSomethingElseEachTimeIsToldSo(int rarely) {
    PinDesign fickle = new Own("own") {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        boolean isOther = Elsewhere.RUNS.incrementAndGet() % rarely == 0;
        mm.page().test(page, isOther ? PageFlag.ACTIVE : PageFlag.LRU);
        mm.memory().addFull32(page + PageLayout.MAPCOUNT, isOther ? 1 : 2);
        return true;
      }
    };
    Court court = Audit.of(fickle, Runs.design("foll-pin")).in(PIN_UNPIN).run();
    assertThat(court.verdict(fickle, Claim.DESIGN_CONTRACT)).isEqualTo(Verdict.VIOLATED);
    assertThat(court.verdict(Runs.design("foll-pin"), Claim.UNION_INTACT)).isEqualTo(Verdict.HOLDS);
    assertThatThrownBy(() -> court.assertHolds("union-intact"))
        .hasMessageStartingWith("union-intact of own: incomplete\ncontract: operation pin page0");
  }

  /** What no check of the design's own fields can see. */
  private static final class Elsewhere {
    static final AtomicInteger RUNS = new AtomicInteger();
  }

  @Test
  void aClaimThatDoesNotExistIsNamed() {
    Court court = Audit.of(new MyPin()).in(PIN_UNPIN).run();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> court.assertHolds("never-strandet"))
        .withMessageContaining("\"never-strandet\"; there are pin-counted, ");
  }

  @Test
  void whatADesignSaysOfItselfIsChecked() {
    assertRefused(new Own("<b>"), "id(): expected a lower-case letter");
    assertRefused(new Own("foll-pin"), "another one than a shipped design has, found foll-pin");
    assertRefused(
        new Own("own") {
          @SuppressWarnings("unused")
          private int pins;
        },
        "field pins of");
    assertRefused(
        new Own("own") {
          @Override
          public List<String> locks() {
            return List.of("My Lock");
          }
        },
        "locks(): expected at most 8 different names");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Audit.of(new MyPin()).in(Spec.named("pin-unpin", "again")))
        .withMessageContaining("another one than a shipped scenario has");
  }

  private static void assertRefused(PinDesign design, String says) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Audit.of(design))
        .withMessageContaining(says);
  }

  /** Linux 4.19 under another name. */
  private static class Own implements Uncounted {
    private final String id;

    Own(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }
}
