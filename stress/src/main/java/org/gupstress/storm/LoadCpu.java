// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** A CPU that carries load: does what the dice say, by the weights of the mix. */
final class LoadCpu extends StormCpu {
  private static final int PAGES_PER_REQUEST = 8;
  private static final int PAGES_PER_REGISTRATION = 32;
  private static final int BLOCKS_PER_CALL = 8;
  private static final int BLOCKS_PER_TRUNCATE = 8;
  private static final int PAGES_PER_CHURN = 16;

  /** Of new anonymous pages, one in so many is mlocked until it is unmapped. */
  private static final int MLOCK_ONE_IN = 8;

  /** Buffers that are used again and again, of a CPU. */
  private static final int HOT_BUFFERS = 16;

  /** One buffer in so many is not a hot one. */
  private static final int COLD_ONE_IN = 4;

  /** Of the machine's pages, how many all CPUs together may pin for long. */
  private static final int REGISTERED_SHARE = 16;

  private static final long MOMENT_NANOS = 50_000;

  private final StormMachine machine;
  private final Perturber dice;
  private final DirectIo io;
  private final PinQueryCheck pinWatch;
  private final LatencyRecorder latencies;
  private final DirtyLimit dirtyLimit;
  private final Workload[] wheel;
  private final Deque<Request> registered = new ArrayDeque<>();
  private final int registrationsMax;
  private int streamFile;
  private int streamBlock;

  LoadCpu(
      StormMachine machine,
      int number,
      CpuMemory memory,
      Detector detector,
      LatencyRecorder latencies,
      Perturber dice,
      DirectIo io,
      DirtyLimit dirtyLimit,
      WorkloadMix mix) {
    super(machine, number, memory, detector);
    this.machine = machine;
    this.dice = dice;
    this.io = io;
    this.pinWatch = new PinQueryCheck(mm, detector, memory);
    this.latencies = latencies;
    this.dirtyLimit = dirtyLimit;
    this.wheel = wheel(mix);
    this.registrationsMax = Math.max(
        1, machine.pages() / REGISTERED_SHARE / machine.loadCpus() / PAGES_PER_REGISTRATION);
    this.streamFile = number % machine.files();
  }

  /** A workload in every place that its weight gives it. */
  private static Workload[] wheel(WorkloadMix mix) {
    return mix.weights().entrySet().stream()
        .flatMap(entry -> Stream.generate(entry::getKey).limit(entry.getValue()))
        .toArray(Workload[]::new);
  }

  @Override
  void step() {
    switch (wheel[dice.next(wheel.length)]) {
      case DIO_MAPPED -> directIo(machine.firstMapped(cpu()), machine.blocks());
      case DIO_ANON -> directIo(machine.firstAnonymous(cpu()), machine.anonymousPtes() / 4);
      case RDMA -> rdma();
      case FUTEX -> operate(StormOperation.FUTEX, this::futex);
      case READTWICE -> operate(StormOperation.READ, this::readTwice);
      case WRITEBACK -> {
        operate(StormOperation.WRITE, this::write);
        if (dirtyLimit.isExceeded()) {
          // balance_dirty_pages
          LockSupport.parkNanos(MOMENT_NANOS);
        }
      }
      case MMAP_CHURN -> operate(StormOperation.MMAP_CHURN, this::churn);
      case TRUNCATE -> truncate();
    }
  }

  // ---- pins

  private void directIo(int firstPte, int ptes) {
    if (io.isFull()) {
      LockSupport.parkNanos(MOMENT_NANOS);
      return;
    }
    int buffers = Math.max(1, ptes / PAGES_PER_REQUEST);
    int buffer = dice.next(dice.next(COLD_ONE_IN) == 0 ? buffers : Math.min(buffers, HOT_BUFFERS));
    Request request = new Request(PAGES_PER_REQUEST);
    operate(StormOperation.DIO_SUBMIT, () -> {
      pin(request, firstPte + buffer * PAGES_PER_REQUEST, PAGES_PER_REQUEST);
      if (!request.isEmpty()) {
        io.submit(request);
      }
    });
  }

  /** get_user_pages_fast of a range that a device will write to. */
  private void pin(Request request, int firstPte, int pages) {
    long start = System.nanoTime();
    for (int i = 0; i < pages; i++) {
      mm.gup().getUserPagesFast(cpu, firstPte + i, 0, true);
      long page = cpu.register(0);
      if (page == 0) {
        memory.add(StormCounter.PINS_REFUSED, 1);
      } else {
        request.add(page);
      }
    }
    latencies.record(cpu(), Latency.PIN, (System.nanoTime() - start) / pages);
    request.forEach(pinWatch::pinned);
  }

