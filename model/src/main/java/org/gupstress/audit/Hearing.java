// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
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

  private static final int SECONDS_TO_END = 5;

  /** Hears them; an interrupt ends it early, with what there is until then. */
  public static Hearing of(List<Plan> plans, int threads, Duration budget, Consumer<Case> done) {
    long deadline = System.nanoTime() + budget.toNanos();
    GivenUp givenUp = new GivenUp();
    ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
      Thread thread = new Thread(task, "hearing");
      thread.setDaemon(true);
      return thread;
    });
    try {
      List<Future<Case>> futures = new ArrayList<>();
      for (Plan plan : plans) {
        futures.add(pool.submit(() -> hear(plan, deadline, givenUp, done)));
      }
      Hearing hearing = new Hearing(new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < plans.size(); i++) {
        hearing.take(plans.get(i), futures.get(i), pool);
      }
      if (Thread.currentThread().isInterrupted()) {
        return hearing;
      }
      Hearing heard = hearing.isGreedy() ? hearing.again(plans, deadline, givenUp, pool) : hearing;
      return heard.compared(deadline, givenUp);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Case hear(Plan plan, long deadline, GivenUp givenUp, Consumer<Case> done) {
    long left = deadline - System.nanoTime();
    boolean runs = mayRun(plan, deadline, givenUp);
    Case heard = new Case(plan, runs ? explore(plan, Duration.ofNanos(left), givenUp) : null);
    done.accept(heard);
    return heard;
  }

  private static boolean mayRun(Plan plan, long deadline, GivenUp givenUp) {
    return System.nanoTime() < deadline
        && !givenUp.has(plan)
        && !Thread.currentThread().isInterrupted();
  }

  private static Result explore(Plan plan, Duration left, GivenUp givenUp) {
    Options options = Options.DEFAULT.withBudget(left);
    boolean isOwn = !Expectations.knows(plan.design().id());
    Result result = Explorer.explore(
        plan,
        isOwn
            ? options.withStatesAfterHarmMax(STATES_AFTER_HARM_MAX).withKnown(known(plan))
            : options);
    givenUp.learn(result);
    return result;
  }

  /** What sound designs do there too. */
  private static Set<Harm> known(Plan plan) {
    return Designs.sound().stream()
        .flatMap(
            sound -> Expectations.harms(sound.id(), plan.scenario().id(), plan.kernel()).stream())
        .collect(Collectors.toSet());
  }

  /** Whether a design took all memory, perhaps others' too. */
  private boolean isGreedy() {
    return cases.stream().anyMatch(c -> c.result() != null && c.result().isGreedy());
  }

  /** Hears those once more, one by one, that had no memory left. */
  private Hearing again(List<Plan> plans, long deadline, GivenUp givenUp, ExecutorService pool) {
    Hearing second = new Hearing(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < plans.size(); i++) {
      Plan plan = plans.get(i);
      Case c = cases.get(i);
      boolean isRobbed = c.result() == null || c.result().isExhausted();
      if (isRobbed && mayRun(plan, deadline, givenUp)) {
        FutureTask<Case> task = new FutureTask<>(() -> hear(plan, deadline, givenUp, again -> {}));
        task.run();
        second.take(plan, task, pool);
      } else {
        second.cases.add(c);
      }
    }
    return second;
  }

  /**
   * What was done in scenarios that are not shipped, beside what sound designs do in them: they are
   * run there now, unless they were.
   */
  private Hearing compared(long deadline, GivenUp givenUp) {
    Map<String, Case> heard = new HashMap<>();
    cases.forEach(c -> heard.put(c.plan().id(), c));
    List<Case> compared = new ArrayList<>();
    for (Case c : cases) {
      boolean isDone = c.result() == null
          || c.result().violations().isEmpty()
          || Catalogue.isShipped(c.plan().scenario());
      compared.add(isDone ? c : c.beside(beside(c.plan(), deadline, givenUp, heard)));
    }
    return new Hearing(compared, failures);
  }

  private Map<String, Set<Harm>> beside(
      Plan plan, long deadline, GivenUp givenUp, Map<String, Case> heard) {
    Map<String, Set<Harm>> beside = new LinkedHashMap<>();
    for (PinDesign sound : Designs.sound()) {
      Plan other = new Plan(sound, plan.scenario(), plan.kernel(), plan.cpus(), plan.rounds());
      Case known =
          heard.computeIfAbsent(other.id(), id -> hear(other, deadline, givenUp, found -> {}));
      if (known.result() != null && !sound.id().equals(plan.design().id())) {
        beside.put(sound.id(), known.result().violations().keySet());
      }
    }
    return beside;
  }

  /** Whoever is interrupted takes what is heard until then. */
  private void take(Plan plan, Future<Case> heard, ExecutorService pool) {
    Case taken = new Case(plan, null);
    try {
      taken = Thread.currentThread().isInterrupted() ? ended(heard, pool, taken) : heard.get();
    } catch (InterruptedException e) {
      taken = ended(heard, pool, taken);
      Thread.currentThread().interrupt();
    } catch (CancellationException e) {
      // it had not begun
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof OutOfMemoryError)) {
        failures.add(plan.id() + ": " + e.getCause());
      }
    }
    cases.add(taken);
  }

  /** What a run comes to that is told to end: those that run do so soon, the others never begin. */
  private static Case ended(Future<Case> heard, ExecutorService pool, Case otherwise) {
    pool.shutdownNow().forEach(task -> ((Future<?>) task).cancel(false));
    boolean isInterrupted = Thread.interrupted();
    try {
      return heard.get(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException
        | ExecutionException
        | TimeoutException
        | CancellationException e) {
      return otherwise;
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
