// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.gupstress.design.Mm;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Pagevecs;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.NativeMemory;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What does a caller that holds a page pay for a pin and its unpin? In nanoseconds of one thread.
 *
 * <p>{@link #pinAndUnpin} pins the pages as the design leaves them. Two of the postings lose a hot
 * page by the second round, and the figure is that of their cheap path.
 * {@link #fromPlace} puts every page back in its place before each pass, which is not timed. So it
 * tells a pin that counts from a pin of a lost page. Its passes are short: reading the clock adds a
 * nanosecond or two to every pair.
 *
 * <p>In {@code fromPlace} every thread has pages of its own. A page that other threads pin cannot
 * be put in a place without corrupting their pins or making the threads take turns.
 *
 * <p>A design may refuse a pin. The counter {@code refused} tells how many of the {@code attempts}
 * it refused, and {@code gupstress bench} divides the time of all attempts by the pins.
 *
 * <p>The floor is {@link #atomicPair}, a bare atomic increment and decrement of the page's
 * reference count. {@link #twoAtomicPairs} is the floor of a design with a counter beside the page.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {NativeMemory.NATIVE_ACCESS, NativeMemory.EXPORTS})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PinUnpin {
  /** Pages per thread, and shared ones. */
  static final int PAGES = 1024;

  /** The pages that one pagevec holds at a time. */
  private static final int PASS = Pagevecs.PAGEVEC_SIZE - 1;

  /** Which pages the threads pin. */
  @State(Scope.Benchmark)
  public static class Sharing {
    /** hot: all threads one page; own: 1,024 for each thread; shared: 1,024 for all. */
    @Param({"hot", "own", "shared"})
    public String pages = "hot";

    int count(int threads) {
      return switch (pages) {
        case "hot" -> 1;
        case "own" -> PAGES * threads;
        default -> PAGES;
      };
    }

    /** The pages of a thread. Threads meet shared pages in different orders. */
    long[] of(Mm mm, ThreadParams thread) {
      int all = mm.page().count();
      int[] numbers = new int[pages.equals("hot") ? 1 : PAGES];
      for (int i = 0; i < numbers.length; i++) {
        int offset = thread.getThreadIndex() * PAGES;
        numbers[i] =
            pages.equals("own") ? offset + i : (offset / thread.getThreadCount() + i) % all;
      }
      return Arrays.stream(numbers).mapToLong(mm.page()::address).toArray();
    }
  }

  /** A way of pinning. */
  @State(Scope.Benchmark)
  public static class Designed {
    @Param({"get-page", "rfc-jul", "rfc-oct", "rfc-nov", "rfc-fixed", "page-ext", "foll-pin"})
    public String design = "get-page";
  }

  /** Where a page is when it is pinned. */
  @State(Scope.Benchmark)
  public static class Placed {
    /**
     * lru: on its list; pagevec: fresh, in a pagevec of this CPU; lost: on no list, in no pagevec.
     */
    @Param({"lru", "pagevec", "lost"})
    public String place = "lru";
  }

  /** A machine with all its pages on the LRU. */
  abstract static class Booted {
    @SuppressWarnings("NullAway.Init") // by boot
    Mm mm;

    void boot(String design, int threads, int pages) {
      mm = MeasuredMachine.booted(
          design, MeasuredMachine.bare(threads, pages, Pagevecs.PAGEVEC_SIZE));
      for (int p = 0; p < pages; p++) {
        MeasuredMachine.bootAnonymous(mm, mm.page().address(p));
      }
    }
  }

  /** A machine with a pin design. */
  @State(Scope.Benchmark)
  public static class Pinned extends Booted {
    @Setup
    public void boot(Designed designed, Sharing sharing, BenchmarkParams params) {
      boot(designed.design, params.getThreads(), sharing.count(params.getThreads()));
    }
  }

  /** A machine without a pin design. */
  @State(Scope.Benchmark)
  public static class Bare extends Booted {
    @Setup
    public void boot(Sharing sharing, BenchmarkParams params) {
      boot("get-page", params.getThreads(), sharing.count(params.getThreads()));
    }
  }

  /** The order in which a thread meets its pages; their number is a power of two. */
  abstract static class Round {
    private long[] pages = {0};

    void begin(long[] own) {
      pages = own;
    }

    long page(long turn) {
      return pages[(int) turn & (pages.length - 1)];
    }
  }

  /** A thread that pins. */
  @State(Scope.Thread)
  public static class Pinner extends Round {
    private Mm mm;
    private Cpu cpu;

    @Setup
    public void enter(Pinned machine, Sharing sharing, ThreadParams thread) {
      mm = machine.mm;
      cpu = mm.cpu(thread.getThreadIndex());
      begin(sharing.of(mm, thread));
    }

    boolean pinAndUnpin(long turn) {
      return MeasuredMachine.pinAndUnpin(mm, cpu, page(turn));
    }
  }

  /** A thread that increments and decrements. */
  @State(Scope.Thread)
  public static class Counter extends Round {
    private long turns;

    @Setup
    public void enter(Bare machine, Sharing sharing, ThreadParams thread) {
      begin(sharing.of(machine.mm, thread));
    }

    long next() {
      return page(turns++);
    }
  }

  /** A thread that puts its pages in their place before every pass. */
  @State(Scope.Thread)
  public static class PlacedPinner {
    private final long[] pass = new long[PASS];
    private Mm mm;
    private Cpu cpu;
    private int first;
    private int at;

    @Setup
    public void enter(PlacedMachine machine, ThreadParams thread) {
      mm = machine.mm;
      cpu = mm.cpu(thread.getThreadIndex());
      first = thread.getThreadIndex() * PAGES;
    }

    /** Puts the next pages in their place. */
    @Setup(Level.Invocation)
    public void place(Placed placed) {
      for (int i = 0; i < PASS; i++) {
        at = at + 1 < PAGES ? at + 1 : 0;
        pass[i] = mm.page().address(first + at);
        MeasuredMachine.findAgain(mm, cpu, pass[i]);
      }
      mm.lru().pagevecs().drain(cpu);
      if (!placed.place.equals("lru")) {
        for (long page : pass) {
          takeOff(page);
        }
      }
      if (placed.place.equals("pagevec")) {
        for (long page : pass) {
          mm.lru().pagevecs().lruCacheAdd(cpu, page);
        }
      }
    }

    private void takeOff(long page) {
      mm.page().clear(page, PageFlag.LRU);
      mm.lru().node().lruLock().lock();
      mm.lru().lruvec().del(page, LruList.INACTIVE_ANON);
      mm.lru().node().lruLock().unlock();
      mm.lru().list().init(page + PageLayout.LRU);
    }
  }

  /** A machine with a pin design and pages for each thread. */
  @State(Scope.Benchmark)
  public static class PlacedMachine extends Booted {
    @Setup
    public void boot(Designed designed, BenchmarkParams params) {
      boot(designed.design, params.getThreads(), PAGES * params.getThreads());
    }
  }

  @Benchmark
  public boolean pinAndUnpin(Pinner pinner, PinCounts tally) {
    // a thread must know its turn in any case, so counting attempts costs nothing
    boolean pinned = pinner.pinAndUnpin(tally.attempts++);
    if (!pinned) {
      tally.refused++;
    }
    return pinned;
  }

  @Benchmark
  @OperationsPerInvocation(PASS)
  public int fromPlace(PlacedPinner pinner, PinCounts tally) {
    int pins = 0;
    for (long page : pinner.pass) {
      pins += MeasuredMachine.pinAndUnpin(pinner.mm, pinner.cpu, page) ? 1 : 0;
    }
    tally.attempts += PASS;
    tally.refused += PASS - pins;
    return pins;
  }

  @Benchmark
  public long atomicPair(Bare machine, Counter counter) {
    long count = counter.next() + PageLayout.REFCOUNT;
    machine.mm.memory().add32(count, 1);
    machine.mm.memory().add32(count, -1);
    return count;
  }

  @Benchmark
  public long twoAtomicPairs(Bare machine, Counter counter) {
    long page = counter.next();
    machine.mm.memory().add32(page + PageLayout.REFCOUNT, 1);
    machine.mm.memory().add32(page + PageLayout.PRIVATE, 1);
    machine.mm.memory().add32(page + PageLayout.PRIVATE, -1);
    machine.mm.memory().add32(page + PageLayout.REFCOUNT, -1);
    return page;
  }
}
