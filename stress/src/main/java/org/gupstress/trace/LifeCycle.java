// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static org.gupstress.trace.LifeState.ACTIVE;
import static org.gupstress.trace.LifeState.ANON_ACTIVE;
import static org.gupstress.trace.LifeState.ANON_INACTIVE;
import static org.gupstress.trace.LifeState.ANON_ISOLATED;
import static org.gupstress.trace.LifeState.ANON_UNEVICTABLE;
import static org.gupstress.trace.LifeState.CUT_LOOSE;
import static org.gupstress.trace.LifeState.FREE;
import static org.gupstress.trace.LifeState.INACTIVE;
import static org.gupstress.trace.LifeState.ISOLATED;
import static org.gupstress.trace.LifeState.MOVED_AWAY;
import static org.gupstress.trace.LifeState.NEW;
import static org.gupstress.trace.LifeState.QUEUED;
import static org.gupstress.trace.LifeState.REMOVED;
import static org.gupstress.trace.LifeState.UNEVICTABLE;
import static org.gupstress.trace.LifeStep.INSERT_ACTIVE_ANON;
import static org.gupstress.trace.LifeStep.INSERT_ACTIVE_FILE;
import static org.gupstress.trace.LifeStep.INSERT_INACTIVE_ANON;
import static org.gupstress.trace.LifeStep.INSERT_INACTIVE_FILE;
import static org.gupstress.trace.LifeStep.INSERT_UNEVICTABLE;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model does with a page, as a machine of states: each edge names the method of the model
 * that is it. Steps that have no tracepoint are silent, and so are those whose tracepoint the trace
 * does not show; a page may take any number of them between two events, so what is known of it is a
 * set of states. A history is a path of the model's life cycle as long as this set is not empty.
 *
 * <p>Migration is silent as well, and would explain almost everything: it is a machine of its own,
 * with which a history is tried where the other one has no answer.
 */
final class LifeCycle {
  /**
   * A step of the model.
   *
   * @param by what it is to a tracepoint; null: silent
   * @param method of the model, with its class and package
   * @param isMigration whether it is a part of moving a page
   */
  record Edge(
      LifeState from, @Nullable LifeStep by, LifeState to, String method, boolean isMigration) {}

  private static final String DRAIN = "lru.Pagevecs.pagevecLruAddFn";
  private static final String PUTBACK = "lru.Isolation.putbackLruPage";
  private static final String ISOLATE = "lru.Isolation.isolate";
  private static final String RELEASE = "lru.PageRelease.pageCacheRelease";
  private static final String TRUNCATE = "fs.Truncate.truncateInodePage";
  private static final String KEEP = "reclaim.InactiveList.putbackInactivePages";
  private static final String DIRTY = "fs.PageCache.testSetPageDirty";

  /** All of it. */
  static final List<Edge> EDGES = edges();

  private static final int STATES = LifeState.values().length;
  private static final int STEPS = LifeStep.values().length;

  private final int[][] after = new int[STEPS][STATES];
  private final boolean[] isShown = new boolean[TraceEvent.values().length];
  private final int[] reach = new int[STATES];
  private final int[] reachByMigration = new int[STATES];

  LifeCycle() {
    for (Edge edge : EDGES) {
      if (edge.by() != null) {
        after[edge.by().ordinal()][edge.from().ordinal()] |= edge.to().mask();
      }
    }
    computeReach();
  }

