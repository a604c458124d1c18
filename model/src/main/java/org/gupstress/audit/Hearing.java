// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Expectations;

/**
 * Runs plans side by side, each with one thread, until all are done or the budget is spent. A plan
 * that the explorer fails on does not end the others; what got stuck once is not run again.
 *
 * @param cases in the order of the plans
 * @param failures what the explorer threw, with the plan
 */
public record Hearing(List<Case> cases, List<String> failures) {
  /** Enough to complete what does not corrupt memory; of a user's design this is soon known. */
  private static final int STATES_AFTER_HARM_MAX = 100_000;

  public static Hearing of(List<Plan> plans, int threads, Duration budget, Consumer<Case> done)
      throws InterruptedException {
    long deadline = System.nanoTime() + budget.toNanos();
    Set<Object> stuck = ConcurrentHashMap.newKeySet();
    ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
      Thread thread = new Thread(task, "hearing");
      thread.setDaemon(true);
      return thread;
    });
    try {
      List<Future<Case>> futures = new ArrayList<>();
      for (Plan plan : plans) {
        futures.add(pool.submit(() -> hear(plan, deadline, stuck, done)));
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

  private static Case hear(Plan plan, long deadline, Set<Object> stuck, Consumer<Case> done) {
    long left = deadline - System.nanoTime();
    boolean runs = left > 0 && !stuck.contains(plan.design()) && !stuck.contains(plan.scenario());
    Case heard = new Case(plan, runs ? explore(plan, Duration.ofNanos(left), stuck) : null);
    done.accept(heard);
    return heard;
  }

  private static Result explore(Plan plan, Duration left, Set<Object> stuck) {
    Options options = Options.DEFAULT.withBudget(left);
    boolean isOwn = !Expectations.knows(plan.design().id());
    Result result = Explorer.explore(
        plan, isOwn ? options.withStatesAfterHarmMax(STATES_AFTER_HARM_MAX) : options);
    if (result.isStuck()) {
      boolean isShipped = Catalogue.all().contains(plan.scenario());
      stuck.add(isShipped ? plan.design() : plan.scenario());
    }
    return result;
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
