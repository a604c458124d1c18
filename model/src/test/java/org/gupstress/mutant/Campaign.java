// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gupstress.mutant.Change.Place;

/**
 * Judges all generated changes, in processes of their own. It goes on where it was stopped. The
 * changes are shuffled, so that what is done after a part of the time is a sample of all. First
 * come those that no cell comes to. Then each is asked of a few cells, those that survive of more,
 * and of all in the last round.
 */
final class Campaign {
  /** Cells that are asked of a change in each round; in the first it is only looked at. */
  private static final List<Integer> ROUNDS = List.of(0, 12, 40, 200, Integer.MAX_VALUE);

  private static final Path COVERAGE = Path.of("target", "mutants", "coverage.tsv");

  private final Rows rows;
  private final int threads;
  private final long seed;
  private final Duration bound;
  private final List<Place> places = new ArrayList<>(Generated.all().changes().keySet());

  /**
   * @param threads processes at once
   * @param bound processor time that one change may take in a round
   */
  Campaign(Rows rows, int threads, long seed, Duration bound) {
    this.rows = rows;
    this.threads = threads;
    this.seed = seed;
    this.bound = bound;
  }

  private record Task(Place place, int from, int to) {}

  void run() throws IOException, InterruptedException {
    Coverage.of(COVERAGE, threads);
    List<Place> shuffled = new ArrayList<>(places);
    Collections.shuffle(shuffled, new Random(seed));
    for (int to : ROUNDS) {
      List<Task> tasks = new ArrayList<>();
      for (Place place : shuffled) {
        Row row = rows.of(place);
        if (row == null || (row.isOpen() && row.asked() < to)) {
          tasks.add(new Task(place, row == null ? 0 : row.asked(), to));
        }
      }
      System.out.printf(
          "%d of %d changes, up to %s cells each, shuffled with seed %d%n",
          tasks.size(), places.size(), to == Integer.MAX_VALUE ? "all" : to, seed);
      judge(tasks);
    }
    rows.tidy();
  }

  private void judge(List<Task> tasks) throws IOException, InterruptedException {
    ConcurrentLinkedQueue<Task> queue = new ConcurrentLinkedQueue<>(tasks);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(pool.submit(() -> {
        work(queue);
        return null;
      }));
    }
    pool.shutdown();
    for (Future<?> each : running) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a worker cannot be asked", e);
      }
    }
  }

  private void work(ConcurrentLinkedQueue<Task> queue) throws IOException, InterruptedException {
    try (WorkerProcess worker = new WorkerProcess(COVERAGE, bound)) {
      for (Task task = queue.poll(); task != null; task = queue.poll()) {
        Row before = rows.of(task.place());
        Row row = worker.judge(
            places.indexOf(task.place()),
            task.from(),
            task.to(),
            before == null ? 0 : before.different());
        if (row == null) {
          rows.append(outOfTime(task, before));
        } else if (row.isJudged()) {
          rows.append(row);
        }
      }
    }
  }

  /** It will not be asked again: more cells take more time. */
  private static Row outOfTime(Task task, Row before) {
    int line = Generated.all().changes().get(task.place()).line();
    int cells = before == null ? 0 : before.cells();
    return new Row(task.place(), line, Verdict.TIMED_OUT, "", "", cells, cells, 0, 0);
  }
}