  private static List<Edge> edges() {
    List<Edge> edges = new ArrayList<>();
    edge(edges, FREE, LifeStep.ALLOC, NEW, "lru.PageAllocator.alloc");
    edge(edges, NEW, LifeStep.FREE, FREE, "lru.PageAllocator.free");

    // a page of a file comes
    edge(edges, NEW, LifeStep.ADD, QUEUED, "fs.PageCache.addNew");
    edge(edges, QUEUED, INSERT_INACTIVE_FILE, INACTIVE, DRAIN);
    edge(edges, QUEUED, INSERT_ACTIVE_FILE, ACTIVE, DRAIN);
    edge(edges, QUEUED, INSERT_UNEVICTABLE, UNEVICTABLE, DRAIN);

    // it ages
    edge(edges, INACTIVE, LifeStep.ACTIVATE, ACTIVE, "lru.Pagevecs.activatePageFn");
    edge(edges, ACTIVE, null, INACTIVE, "lru.Pagevecs.lruDeactivateFileFn");
    edge(edges, INACTIVE, null, ISOLATED, ISOLATE);
    edge(edges, ACTIVE, null, ISOLATED, ISOLATE);
    edge(edges, UNEVICTABLE, null, ISOLATED, "vm.Mlock.munlock");
    edge(edges, ISOLATED, null, INACTIVE, KEEP);
    edge(edges, ISOLATED, null, ACTIVE, "reclaim.ActiveList.moveActivePagesToLru");
    edge(edges, ISOLATED, INSERT_INACTIVE_FILE, INACTIVE, PUTBACK);
    edge(edges, ISOLATED, INSERT_ACTIVE_FILE, ACTIVE, PUTBACK);
    edge(edges, ISOLATED, INSERT_UNEVICTABLE, UNEVICTABLE, PUTBACK);

    // it is written to, and written back
    for (LifeState cached : List.of(QUEUED, INACTIVE, ACTIVE, UNEVICTABLE, ISOLATED)) {
      edge(edges, cached, LifeStep.DIRTY, cached, DIRTY);
    }
    edge(edges, ISOLATED, LifeStep.WRITE, ISOLATED, "reclaim.InactiveList.pageout");

    // it goes: by reclaim, or by truncation from wherever it is
    edge(edges, ISOLATED, LifeStep.DELETE, REMOVED, "fs.PageCache.removeMapping");
    edge(edges, QUEUED, LifeStep.DELETE, REMOVED, TRUNCATE);
    edge(edges, INACTIVE, LifeStep.DELETE, CUT_LOOSE, TRUNCATE);
    edge(edges, ACTIVE, LifeStep.DELETE, CUT_LOOSE, TRUNCATE);
    edge(edges, UNEVICTABLE, LifeStep.DELETE, CUT_LOOSE, TRUNCATE);
    edge(edges, REMOVED, INSERT_INACTIVE_FILE, CUT_LOOSE, DRAIN);
    edge(edges, REMOVED, INSERT_ACTIVE_FILE, CUT_LOOSE, DRAIN);
    edge(edges, REMOVED, INSERT_UNEVICTABLE, CUT_LOOSE, DRAIN);
    edge(edges, CUT_LOOSE, LifeStep.ACTIVATE, CUT_LOOSE, "lru.Pagevecs.activatePageFn");
    edge(edges, CUT_LOOSE, null, REMOVED, ISOLATE);
    edge(edges, REMOVED, null, CUT_LOOSE, KEEP);
    edge(edges, REMOVED, LifeStep.FREE, FREE, "lru.PageRelease.free");
    edge(edges, CUT_LOOSE, LifeStep.FREE, FREE, RELEASE);

    // anonymous memory
    edge(edges, NEW, INSERT_INACTIVE_ANON, ANON_INACTIVE, DRAIN);
    edge(edges, NEW, INSERT_ACTIVE_ANON, ANON_ACTIVE, DRAIN);
    edge(edges, NEW, INSERT_UNEVICTABLE, ANON_UNEVICTABLE, DRAIN);
    edge(edges, ANON_INACTIVE, LifeStep.ACTIVATE, ANON_ACTIVE, "lru.Pagevecs.activatePageFn");
    edge(edges, ANON_INACTIVE, null, ANON_ISOLATED, ISOLATE);
    edge(edges, ANON_ACTIVE, null, ANON_ISOLATED, ISOLATE);
    edge(edges, ANON_UNEVICTABLE, null, ANON_ISOLATED, "vm.Mlock.munlock");
    edge(edges, ANON_ISOLATED, null, ANON_INACTIVE, KEEP);
    edge(edges, ANON_ISOLATED, null, ANON_ACTIVE, "reclaim.InactiveList.activate");
    edge(edges, ANON_ISOLATED, INSERT_INACTIVE_ANON, ANON_INACTIVE, PUTBACK);
    edge(edges, ANON_ISOLATED, INSERT_ACTIVE_ANON, ANON_ACTIVE, PUTBACK);
    edge(edges, ANON_ISOLATED, INSERT_UNEVICTABLE, ANON_UNEVICTABLE, PUTBACK);
    edge(edges, ANON_INACTIVE, LifeStep.FREE, FREE, RELEASE);
    edge(edges, ANON_ACTIVE, LifeStep.FREE, FREE, RELEASE);
    edge(edges, ANON_UNEVICTABLE, LifeStep.FREE, FREE, RELEASE);
    edge(edges, ANON_ISOLATED, LifeStep.FREE, FREE, "lru.PageRelease.free");

    // compaction moves what a page holds to a new page, which comes into the old one's place
    moving(edges, NEW, ISOLATED, "reclaim.Migration.moveToNewPage");
    moving(edges, NEW, ANON_ISOLATED, "reclaim.Migration.moveToNewPage");
    moving(edges, ISOLATED, MOVED_AWAY, "fs.PageCache.migratePageMoveMapping");
    moving(edges, ANON_ISOLATED, MOVED_AWAY, "reclaim.Migration.moveToNewPage");
    edge(edges, MOVED_AWAY, LifeStep.FREE, FREE, "lru.PageRelease.free");
    return List.copyOf(edges);
  }

