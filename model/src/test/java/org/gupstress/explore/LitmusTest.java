// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.explore.Litmus.R0;
import static org.gupstress.explore.Litmus.R1;
import static org.gupstress.explore.Litmus.X;
import static org.gupstress.explore.Litmus.Y;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gupstress.claim.Harm;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The textbook programs: the explorer finds all their sequentially consistent outcomes, and no
 * other.
 */
class LitmusTest {
  @Test
  void storeBufferingNeverLeavesBothCpusWithZero() {
    Result result = Litmus.explore(Litmus.of(
        (mm, cpu) -> {
          Litmus.write(mm, X, 1);
          Litmus.write(mm, R0, Litmus.read(mm, Y));
        },
        (mm, cpu) -> {
          Litmus.write(mm, Y, 1);
          Litmus.write(mm, R1, Litmus.read(mm, X));
        }));
    assertThat(Litmus.outcomes(result, R0, R1))
        .containsExactlyInAnyOrder(List.of(0, 1), List.of(1, 0), List.of(1, 1));
  }

  @Test
  void aMessageIsNotSeenBeforeItsData() {
    Result result = Litmus.explore(Litmus.of(
        (mm, cpu) -> {
          Litmus.write(mm, X, 1);
          Litmus.write(mm, Y, 1);
        },
        (mm, cpu) -> {
          Litmus.write(mm, R0, Litmus.read(mm, Y));
          Litmus.write(mm, R1, Litmus.read(mm, X));
        }));
    assertThat(Litmus.outcomes(result, R0, R1))
        .containsExactlyInAnyOrder(List.of(0, 0), List.of(0, 1), List.of(1, 1));
  }

  /** The control of the case above: sent the other way round, the message may overtake. */
  @Test
  void aMessageThatIsSentBeforeItsDataMayBeSeenBeforeIt() {
    Result result = Litmus.explore(Litmus.of(
        (mm, cpu) -> {
          Litmus.write(mm, Y, 1);
          Litmus.write(mm, X, 1);
        },
        (mm, cpu) -> {
          Litmus.write(mm, R0, Litmus.read(mm, Y));
          Litmus.write(mm, R1, Litmus.read(mm, X));
        }));
    assertThat(Litmus.outcomes(result, R0, R1))
        .containsExactlyInAnyOrder(List.of(0, 0), List.of(0, 1), List.of(1, 0), List.of(1, 1));
  }

  @Test
  void independentReadersAgreeOnTheOrderOfIndependentWrites() {
    Result result = Litmus.explore(Litmus.of(
        (mm, cpu) -> Litmus.write(mm, X, 1),
        (mm, cpu) -> Litmus.write(mm, Y, 1),
        (mm, cpu) -> Litmus.write(mm, R0, Litmus.read(mm, X) * 2 + Litmus.read(mm, Y)),
        (mm, cpu) -> Litmus.write(mm, R1, Litmus.read(mm, Y) * 2 + Litmus.read(mm, X))));
    Set<List<Integer>> expected = new HashSet<>();
    for (int one = 0; one < 4; one++) {
      for (int other = 0; other < 4; other++) {
        // 2 is "my first word was written, my second was not yet": both at once contradict
        if (one != 2 || other != 2) {
          expected.add(List.of(one, other));
        }
      }
    }
    assertThat(Litmus.outcomes(result, R0, R1)).isEqualTo(expected);
  }

  @Test
  void incrementsThatAreNotAtomicLoseUpdates() {
    Operation.Body increment = (mm, cpu) -> Litmus.write(mm, X, Litmus.read(mm, X) + 1);
    assertThat(Litmus.outcomes(Litmus.explore(Litmus.same(2, increment)), X))
        .containsExactlyInAnyOrder(List.of(1), List.of(2));
    assertThat(Litmus.outcomes(Litmus.explore(Litmus.same(4, increment)), X))
        .containsExactlyInAnyOrder(List.of(1), List.of(2), List.of(3), List.of(4));
  }

  @Test
  void incrementsThatAreAtomicOrLockedLoseNone() {
    assertThat(Litmus.outcomes(
            Litmus.explore(Litmus.same(4, (mm, cpu) -> Litmus.add(mm, X, 1))), X))
        .containsExactly(List.of(4));
    assertThat(Litmus.outcomes(
            Litmus.explore(Litmus.same(3, (mm, cpu) -> {
              mm.lru().node().gupLock().lock();
              Litmus.write(mm, X, Litmus.read(mm, X) + 1);
              mm.lru().node().gupLock().unlock();
            })),
            X))
        .containsExactly(List.of(3));
  }

