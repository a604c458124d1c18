// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.design.Uncounted;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Kernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A design that does not keep its side of the contract becomes a finding that names what it did:
 * never a hang, never an exception, never a verdict.
 */
@Timeout(60)
class DesignContractTest {
  /** Lets the code go on that a test has caught in a loop. */
  private volatile boolean released;

  @BeforeEach
  void begin() {
    released = false;
  }

  /** Whatever a design did before, this virtual machine explores the next one. */
  @AfterEach
  void theNextDesignIsExploredAsIfNothingHadBeen() {
    released = true;
    Result next = explore(new Plain());
    assertThat(next.violations()).isEmpty();
    assertThat(next.verdict(Claim.DESIGN_CONTRACT)).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void aDesignThatThrowsIsNamedWithItsOperationAndItsLastAccess() {
    Result result = explore(new Plain() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        throw new IllegalStateException("not today");
      }
    });
    assertThat(broken(result))
        .startsWith("operation pin page0 threw java.lang.IllegalStateException: not today after ");
    assertThat(result.violations()).containsOnlyKeys(Harm.CONTRACT);
    assertReplays(result);
  }

  @Test
  void aDesignThatThrowsBeforeItsFirstAccessIsNamed() {
    Result result = explore(new Plain() {
      @Override
      public boolean grabSlow(Mm mm, long page) {
        throw new AssertionError("at once");
      }
    });
    assertThat(broken(result))
        .startsWith("operation pin page0 threw java.lang.AssertionError: at once before its first"
            + " access (DesignContractTest.java:");
  }

  @Test
  void aDesignThatNeverReturnsFromRecursionIsNamed() {
    Result result = explore(new Plain() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        return page == 0 || pin(mm, cpu, page);
      }
    });
    assertThat(broken(result)).startsWith("operation pin page0 threw java.lang.StackOverflowError");
  }

  @Test
  void aQueryThatThrowsIsAFinding() {
    Result result = explore(new Plain() {
      @Override
      public boolean isPinned(Mm mm, long page) {
        throw new UnsupportedOperationException("ask somebody else");
      }

      @Override
      public boolean hasQuery() {
        return true;
      }
    });
    assertThat(broken(result))
        .contains("plain", "UnsupportedOperationException: ask somebody else");
  }

  @Test
  void aDesignThatLoopsWithoutTouchingMemoryIsNamedWithItsOperation() {
    Result result = explore(new Plain() {
      @Override
      public void unpin(Mm mm, Cpu cpu, long page) {
        while (!released) {
          Thread.onSpinWait();
        }
        super.unpin(mm, cpu, page);
      }
    });
    assertThat(broken(result)).isEqualTo("operation unpin loops without touching memory");
    assertThat(result.violations().get(Harm.CONTRACT).token()).isNull();
    assertThat(result.stopped()).isNotNull();
  }

  @Test
  void aDesignThatDoesSomethingElseOnReexecutionIsNamedWithBothAccesses() {
    AtomicInteger runs = new AtomicInteger();
    Result result = explore(new Plain() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        mm.memory().add32(mm.ext(page) + 4L * (runs.getAndIncrement() % 2), 1);
        return true;
      }
    });
    assertThat(broken(result))
        .startsWith("operation pin page0 access")
        .contains("differs on re-execution: first", ", then ");
    assertThat(result.violations()).containsOnlyKeys(Harm.CONTRACT);
  }

  @Test
  void aDesignThatReturnsEarlierOnReexecutionIsNamed() {
    AtomicInteger runs = new AtomicInteger();
    Result result = explore(new Plain() {
      @Override
      public void unpin(Mm mm, Cpu cpu, long page) {
        if (runs.getAndIncrement() % 2 == 0) {
          mm.memory().add32(mm.ext(page), 1);
        }
      }
    });
    assertThat(broken(result)).startsWith("operation unpin ").contains("on re-execution");
  }

  @Test
  void aDesignThatDoesSomethingElseOnlyOnceIsNamedWithBothAccesses() {
    AtomicInteger runs = new AtomicInteger();
    Result result = explore(new Plain() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        mm.memory().add32(mm.ext(page) + (runs.getAndIncrement() == 0 ? 0 : 4), 1);
        return true;
      }
    });
    assertThat(broken(result))
        .startsWith("operation pin page0 access")
        .contains("differs on re-execution: first", ", then ");
  }

  @Test
  void aDesignThatThrowsDiceIsAFindingWhateverItsReplayDoes() {
    for (int seed = 0; seed < 100; seed++) {
      Random dice = new Random(seed);
      Result result = explore(new Plain() {
        @Override
        public boolean pin(Mm mm, Cpu cpu, long page) {
          for (int i = dice.nextInt(8); i > 0; i--) {
            mm.memory().add32(mm.ext(page), 1);
          }
          return true;
        }
      });
      assertThat(result.violations()).as("seed " + seed).containsKey(Harm.CONTRACT);
    }
  }

  @Test
  void aDesignThatSwallowsTheSignalOfTheExplorerLosesNoAccess() {
    Result swallowing = explore(new Plain() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        try {
          mm.memory().add32(mm.ext(page), 1);
        } catch (RuntimeException e) {
          return true;
        }
        return true;
      }
    });
    Result straight = explore(new Plain() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        mm.memory().add32(mm.ext(page), 1);
        return true;
      }
    });
    assertThat(swallowing.interleavings()).isEqualTo(straight.interleavings());
    assertThat(swallowing.violations().keySet()).isEqualTo(straight.violations().keySet());
  }

  @Test
  void aDesignThatReturnsInsteadOfBeingStoppedIsNamed() {
    Result result = explore(new Plain() {
      @Override
      public void unpin(Mm mm, Cpu cpu, long page) {
        try {
          super.unpin(mm, cpu, page);
          cpu.setRegister(5, 1);
        } catch (RuntimeException e) {
          throw new IllegalStateException("wrapped", e);
        }
      }
    });
    assertThat(broken(result)).contains("operation unpin", "wrapped");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aDesignThatReadsItsRegistersForEverIsNamed() {
    Result result = explore(new Plain() {
      @Override
      public void unpin(Mm mm, Cpu cpu, long page) {
        while (cpu.register(5) == 0) {
          mm.memory().mb();
        }
      }
    });
    assertThat(result.violations()).containsOnlyKeys(Harm.ENDLESS);
  }

  @Test
  void aDesignThatTouchesMemoryForEverIsNamedWithItsOperation() {
    Result result = explore(new Plain() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        while (mm.memory().readOnce64(mm.signalWord()) == 0) {
          mm.memory().mb();
        }
        return true;
      }
    });
    assertThat(result.violations()).containsOnlyKeys(Harm.ENDLESS);
    assertThat(result.violations().get(Harm.ENDLESS).text())
        .startsWith(
            "cpu0 in pin page0 goes round in circles and sees nothing new: it wants to read signal;");
    assertThat(result.verdict(Claim.NO_DEADLOCK)).isEqualTo(Verdict.VIOLATED);
  }

  @Test
  void aDesignThatGetsSomewhereForEverIsNamedWithItsOperation() {
    Result result = explore(new Plain() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        for (long i = 1; i != 0; i++) {
          mm.memory().writeOnce64(mm.ext(page), i);
        }
        return true;
      }
    });
    assertThat(result.violations().get(Harm.ENDLESS).text())
        .startsWith(
            "pin page0 made 501 accesses; more than 500 accesses of one operation count as");
  }

  @Test
  void aDesignThatTriesOftenAndGivesUpIsNotEndless() {
    Result result = explore(new Plain() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        for (int i = 0; i < 60; i++) {
          mm.memory().readOnce64(mm.signalWord());
        }
        return true;
      }
    });
    assertThat(result.violations()).isEmpty();
  }

  @Test
  void aQueryThatWritesIsNamed() {
    Result result = explore(new Plain() {
      @Override
      public boolean hasQuery() {
        return true;
      }

      @Override
      public boolean isPinned(Mm mm, long page) {
        mm.memory().write32(mm.ext(page), 1);
        return true;
      }
    });
    assertThat(broken(result)).contains("isPinned of plain threw", "a query must leave memory");
  }

  @Test
  void aWildPointerIsAFindingAndNotAnException() {
    Result result = explore(new Plain() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        mm.memory().add32(page + 2, 1);
        return true;
      }
    });
    assertThat(result.violations()).containsOnlyKeys(Harm.WILD_POINTER);
    assertThat(result.violations().get(Harm.WILD_POINTER).text()).contains("page0", "misaligned");
  }

  @Test
  void anotherCpusPrivateMemoryIsOutOfReach() {
    Result result = explore(new Plain() {
      @Override
      public boolean pin(Mm mm, Cpu cpu, long page) {
        mm.cpu(1 - cpu.number()).setRegister(0, 1);
        return true;
      }
    });
    assertThat(result.violations()).containsOnlyKeys(Harm.WILD_POINTER);
    assertThat(result.violations().get(Harm.WILD_POINTER).text())
        .contains("reaches into what only cpu");
  }

  /** The control of all of these: 4.19, with a few bytes to play with. */
  private static class Plain implements Uncounted {
    @Override
    public String id() {
      return "plain";
    }

    @Override
    public int bytesOutsidePage() {
      return 8;
    }
  }

  private static Plan plan(PinDesign design) {
    return new Plan(design, Runs.scenario("pin-unpin"), Kernel.PRODUCTION, 2, 1);
  }

  private static Result explore(PinDesign design) {
    return Explorer.explore(plan(design), Options.DEFAULT);
  }

  /** What the finding says; nothing else is claimed then. */
  private static String broken(Result result) {
    assertThat(result.verdict(Claim.DESIGN_CONTRACT)).isEqualTo(Verdict.VIOLATED);
    assertThat(result.verdict(Claim.REFS_BALANCE)).isNotEqualTo(Verdict.HOLDS);
    assertThat(result.verdict(Claim.UNION_INTACT)).isEqualTo(Verdict.INCOMPLETE);
    return result.violations().get(Harm.CONTRACT).text();
  }

  private static void assertReplays(Result result) {
    assertThat(Runs.replayed(result.plan(), result.violations().get(Harm.CONTRACT)))
        .contains(Harm.CONTRACT);
  }
}