  private static void edge(
      List<Edge> edges, LifeState from, @Nullable LifeStep by, LifeState to, String method) {
    edges.add(new Edge(from, by, to, method, false));
  }

  private static void moving(List<Edge> edges, LifeState from, LifeState to, String method) {
    edges.add(new Edge(from, null, to, method, true));
  }

  /** The trace shows this tracepoint: from now on its steps are no longer silent. */
  void show(TraceEvent event) {
    if (!isShown[event.ordinal()]) {
      isShown[event.ordinal()] = true;
      computeReach();
    }
  }

  private void computeReach() {
    computeReach(reach, false);
    computeReach(reachByMigration, true);
  }

  private void computeReach(int[] sets, boolean withMigration) {
    for (int state = 0; state < STATES; state++) {
      sets[state] = 1 << state;
    }
    for (boolean grown = true; grown; ) {
      grown = false;
      for (Edge edge : EDGES) {
        boolean isSilent = edge.by() == null || !isShown[edge.by().event().ordinal()];
        if (isSilent && (withMigration || !edge.isMigration())) {
          for (int state = 0; state < STATES; state++) {
            int before = sets[state];
            sets[state] |= (before & edge.from().mask()) == 0 ? 0 : edge.to().mask();
            grown |= sets[state] != before;
          }
        }
      }
    }
  }

  /** Where a page can be after a step; 0 if the model has no such step from any of the states. */
  int after(LifeStep step, int states) {
    return step(after[step.ordinal()], reach, states);
  }

  /** The same for a page that may be moved before and after. */
  int afterWithMigration(LifeStep step, int states) {
    return step(after[step.ordinal()], reachByMigration, states);
  }

  /** Silent steps first, then the one that is shown. */
  private static int step(int[] next, int[] silent, int states) {
    int before = 0;
    for (int left = states; left != 0; left &= left - 1) {
      before |= silent[Integer.numberOfTrailingZeros(left)];
    }
    int now = 0;
    for (int left = before; left != 0; left &= left - 1) {
      now |= next[Integer.numberOfTrailingZeros(left)];
    }
    return now;
  }

  /** Where a page can be after a step, wherever it was before. */
  int afterAnything(LifeStep step) {
    return step(after[step.ordinal()], reach, LifeState.ALL);
  }
}
