// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.gupstress.memory.KernelBug;

/**
 * The threads of a storm, one for each CPU: starts them, makes them stand still, and ends them. A
 * watchdog stops the machine if one of them gets nowhere.
 *
 * <p>Assumes that one thread runs the storm and calls the methods here, or one part of it under
 * {@link #guard}.
 *
 * <p>Guarantees that no call waits longer than the watchdog's patience.
 */
final class StormThreads {
  private static final long LOOK_NANOS = 2_000_000;

  /** What a thread gets to come to its end after a panic; one that loops does not come to it. */
  private static final long LAST_MILLIS = 1000;

  /** After so long CPUs that stand still may be what the others wait for. */
  private static final long STOP_NANOS = 1_000_000_000;

  private static final long MOMENT_MILLIS = 20;

  private static final long NEWS_NANOS = 1_000_000_000;

  /** A part of a storm that runs while all CPUs stand still at its beginning. */
  @FunctionalInterface
  interface Part {
    void run() throws InterruptedException;
  }

  private final List<LoadCpu> load;
  private final List<StormCpu> first = new ArrayList<>();
  private final List<StormCpu> last = new ArrayList<>();
  private final Patience patience;
  private final Panic panic;
  private final StormObserver observer;
  private final HarmLog harms;
  private final StopMachine stopMachine = new StopMachine();
  private final Watchdog watchdog;
  private final List<Thread> threads = new ArrayList<>();
  private long newsNanos;

  StormThreads(
      List<LoadCpu> load,
      List<KernelCpu> kernel,
      Patience patience,
      HarmLog harms,
      Panic panic,
      StormObserver observer) {
    this.load = load;
    this.patience = patience;
    this.panic = panic;
    this.observer = observer;
    this.harms = harms;
    first.addAll(load);
    kernel.forEach(cpu -> (cpu.isWaitedFor() ? last : first).add(cpu));
    cpus().forEach(cpu -> cpu.standsBy(stopMachine));
    this.watchdog = new Watchdog(
        cpus(),
        patience,
        System::nanoTime,
        hang -> harms.addLast(hang.harm(), hang.stuck(), hang.sentence()));
  }

  /** Every CPU once. */
  List<StormCpu> cpus() {
    List<StormCpu> all = new ArrayList<>(first);
    all.addAll(last);
    return all;
  }

  void start() {
    for (StormCpu cpu : cpus()) {
      Thread thread = new Thread(cpu::run, "storm-cpu" + cpu.cpu());
      thread.setDaemon(true);
      try {
        thread.start();
      } catch (OutOfMemoryError e) {
        // the system makes no more of them: those that run must not keep the process
        stopMachine.end();
        throw e;
      }
      threads.add(thread);
    }
  }

  /** Sleeps, and then has the watchdog look at the CPUs. */
  void watchForAMoment() throws InterruptedException {
    Thread.sleep(LOOK_NANOS / 1_000_000);
    watch();
  }

  private void watch() {
    synchronized (watchdog) {
      watchdog.check();
      long now = System.nanoTime();
      String slow = now - newsNanos < NEWS_NANOS ? null : watchdog.slow();
      if (slow != null && !panic.isDone()) {
        newsNanos = now;
        harms.tell(() -> observer.waiting(slow));
      }
    }
  }

  /** Makes all CPUs stand still; false if the machine has panicked. */
  boolean stop() throws InterruptedException {
    return stop(first) && stop(last);
  }

  /**
   * An operation may wait for what others give back in a later one, like a pin: if it takes long,
   * they go on for a moment.
   */
  private boolean stop(Collection<StormCpu> cpus) throws InterruptedException {
    Set<StormCpu> running = stopMachine.ask(cpus);
    long asked = System.nanoTime();
    while (!panic.isDone() && !stopMachine.isStopped(LOOK_NANOS)) {
      watch();
      if (System.nanoTime() - asked >= STOP_NANOS) {
        stopMachine.goOn(running);
        Thread.sleep(MOMENT_MILLIS);
        stopMachine.ask(running);
        asked = System.nanoTime();
      }
    }
    return !panic.isDone();
  }

  void goOn() {
    stopMachine.goOn(first);
    stopMachine.goOn(last);
  }

  /** Lets all CPUs go on but those that carry load. */
  void goOnWithoutLoad() {
    List<StormCpu> kernel = cpus();
    kernel.removeAll(load);
    stopMachine.goOn(kernel);
  }

  /**
   * Runs a part of the storm with the watchdog beside it, from when all CPUs stand still. After a
   * panic the part is not run, or not waited for.
   */
  void guard(Part part) throws InterruptedException {
    if (!stop()) {
      return;
    }
    Thread thread = new Thread(
        () -> {
          try {
            part.run();
          } catch (InterruptedException | KernelBug over) {
            Thread.currentThread().interrupt();
          }
        },
        "storm-end");
    thread.setDaemon(true);
    thread.start();
    while (thread.isAlive() && !panic.isDone()) {
      thread.join(LOOK_NANOS / 1_000_000);
      watch();
    }
    thread.join(LAST_MILLIS);
  }

  /**
   * Ends all threads after the operations that they are in, and waits for them; after a panic not
   * long for those that do not notice.
   *
   * @return whether all have ended
   */
  boolean end() throws InterruptedException {
    stopMachine.end();
    long wait = panic.isDone() ? LAST_MILLIS : patience.longest().toMillis() * threads.size();
    long deadline = System.nanoTime() + wait * 1_000_000;
    for (Thread thread : threads) {
      thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      if (panic.isDone()) {
        // code that was loaded to be stopped looks at this
        thread.interrupt();
      }
    }
    return threads.stream().noneMatch(Thread::isAlive);
  }
}
