// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gupstress.design.Mm;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Pagevecs;
import org.gupstress.lru.Zone;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.NativeMemory;
import org.gupstress.reclaim.Reclaimer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What does pinning do to reclaim, and reclaim to pinning? How many pages a second kswapd reclaims
 * while other threads pin, and how many pins a second they make.
 *
 * <p>kswapd reclaims the clean pages of a file and reads new ones for those that it has freed. A
 * drainer moves pages of its own through its pagevecs. A pinner pins pages of its own, of one of
 * two kinds. Anonymous pages are not reclaimed without swap, so the threads meet at the locks
 * alone; a pinner puts pages that its design has lost back on the LRU before it needs them again,
 * in its own time. File pages are pinned once before the measurement and once more by every
 * operation. Each pinner has a fifth of the list that kswapd scans, unless the design keeps pinned
 * pages off it; so the figure contains the cost of scanning them in vain. No posting corrupts a
 * list here: the storm shows what they do when pin and reclaim race.
 *
 * <p>Pass {@code -tg D,P,R} for that many drainers, pinners and reclaimers; a role can be left out
 * with 0.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {NativeMemory.NATIVE_ACCESS, NativeMemory.EXPORTS})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PinAgainstReclaim {
  private static final int PAGES = 1024;
  private static final int CACHED_PAGES = 4096;
  private static final int FREE_PAGES = 2048;
  private static final int BLOCKS = 4 * CACHED_PAGES;
  private static final int SWAP_CLUSTER_MAX = 32;

  @Param({"get-page", "rfc-jul", "rfc-oct", "rfc-nov", "rfc-fixed", "page-ext", "foll-pin"})
  public String design = "get-page";

  /** anonymous: on no list that is scanned; file: on the list of kswapd, always pinned. */
  @Param({"anonymous", "file"})
  public String pinned = "anonymous";

  private Mm mm;

  private static Mm.Shape shape(int threads) {
    int pages = 2 * threads * PAGES + CACHED_PAGES + FREE_PAGES;
    Mm.Space space = new Mm.Space(List.of(), 0, threads, BLOCKS, false, 2);
    return MeasuredMachine.sized(threads, pages, Pagevecs.PAGEVEC_SIZE, Zone.of(pages), space);
  }

  @Setup
  public void boot(BenchmarkParams params) {
    int threads = params.getThreads();
    mm = MeasuredMachine.booted(design, shape(threads));
    for (int i = 0; i < mm.page().count(); i++) {
      long page = mm.page().address(i);
      if (i < threads * PAGES) {
        MeasuredMachine.bootAnonymous(mm, page);
      } else {
        mm.lru().bootFree(page);
      }
    }
  }

  /** A thread with pages of its own. */
  abstract static class ThreadPages {
    @SuppressWarnings("NullAway.Init") // by enter
    Mm mm;

    @SuppressWarnings("NullAway.Init") // by enter
    Cpu cpu;

    private int first;
    private int at;

    void enter(Mm machine, ThreadParams thread) {
      mm = machine;
      cpu = mm.cpu(thread.getThreadIndex());
      first = thread.getThreadIndex() * PAGES;
    }

    long next() {
      at = (at + 1) % PAGES;
      return mm.page().address(first + at);
    }

    /** A page that is far enough ahead to be drained before it is next. */
    long farAhead() {
      return mm.page().address(first + (at + PAGES / 2) % PAGES);
    }
  }

  /** A thread that pins and unpins its pages. */
  @State(Scope.Thread)
  public static class Pinner extends ThreadPages {
    private final long[] filePages = new long[PAGES];
    private boolean ofFile;
    private int next;

    @Setup
    public void enter(PinAgainstReclaim machine, ThreadParams thread) {
      enter(machine.mm, thread);
      ofFile = machine.pinned.equals("file");
      for (int i = 0; i < PAGES && ofFile; i++) {
        filePages[i] = readAndPin(thread.getThreadIndex(), i);
      }
    }

    private long readAndPin(int file, int block) {
      mm.pageCache().read(cpu, file, block);
      mm.lru().pagevecs().drain(cpu);
      long page = mm.pageCache().file(file).pageAt(block);
      if (!MeasuredMachine.pin(mm, cpu, page)) {
        throw new IllegalStateException("a page on the LRU that nobody else has was not pinned");
      }
      return page;
    }

    boolean pinAndUnpin() {
      if (ofFile) {
        next = (next + 1) % PAGES;
        return MeasuredMachine.pinAndUnpin(mm, cpu, filePages[next]);
      }
      long page = next();
      MeasuredMachine.findAgain(mm, cpu, farAhead());
      return MeasuredMachine.pinAndUnpin(mm, cpu, page);
    }
  }

  /** A thread that isolates its pages and puts them back. */
  @State(Scope.Thread)
  public static class Drainer extends ThreadPages {
    @Setup
    public void enter(PinAgainstReclaim machine, ThreadParams thread) {
      enter(machine.mm, thread);
    }
  }

  /** kswapd, and the file whose pages it reclaims. */
  @State(Scope.Thread)
  public static class Kswapd {
    private Mm mm;
    private Cpu cpu;
    private int file;
    private int block;

    @Setup
    public void enter(PinAgainstReclaim machine, ThreadParams thread) {
      mm = machine.mm;
      file = thread.getThreadIndex();
      cpu = mm.cpu(file);
      for (int i = 0; i < CACHED_PAGES; i++) {
        read();
      }
    }

    private void read() {
      block = block + 1 < BLOCKS ? block + 1 : 0;
      mm.pageCache().read(cpu, file, block);
    }

    int reclaim() {
      int reclaimed = mm.reclaim()
          .inactive()
          .shrink(cpu, LruList.INACTIVE_FILE, SWAP_CLUSTER_MAX, Reclaimer.KSWAPD);
      for (int i = 0; i < reclaimed; i++) {
        read();
      }
      return reclaimed;
    }
  }

  /** The pages that kswapd has freed while all threads were measured. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Freed {
    public long reclaimedPages;
  }

  /** Pins, without those that the design refused. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Made {
    public long pins;
  }

  @Benchmark
  @Group("pinAgainstReclaim")
  @GroupThreads(1)
  public void drainer(Drainer drainer) {
    long page = drainer.next();
    if (drainer.mm.lru().isolation().isolateLruPage(drainer.cpu, page)) {
      drainer.mm.lru().isolation().putbackLruPage(drainer.cpu, page);
    }
  }

  @Benchmark
  @Group("pinAgainstReclaim")
  @GroupThreads(1)
  public boolean pinner(Pinner pinner, Made made, Control control) {
    boolean pinned = pinner.pinAndUnpin();
    if (pinned && !control.stopMeasurement) {
      made.pins++;
    }
    return pinned;
  }

  @Benchmark
  @Group("pinAgainstReclaim")
  @GroupThreads(1)
  public int reclaimer(Kswapd kswapd, Freed freed, Control control) {
    int reclaimed = kswapd.reclaim();
    if (!control.stopMeasurement) {
      freed.reclaimedPages += reclaimed;
    }
    return reclaimed;
  }
}
