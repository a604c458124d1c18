// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.concurrent.locks.LockSupport;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.page.PageFlag;
import org.jspecify.annotations.Nullable;

/** The threads of the kernel and the device beside those that carry the load. */
abstract class KernelCpu extends StormCpu {
  private static final long MOMENT_NANOS = 100_000;

  KernelCpu(StormMachine machine, int number, CpuMemory memory, Detector detector) {
    super(machine, number, memory, detector);
  }

  static void restAMoment() {
    LockSupport.parkNanos(MOMENT_NANOS);
  }

  /** kswapd: reclaims when an allocation has woken it. */
  static final class Kswapd extends KernelCpu {
    private int reclaimed;

    Kswapd(StormMachine machine, CpuMemory memory, Detector detector) {
      super(machine, machine.kswapd(), memory, detector);
    }

    @Override
    void step() {
      if (memory.readOnce64(mm.kswapdWord()) == 0 || mm.reclaim().isBalanced()) {
        restAMoment();
        return;
      }
      memory.writeOnce64(mm.kswapdWord(), 0);
      memory.add(MachineCounter.KSWAPD_WAKES, 1);
      operate(StormOperation.KSWAPD, () -> reclaimed = mm.reclaim().balancePgdat(cpu));
      if (reclaimed == 0) {
        restAMoment();
      }
    }
  }

  /** kcompactd: goes round all pages and moves a few of files at a time, where it may. */
  static final class Kcompactd extends KernelCpu {
    private static final int PAGES_AT_ONCE = 8;
    private static final long REST_NANOS = 1_000_000;

    private int next;

    Kcompactd(StormMachine machine, CpuMemory memory, Detector detector) {
      super(machine, machine.kcompactd(), memory, detector);
    }

    @Override
    void step() {
      LockSupport.parkNanos(REST_NANOS);
      operate(StormOperation.COMPACT, this::compact);
    }

    private void compact() {
      for (int i = 0; i < PAGES_AT_ONCE; i++) {
        long page = mm.page().address(next);
        next = (next + 1) % mm.page().count();
        if (mm.migration().migrate(cpu, page)) {
          memory.add(MachineCounter.MIGRATED, 1);
        }
      }
    }
  }

  /**
   * The flusher: goes round all files and writes what is dirty; with a limit, as Linux does, only
   * when more is dirty than that.
   */
  static final class Flusher extends KernelCpu {
    private static final int BLOCKS_AT_ONCE = 64;

    private final StormMachine machine;
    private int file;
    private int block;
    private int written;
    private final @Nullable DirtyLimit limit;

    Flusher(StormMachine machine, CpuMemory memory, Detector detector, @Nullable DirtyLimit limit) {
      super(machine, machine.flusher(), memory, detector);
      this.machine = machine;
      this.limit = limit;
    }

    private boolean hasNothingToDo() {
      return mm.writeback().queue().isNearlyFull()
          || (limit != null && !limit.isBackgroundExceeded());
    }

    @Override
    void step() {
      if (hasNothingToDo()) {
        restAMoment();
        return;
      }
      operate(StormOperation.FLUSH, this::flush);
      if (file == 0 && block == 0) {
        if (written == 0) {
          restAMoment();
        }
        written = 0;
      }
    }

    private void flush() {
      int end = Math.min(block + BLOCKS_AT_ONCE, machine.blocks());
      for (; block < end; block++) {
        written += mm.writeback().writePage(cpu, file, block, false) ? 1 : 0;
      }
      if (block == machine.blocks()) {
        block = 0;
        file = (file + 1) % machine.files();
      }
    }
  }

  /**
   * The device: writes pages under writeback to the disk, writes data into pages of direct I/O, and
   * interrupts. Pages that are dirty already are unpinned there and then, the others by kworker
   * (bio_check_pages_dirty).
   */
  static final class Device extends KernelCpu {
    private final DirectIo io;
    private final PinQueryCheck pinWatch;

    Device(StormMachine machine, CpuMemory memory, Detector detector, DirectIo io) {
      super(machine, machine.device(), memory, detector);
      this.io = io;
      this.pinWatch = new PinQueryCheck(mm, detector, memory);
    }

    @Override
    boolean isWaitedFor() {
      return true;
    }

    @Override
    boolean endsWriteback() {
      return true;
    }

    @Override
    boolean hasPinned(long page) {
      return super.hasPinned(page) || io.isSubmitted(page);
    }

    @Override
    void step() {
      Request request = io.nextSubmitted();
      if (request != null) {
        has(request);
        operate(StormOperation.DIO_COMPLETE, () -> complete(request));
        has(null);
      }
      boolean wrote = mm.writeback().queue().length() > 0;
      if (wrote) {
        operate(StormOperation.DIO_COMPLETE, () -> mm.writeback().complete(cpu));
      }
      if (request == null && !wrote) {
        restAMoment();
      }
    }

    private void complete(Request request) {
      if (!request.allMatch(this::isDirtyAfterDma)) {
        io.defer(request);
        return;
      }
      io.done();
      request.giveBack(page -> pinWatch.unpin(cpu, page));
    }

    private boolean isDirtyAfterDma(long page) {
      mm.dma(page);
      return mm.page().test(page, PageFlag.DIRTY);
    }
  }

  /**
   * kworker: dirties and unpins pages of direct I/O where it may sleep for the page lock, and runs
   * the design's work when there are none.
   */
  static final class Kworker extends KernelCpu {
    private final DirectIo io;
    private final PinQueryCheck pinWatch;

    Kworker(StormMachine machine, CpuMemory memory, Detector detector, DirectIo io) {
      super(machine, machine.kworker(), memory, detector);
      this.io = io;
      this.pinWatch = new PinQueryCheck(mm, detector, memory);
    }

    @Override
    boolean hasPinned(long page) {
      return super.hasPinned(page) || io.isWritten(page);
    }

    @Override
    void step() {
      Request request = io.nextWritten();
      if (request == null) {
        work();
        restAMoment();
        return;
      }
      io.done();
      has(request);
      operate(
          StormOperation.DIO_COMPLETE,
          () -> request.giveBack(page -> pinWatch.unpinDirtyLock(cpu, page)));
      has(null);
    }
  }
}
