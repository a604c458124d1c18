// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gupstress.design.Mm;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Pagevecs;
import org.gupstress.lru.Zone;
import org.gupstress.memory.Cpu;
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
 * How many pages a second kswapd reclaims while others pin, and how many pins a second are made
 * while kswapd reclaims.
 *
 * <p>The pinners have anonymous pages, which nobody reclaims without swap; kswapd has the clean
 * pages of a file and reads new ones for those that it has freed; the drainer moves pages of its
 * own through its pagevecs. So they meet at the locks alone, and no posting corrupts a list here.
 * What a design costs reclaim by keeping pages out of its reach is the storm's to tell. A pinner
 * puts pages that its design has lost back on the LRU before it comes to them again, in its own
 * time.
 *
 * <p>Pass {@code -tg D,P,R} for that many drainers, pinners and reclaimers; a role can be left out
 * with 0.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
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

  private Mm mm = Machine.booted("get-page", shape(1));

  private static Mm.Shape shape(int threads) {
    int pages = threads * PAGES + CACHED_PAGES + FREE_PAGES;
    Mm.Space space = new Mm.Space(List.of(), 0, threads, BLOCKS, false, 2);
    return Machine.sized(threads, pages, Pagevecs.PAGEVEC_SIZE, Zone.of(pages), space);
  }

  @Setup
  public void boot(BenchmarkParams params) {
    int threads = params.getThreads();
    mm = Machine.booted(design, shape(threads));
    for (int i = 0; i < mm.page().count(); i++) {
      long page = mm.page().address(i);
      if (i < threads * PAGES) {
        Machine.bootAnonymous(mm, page);
      } else {
        mm.lru().bootFree(page);
      }
    }
  }

  /** A thread with pages of its own. */
  abstract static class Own {
    Mm mm = Machine.booted("get-page", shape(1));
    Cpu cpu = mm.cpu(0);
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

    /** A page that is so far away that it will have been drained when it is next. */
    long farAhead() {
      return mm.page().address(first + (at + PAGES / 2) % PAGES);
    }
  }

  /** One that pins and unpins them. */
  @State(Scope.Thread)
  public static class Pinner extends Own {
    @Setup
    public void enter(PinAgainstReclaim machine, ThreadParams thread) {
      enter(machine.mm, thread);
    }
  }

  /** One that isolates them and puts them back. */
  @State(Scope.Thread)
  public static class Drainer extends Own {
    @Setup
    public void enter(PinAgainstReclaim machine, ThreadParams thread) {
      enter(machine.mm, thread);
    }
  }

  /** kswapd, and the file whose pages it reclaims. */
  @State(Scope.Thread)
  public static class Kswapd {
    private Mm mm = Machine.booted("get-page", shape(1));
    private Cpu cpu = mm.cpu(0);
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

  /** What kswapd has freed while all threads were measured. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Freed {
    public long reclaimedPages;
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
  public boolean pinner(Pinner pinner) {
    long page = pinner.next();
    Machine.findAgain(pinner.mm, pinner.cpu, pinner.farAhead());
    return Machine.pinAndUnpin(pinner.mm, pinner.cpu, page);
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
