// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.gupstress.bench.LruLockContention.Node;
import org.gupstress.bench.LruLockContention.ThreadPages;
import org.gupstress.design.Mm;
import org.gupstress.lru.ListHead;
import org.gupstress.lru.LruList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

/** Under every lock the benchmark leaves all pages on their list, from either end. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LruLockContentionTest {
  /** So many that three are of the same cgroup: those whose lists they share. */
  private static final int THREADS = 24;

  private static final int GROUPS = 8;
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(20);

  private static BenchmarkParams params() {
    IterationParams iterations =
        new IterationParams(IterationType.MEASUREMENT, 1, TimeValue.NONE, 1);
    return new BenchmarkParams(
        "isolateAndPutback",
        "",
        false,
        THREADS,
        new int[] {1},
        List.of(),
        0,
        0,
        iterations,
        iterations,
        Mode.Throughput,
        new WorkloadParams(),
        TimeUnit.MICROSECONDS,
        1,
        "",
        List.of(),
        "",
        "",
        "",
        "",
        TimeValue.NONE);
  }

  private static Node node(String lock, String granularity) {
    Node node = new Node();
    node.lock = lock;
    node.granularity = granularity;
    // none waits in a pagevec
    node.pagevec = 1;
    node.boot(params());
    return node;
  }

  private static ThreadPages thread(Node node, int index) {
    ThreadPages own = new ThreadPages();
    own.enter(node, new ThreadParams(index, THREADS, 0, 1, 0, 1, 0, THREADS, 0, THREADS));
    return own;
  }

  /** What went wrong while three threads of a cgroup isolated and put back, or nothing. */
  private static List<String> complaints(Node node, Duration duration) throws InterruptedException {
    Queue<String> complaints = new ConcurrentLinkedQueue<>();
    List<ThreadPages> owns = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int index = 0; index < THREADS; index += GROUPS) {
      ThreadPages own = thread(node, index);
      owns.add(own);
      Thread thread = new Thread(() -> {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end && complaints.isEmpty()) {
          long page = own.next();
          if (own.isolate(page)) {
            own.putback(page);
          } else {
            complaints.add("a page was not on its list");
          }
        }
      });
      thread.setUncaughtExceptionHandler((who, e) -> complaints.add(e.toString()));
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    if (complaints.isEmpty()) {
      complaints.addAll(complaints(owns.get(0).mm()));
    }
    return List.copyOf(complaints);
  }

  private static List<String> complaints(Mm mm) {
    List<String> complaints = new ArrayList<>();
    ListHead list = mm.lru().list();
    long head = mm.lru().node().head(LruList.INACTIVE_ANON);
    Set<Long> forth = new HashSet<>();
    for (long at = list.next(head); at != head; at = list.next(at)) {
      if (!forth.add(at)) {
        complaints.add("the list goes round in a circle");
        return complaints;
      }
      if (list.prev(list.next(at)) != at) {
        complaints.add("a page is not its neighbour's neighbour");
      }
    }
    int pages = THREADS * LruLockContention.PAGES;
    if (forth.size() != pages) {
      complaints.add("expected " + pages + " pages on the list, found " + forth.size());
    }
    return complaints;
  }

  @ParameterizedTest
  @CsvSource({
    "ttas, node",
    "ticket, node",
    "mcs, node",
    "qspinlock, node",
    "reentrant, node",
    "synchronized, node",
    "qspinlock, memcg",
    "synchronized, memcg"
  })
  void everyPageIsOnItsList(String lock, String granularity) throws InterruptedException {
    assertThat(complaints(node(lock, granularity), SHORT)).isEmpty();
  }

  /** Threads that do not know that the lock is synchronized enter no monitor. */
  @Test
  void theControl_withoutALockTheListBreaks() throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    Node node = node("synchronized", "node");
    node.lock = "none";
    List<String> complaints = List.of();
    while (complaints.isEmpty() && System.nanoTime() < end) {
      complaints = complaints(node, SHORT);
    }
    assertThat(complaints).isNotEmpty();
  }
}