  private void rdma() {
    boolean mapped = dice.next(2) == 0;
    int ptes = mapped ? machine.blocks() : machine.anonymousPtes() / 4;
    int base = mapped ? machine.firstMapped(cpu()) : machine.firstAnonymous(cpu()) + ptes;
    int range = dice.next(Math.max(1, ptes / PAGES_PER_REGISTRATION));
    int firstPte = base + range * PAGES_PER_REGISTRATION;
    Request registration = new Request(PAGES_PER_REGISTRATION);
    operate(StormOperation.RDMA_PIN, () -> {
      pin(registration, firstPte, Math.min(PAGES_PER_REGISTRATION, ptes));
      registered.add(registration);
    });
    while (registered.size() > registrationsMax) {
      deregister();
    }
  }

  /** Gives back the pins that are held longest; false if there are none. */
  boolean deregister() {
    Request oldest = registered.poll();
    if (oldest == null) {
      return false;
    }
    operate(
        StormOperation.RDMA_UNPIN,
        () -> oldest.forEach(page -> pinWatch.unpinDirtyLock(cpu, page)));
    return true;
  }

  private void futex() {
    int pte = machine.firstAnonymous(cpu()) + dice.next(machine.anonymousPtes() / 4);
    mm.gup().getUserPagesFast(cpu, pte, 0, true);
    mm.gup().putPageUnconverted(cpu, 0);
  }

  /** Every page that this CPU holds for long, once for each pin; the world has stopped. */
  void forEachPin(LongConsumer each) {
    registered.forEach(request -> request.forEach(each));
  }

  // ---- files and memory

  private void readTwice() {
    for (int i = 0; i < BLOCKS_PER_CALL; i++) {
      mm.pageCache().read(cpu, 0, streamFile, streamBlock);
      mm.pageCache().read(cpu, 1, streamFile, streamBlock);
      if (++streamBlock == machine.blocks()) {
        streamBlock = 0;
        streamFile = (streamFile + 1) % machine.files();
      }
    }
  }

  private void write() {
    int file = dice.next(machine.files());
    int block = dice.next(machine.blocks());
    for (int i = 0; i < BLOCKS_PER_CALL; i++) {
      mm.pageCache().write(cpu, file, (block + i) % machine.blocks());
    }
  }

  /** munmap and mmap of a range, which is then written to. */
  private void churn() {
    int ptes = machine.anonymousPtes() / 2;
    int pages = Math.min(PAGES_PER_CHURN, ptes);
    int first = machine.firstAnonymous(cpu())
        + machine.anonymousPtes()
        - ptes
        + dice.next(Math.max(1, ptes / PAGES_PER_CHURN)) * PAGES_PER_CHURN;
    for (int pte = first; pte < first + pages; pte++) {
      mm.faults().unmap(cpu, pte);
    }
    for (int pte = first; pte < first + pages; pte++) {
      mm.faults().handle(cpu, pte, true);
      if (dice.next(MLOCK_ONE_IN) == 0) {
        mm.mlock().mlock(cpu, pte);
      }
    }
  }

  private void truncate() {
    int file = dice.next(machine.files());
    int blocks = Math.min(BLOCKS_PER_TRUNCATE, machine.blocks());
    int first = dice.next(machine.blocks() - blocks + 1);
    int what = dice.next(8);
    if (what == 0) {
      operate(
          StormOperation.TRUNCATE,
          () -> mm.truncate().truncateInodePages(cpu, file, first, first + blocks));
    } else {
      operate(StormOperation.INVALIDATE, () -> {
        for (int i = first; i < first + blocks; i++) {
          if (what == 1) {
            mm.truncate().invalidateInodePage2(cpu, file, i);
          } else {
            mm.truncate().invalidateMappingPage(cpu, file, i);
          }
        }
      });
    }
  }

  // ---- the end

  /** Gives everything back that it has, as a process does that ends. */
  void exit() {
    operate(StormOperation.EXIT, () -> {
      int first = machine.firstAnonymous(cpu());
      for (int pte = 0; pte < machine.anonymousPtes() + machine.blocks(); pte++) {
        mm.faults().unmap(cpu, first + pte);
      }
    });
  }

  /** Unmounts a file system of one file: writes it back and drops its pages. */
  void unmount(int file) {
    operate(StormOperation.UNMOUNT, () -> {
      while (mm.writeback().complete(cpu)) {}
      for (int block = 0; block < machine.blocks(); block++) {
        while (mm.writeback().writePage(cpu, file, block, true)) {
          mm.writeback().complete(cpu);
        }
      }
      mm.truncate().truncateInodePages(cpu, file, 0, machine.blocks());
    });
  }
}
