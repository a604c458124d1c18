// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs the workers of a search, each in a thread of its own, and stops waiting for those whose code
 * hangs, takes all memory, or throws where nothing catches it.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>Every worker beats its {@link Heartbeat} at each step and at each entry into an operation.
 *   <li>A step takes far less CPU time than the patience of the watch.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>It returns once all workers are done, or when none makes a step for
 *       {@value #PATIENCE_NANOS} ns of CPU time a worker, or for {@value #QUIET_POLLS_MAX} polls.
 *   <li>It says which operation or method did not end, if one did not. Time in which the process or
 *       the machine was stopped counts for nobody.
 *   <li>A worker that it gave up holds no lock that another search needs; its thread is a daemon,
 *       and may run on.
 * </ol>
 */
final class Supervision {
  private static final long POLL_MILLIS = 50;

  /** CPU time without a step: far more than any step takes. */
  private static final long PATIENCE_NANOS = 2_500_000_000L;

  /** For code that waits and uses none; polls are counted, not time that a machine was asleep. */
  private static final int QUIET_POLLS_MAX = 600;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Supervision() {}

  /** Lets the workers run; returns how the design broke the contract of operations, or null. */
  static @Nullable String run(Search search, Reductions reductions) {
    AtomicReference<@Nullable String> broken = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    List<Heartbeat> hearts = new ArrayList<>();
    int workers = search.options.threads();
    CountDownLatch begun = new CountDownLatch(1);
    for (int i = 0; i < workers; i++) {
      Heartbeat heart = new Heartbeat();
      boolean first = i == 0;
      Thread thread = new Thread(
          () -> {
            try {
              Machine machine = new Machine(search.plan, reductions, Narration.HARMS, heart);
              Worker worker = new Worker(search, machine, heart);
              if (first) {
                worker.begin();
                begun.countDown();
              } else {
                begun.await();
              }
              worker.run();
            } catch (OutOfMemoryError full) {
              String greedy = greedy(search.plan, heart, full);
              if (greedy == null) {
                search.stop(Stop.OutOfMemory.of(heart.operation(), full));
              } else {
                broken.compareAndSet(null, greedy);
                search.stop(new Stop.Greedy());
              }
              begun.countDown();
            } catch (InterruptedException thrown) {
              search.stop(new Stop.Interrupted());
              begun.countDown();
            } catch (RuntimeException | Error thrown) {
              // it may have been given up, and what is asked of the design now is to answer
              Thread.interrupted();
              if (Blame.isScenarios(search.plan, thrown, heart.asking())) {
                search.stop(Blame.scenario(search.plan, heart.asking(), thrown));
              } else {
                broken.compareAndSet(
                    null, blame(search.plan, thrown.getStackTrace()) + " threw " + thrown);
                search.stop(new Stop.Broken());
              }
              begun.countDown();
            }
          },
          "explorer-" + i);
      thread.setDaemon(true);
      try {
        thread.start();
      } catch (OutOfMemoryError full) {
        // the system makes no more threads
        search.stop(Stop.OutOfMemory.of("", full));
        begun.countDown();
        break;
      }
      hearts.add(heart);
      threads.add(thread);
    }
    String stuck = watch(search, threads, hearts);
    if (stuck != null) {
      search.stop(new Stop.Stuck());
      return stuck;
    }
    return broken.get();
  }

  /** Whose method threw outside of all operations: when it was asked, or while a machine began. */
  private static String blame(Plan plan, StackTraceElement[] trace) {
    String method = Blame.method(plan, trace);
    return method == null ? "the code of " + plan.design().id() : method;
  }

  /**
   * What took all memory, if it was not the search: an operation that has allocated more than any
   * needs, or a method of the design in which there was no more.
   */
  private static @Nullable String greedy(Plan plan, Heartbeat heart, OutOfMemoryError full) {
    String inside = heart.operation().isEmpty()
        ? Blame.method(plan, full.getStackTrace())
        : Allocated.isMuch() ? "operation " + heart.operation() : null;
    return inside == null ? null : inside + " allocates without bound: " + full;
  }

  /** Waits for the workers; returns which operation does not end, or null. */
  private static @Nullable String watch(
      Search search, List<Thread> threads, List<Heartbeat> hearts) {
    long seen = -1;
    long spentBefore = 0;
    int quietPolls = 0;
    boolean isInterrupted = false;
    while (true) {
      try {
        if (!join(threads)) {
          if (isInterrupted) {
            Thread.currentThread().interrupt();
          }
          return null;
        }
        long beats = hearts.stream().mapToLong(Heartbeat::beats).sum();
        long spent = threads.stream().mapToLong(Supervision::cpuNanos).sum();
        if (beats != seen) {
          seen = beats;
          spentBefore = spent;
          quietPolls = 0;
        } else if (++quietPolls > QUIET_POLLS_MAX
            || spent - spentBefore > PATIENCE_NANOS * threads.size()) {
          String stuck = stuck(search.plan, threads, hearts);
          // code that was loaded to be stopped looks at this
          threads.forEach(Thread::interrupt);
          return stuck;
        }
      } catch (InterruptedException e) {
        // the workers end with their steps: until then what they have found is not whole
        isInterrupted = true;
        search.stop(new Stop.Interrupted());
      } catch (OutOfMemoryError full) {
        // a worker has taken it, who will be told next, gives it back and says whose it was
        if (++quietPolls > QUIET_POLLS_MAX) {
          throw full;
        }
      }
    }
  }

  /** Waits for each a little; whether there are any left. */
  private static boolean join(List<Thread> threads) throws InterruptedException {
    boolean alive = false;
    for (Thread thread : threads) {
      if (thread.isAlive()) {
        thread.join(POLL_MILLIS);
      }
      alive |= thread.isAlive();
    }
    return alive;
  }

  /**
   * What a thread has run; a machine that is busy or asleep does not use a thread's patience up.
   */
  private static long cpuNanos(Thread thread) {
    return THREADS.isThreadCpuTimeSupported()
        ? Math.max(0, THREADS.getThreadCpuTime(thread.getId()))
        : 0;
  }

  private static String stuck(Plan plan, List<Thread> threads, List<Heartbeat> hearts) {
    return hearts.stream()
        .map(Heartbeat::operation)
        .filter(operation -> !operation.isEmpty())
        .findFirst()
        .map(operation -> "operation " + operation + " loops without touching memory")
        .or(() -> threads.stream()
            .map(thread -> Blame.method(plan, thread.getStackTrace()))
            .filter(Objects::nonNull)
            .findFirst()
            .map(method -> method + " does not come to an end"))
        .orElse("the search does not get on");
  }
}
