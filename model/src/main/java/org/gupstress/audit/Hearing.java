// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;

/**
 * Runs plans side by side, each with one thread, until all are done or the budget is spent. A plan
 * that the explorer fails on does not end the others.
 *
 * @param cases in the order of the plans
 * @param failures what the explorer threw, with the plan
 */
public record Hearing(List<Case> cases, List<String> failures) {

  public static Hearing of(List<Plan> plans, int threads, Duration budget, Consumer<Case> done)
      throws InterruptedException {
    long deadline = System.nanoTime() + budget.toNanos();
    ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
      Thread thread = new Thread(task, "hearing");
      thread.setDaemon(true);
      return thread;
    });
    try {
      List<Future<Case>> futures = new ArrayList<>();
      for (Plan plan : plans) {
        futures.add(pool.submit(() -> hear(plan, deadline, done)));
      }
      Hearing hearing = new Hearing(new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < plans.size(); i++) {
        hearing.take(plans.get(i), futures.get(i));
      }
      return hearing;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Case hear(Plan plan, long deadline, Consumer<Case> done) {
    long left = deadline - System.nanoTime();
    Case heard = left <= 0
        ? new Case(plan, null)
        : new Case(Explorer.explore(plan, Options.DEFAULT.withBudget(Duration.ofNanos(left))));
    done.accept(heard);
    return heard;
  }

  private void take(Plan plan, Future<Case> heard) throws InterruptedException {
    try {
      cases.add(heard.get());
    } catch (ExecutionException e) {
      cases.add(new Case(plan, null));
      failures.add(plan.id() + ": " + e.getCause());
    }
  }
}
