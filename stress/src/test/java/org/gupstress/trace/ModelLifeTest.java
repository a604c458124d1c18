// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gupstress.scenario.Programs.activate;
import static org.gupstress.scenario.Programs.complete;
import static org.gupstress.scenario.Programs.deactivate;
import static org.gupstress.scenario.Programs.drain;
import static org.gupstress.scenario.Programs.dropCache;
import static org.gupstress.scenario.Programs.fault;
import static org.gupstress.scenario.Programs.invalidate;
import static org.gupstress.scenario.Programs.migrate;
import static org.gupstress.scenario.Programs.mlock;
import static org.gupstress.scenario.Programs.munlock;
import static org.gupstress.scenario.Programs.read;
import static org.gupstress.scenario.Programs.shrink;
import static org.gupstress.scenario.Programs.shrinkActive;
import static org.gupstress.scenario.Programs.truncate;
import static org.gupstress.scenario.Programs.unmap;
import static org.gupstress.scenario.Programs.write;
import static org.gupstress.scenario.Programs.writeback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gupstress.design.Designs;
import org.gupstress.design.Mm;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageFlag;
import org.gupstress.scenario.Boot;
import org.gupstress.scenario.Moment;
import org.gupstress.scenario.Operation;
import org.gupstress.scenario.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the model does to its pages is a path of the {@link LifeCycle}: one CPU runs operations of
 * the model, and after every access each page must be where an edge leads to from where it was.
 */
class ModelLifeTest {
  private static final int PAGES = 2;

  /** Where each page can be, as a set of states; it was nowhere before the machine was booted. */
  private final int[] states = new int[PAGES];

  private final List<String> jumps = new ArrayList<>();
  private final Set<String> taken = new TreeSet<>();
  private List<LifeCycle.Edge> edges = LifeCycle.EDGES;

  private void run(Consumer<Mm> boot, Operation... program) {
    Spec spec = Spec.named("page-life", "one CPU does to pages what it can")
        .cpus(1, 1, 1, 0)
        .pages(PAGES)
        .boot(mm -> {
          boot.accept(mm);
          Arrays.fill(states, LifeState.ALL);
        })
        .program((role, rounds, design) -> List.of(program))
        .sometimes("it never ends", m -> {
          for (int page = 0; page < PAGES && !isLocked(m); page++) {
            look(m, page);
          }
          return false;
        });
    Explorer.explore(
        new Plan(Designs.all().get(0), spec, Kernel.PRODUCTION, 1, 1), Options.DEFAULT);
  }

  /** Under lru_lock, flags and lists do not fit together. */
  private static boolean isLocked(Moment m) {
    return m.mm().memory().read64(m.mm().lru().node().lruLock().addr()) != 0;
  }

  private void look(Moment m, int page) {
    int seen = seen(m, page);
    int before = states[page];
    int now = before & seen;
    for (LifeCycle.Edge edge : edges) {
      if ((before & edge.from().mask()) != 0) {
        now |= edge.to().mask() & seen;
      }
    }
    if (now != before && Integer.bitCount(before) == 1 && Integer.bitCount(now) == 1) {
      taken.add(name(before) + " -> " + name(now));
    }
    if (now == 0) {
      jumps.add("in " + m.running(0) + " page " + page + " goes from " + LifeState.words(before)
          + " to " + LifeState.words(seen));
      now = seen;
    }
    states[page] = now;
  }

  private static String name(int mask) {
    return LifeState.values()[Integer.numberOfTrailingZeros(mask)].name();
  }