  @Test
  void twoLocksInOppositeOrderDeadlockAndInOneOrderDoNot() {
    Operation.Body gupThenLru = (mm, cpu) -> {
      mm.lru().node().gupLock().lock();
      mm.lru().node().lruLock().lock();
      mm.lru().node().lruLock().unlock();
      mm.lru().node().gupLock().unlock();
    };
    Operation.Body lruThenGup = (mm, cpu) -> {
      mm.lru().node().lruLock().lock();
      mm.lru().node().gupLock().lock();
      mm.lru().node().gupLock().unlock();
      mm.lru().node().lruLock().unlock();
    };
    Result opposite = Litmus.explore(Litmus.of(gupThenLru, lruThenGup));
    assertThat(opposite.violations()).containsOnlyKeys(Harm.DEADLOCK, Harm.LOCK_ORDER);
    assertThat(opposite.violations().get(Harm.DEADLOCK).preemptions()).isEqualTo(1);
    assertThat(opposite.violations().get(Harm.DEADLOCK).steps()).isEqualTo(2);
    assertThat(opposite.violations().get(Harm.DEADLOCK).text())
        .containsSubsequence("cpu0 in p0", "lru_lock", "cpu1 in p1", "gup_lock");
    assertThat(Litmus.explore(Litmus.of(gupThenLru, gupThenLru)).violations()).isEmpty();
  }

  @Test
  void whatAnOperationLeavesInRegistersIsSeenByTheNext() {
    Spec spec = Litmus.machine()
        .cpus(1, 2, 2, 0, 1)
        .program((role, rounds, design) -> role == 0
            ? List.of(new Operation("write", (mm, cpu) -> Litmus.write(mm, X, 7)))
            : List.of(
                new Operation("read", (mm, cpu) -> cpu.setRegister(0, Litmus.read(mm, X))),
                new Operation("tell", (mm, cpu) -> Litmus.write(mm, R0, (int) cpu.register(0)))));
    assertThat(Litmus.outcomes(Litmus.explore(spec), X, R0))
        .containsExactlyInAnyOrder(List.of(7, 0), List.of(7, 7));
  }

  // ---- counting

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2", "10, 7", "30, 30", "150, 140"})
  void twoIndependentCpusHaveAsManyInterleavingsAsTheBinomialCoefficient(int n, int m) {
    Result result = Litmus.explore(Litmus.of(writes(X, n), writes(Y, m)));
    assertThat(result.interleavings())
        .isEqualTo(factorial(n + m).divide(factorial(n).multiply(factorial(m))));
    assertThat(result.states()).isEqualTo((n + 1) * (m + 1));
    assertThat(result.transitions()).isEqualTo((long) n * (m + 1) + (long) m * (n + 1));
    assertThat(result.depthMax()).isEqualTo(n + m);
  }

  @Test
  void threeIndependentCpusHaveAsManyInterleavingsAsTheMultinomialCoefficient() {
    Result result = Litmus.explore(Litmus.of(writes(X, 2), writes(Y, 3), writes(R0, 4)));
    assertThat(result.interleavings()).isEqualTo(BigInteger.valueOf(1260));
  }

  @Test
  void interleavingsOfExchangeableCpusAreCountedAsIfTheyWereNot() {
    Spec spec = Litmus.same(3, (mm, cpu) -> {
      for (int i = 0; i < 4; i++) {
        Litmus.add(mm, X, 1);
      }
    });
    Result symmetric = Litmus.explore(spec);
    Result apart = Explorer.explore(
        Litmus.plan(spec), Options.DEFAULT.withReductions(new Reductions(true, false, true)));
    assertThat(symmetric.interleavings()).isEqualTo(BigInteger.valueOf(34650));
    assertThat(apart.interleavings()).isEqualTo(BigInteger.valueOf(34650));
    assertThat(symmetric.states()).isLessThan(apart.states());
  }

  private static Operation.Body writes(int word, int count) {
    return (mm, cpu) -> {
      for (int i = 1; i <= count; i++) {
        Litmus.write(mm, word, i);
      }
    };
  }

  private static BigInteger factorial(int n) {
    BigInteger product = BigInteger.ONE;
    for (int i = 2; i <= n; i++) {
      product = product.multiply(BigInteger.valueOf(i));
    }
    return product;
  }
}