  /** Where the page is, as far as its flags and the page cache tell. */
  private static int seen(Moment m, int page) {
    Mm mm = m.mm();
    long p = mm.page().address(page);
    long list = m.pages().linkedOn(page);
    boolean isOnLru = list != 0 && mm.lru().node().isHead(list);
    boolean isActive = mm.page().test(p, PageFlag.ACTIVE);
    boolean isUnevictable = mm.page().test(p, PageFlag.UNEVICTABLE);
    if (m.pages().isFree(page)) {
      return LifeState.FREE.mask();
    }
    if (mm.page().test(p, PageFlag.SWAPBACKED)) {
      return !isOnLru
          ? LifeState.NEW.mask() | LifeState.ANON_ISOLATED.mask() | LifeState.MOVED_AWAY.mask()
          : isUnevictable
              ? LifeState.ANON_UNEVICTABLE.mask()
              : isActive ? LifeState.ANON_ACTIVE.mask() : LifeState.ANON_INACTIVE.mask();
    }
    if (mm.addressSpace().holders(p) == 0) {
      return isOnLru
          ? LifeState.CUT_LOOSE.mask()
          : LifeState.NEW.mask() | LifeState.REMOVED.mask() | LifeState.MOVED_AWAY.mask();
    }
    if (!isOnLru) {
      return LifeState.QUEUED.mask() | LifeState.ISOLATED.mask();
    }
    return isUnevictable
        ? LifeState.UNEVICTABLE.mask()
        : isActive ? LifeState.ACTIVE.mask() : LifeState.INACTIVE.mask();
  }

  private static void twoFree(Mm mm) {
    mm.lru().bootFree(mm.cpu(0), mm.page().address(0));
    mm.lru().bootFree(mm.cpu(0), mm.page().address(1));
  }

  private static void mappedAndFree(Mm mm) {
    Boot.mapped(mm, 0);
    mm.lru().bootFree(mm.cpu(0), mm.page().address(1));
  }

  private static void anonymousAndFree(Mm mm) {
    Boot.anonymous(mm, 0);
    mm.lru().bootFree(mm.cpu(0), mm.page().address(1));
  }

  private void runAll() {
    run(ModelLifeTest::twoFree, read(0), drain(), activate(0), shrinkActive(1), shrink(1), read(0));
    run(ModelLifeTest::twoFree, read(0), truncate(0), drain(), read(0), drain(), truncate(0));
    run(ModelLifeTest::twoFree, read(0), read(0), read(0), drain(), deactivate(0), dropCache(0));
    run(ModelLifeTest::twoFree, write(0), drain(), shrink(1), writeback(0), complete(), shrink(1));
    run(ModelLifeTest::mappedAndFree, mlock(0), drain(), munlock(0), drain(), invalidate(0));
    run(ModelLifeTest::mappedAndFree, mlock(0), drain(), truncate(0));
    run(ModelLifeTest::anonymousAndFree, mlock(0), drain(), munlock(0), drain(), unmap(0));
    run(ModelLifeTest::twoFree, fault(0), drain(), unmap(0), fault(0), unmap(0));
  }

  private static List<LifeCycle.Edge> without(Predicate<LifeCycle.Edge> which) {
    return LifeCycle.EDGES.stream().filter(edge -> !which.test(edge)).toList();
  }

  @Test
  void whatTheModelDoesIsAPath() {
    edges = without(LifeCycle.Edge::isMigration);
    runAll();
    assertThat(jumps).isEmpty();
    assertThat(taken).hasSizeGreaterThan(20).contains("QUEUED -> INACTIVE", "REMOVED -> FREE");
  }

  @Test
  void aMigrationIsAPath() {
    run(ModelLifeTest::mappedAndFree, migrate(0, 0), drain(), truncate(0));
    run(ModelLifeTest::anonymousAndFree, migrate(0, 0), drain(), unmap(0));
    assertThat(jumps).isEmpty();
    assertThat(taken).contains("FREE -> NEW", "INACTIVE -> ISOLATED", "REMOVED -> FREE");
  }

  /** The control: the model takes these steps, so a table without them is not its life cycle. */
  @ParameterizedTest
  @CsvSource({
    "NEW, QUEUED",
    "QUEUED, INACTIVE",
    "INACTIVE, ISOLATED",
    "ISOLATED, UNEVICTABLE",
    "ISOLATED, REMOVED",
    "INACTIVE, CUT_LOOSE",
    "REMOVED, FREE",
    "ANON_ISOLATED, ANON_UNEVICTABLE"
  })
  void aTableThatLacksAnEdgeIsFound(LifeState from, LifeState to) {
    edges = without(edge -> edge.isMigration() || (edge.from() == from && edge.to() == to));
    runAll();
    assertThat(jumps).isNotEmpty();
  }
}
