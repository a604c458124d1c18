// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.storm.StormMachine.Range;
import org.jspecify.annotations.Nullable;

/** A CPU that carries load: does what the dice say, by the weights of the mix. */
final class LoadCpu extends StormCpu {
  private static final int PAGES_PER_REGISTRATION = 32;
  private static final int BLOCKS_PER_CALL = 8;
  private static final int BLOCKS_PER_TRUNCATE = 8;
  private static final int PAGES_PER_CHURN = 16;
  private static final int PAGES_PER_COMPACTION = 8;

  /** Of one operation when all comes to its end: each shows that the CPU gets on. */
  private static final int PAGES_AT_THE_END = 1 << 14;

  /** Of new anonymous pages, one in so many is mlocked until it is unmapped. */
  private static final int MLOCK_ONE_IN = 8;

  /** Buffers that are used again and again, of a CPU. */
  private static final int HOT_BUFFERS = 16;

  /** One buffer in so many is not a hot one. */
  private static final int COLD_ONE_IN = 4;

  /** Of the machine's pages, how many all CPUs together may pin for long. */
  private static final int REGISTERED_SHARE = 16;

  private static final int USE_UNITS = 1 << 20;

  private static final long MOMENT_NANOS = 50_000;

  private final StormMachine machine;
  private final Perturber dice;
  private final DirectIo io;
  private final PinQueryCheck pinWatch;
  private final LatencyRecorder latencies;
  private final DirtyLimit dirtyLimit;
  private final Workload[] wheel;
  private final int[] processes;
  private final int sharers;
  private final int chunkPages;
  private final int readers;
  private final Queue<Request> registered = new ConcurrentLinkedQueue<>();
  private int registrations;
  private final int registrationsMax;
  private int process;
  private int streamFile;
  private int streamBlock;
  private int dropFile;
  private int dropBlock;
  private final @Nullable Replay replay;
  private final long[] reading;

  LoadCpu(
      StormMachine machine,
      int number,
      CpuMemory memory,
      Detector detector,
      LatencyRecorder latencies,
      Perturber dice,
      DirectIo io,
      DirtyLimit dirtyLimit,
      StormSetup setup,
      @Nullable Replay replay) {
    super(machine, number, memory, detector);
    this.machine = machine;
    this.dice = dice;
    this.io = io;
    this.pinWatch = new PinQueryCheck(mm, detector, memory);
    this.latencies = latencies;
    this.dirtyLimit = dirtyLimit;
    this.wheel = wheel(setup.mix());
    this.processes = processes(number);
    this.sharers = sharers();
    this.process = processes[0];
    this.chunkPages = setup.sizing().chunkPages();
    this.readers = setup.sizing().readers();
    this.registrationsMax = Math.max(
        1, machine.pages() / REGISTERED_SHARE / machine.loadCpus() / PAGES_PER_REGISTRATION);
    this.streamFile = number % machine.files();
    this.replay = replay;
    this.reading = new long[replay == null ? 0 : machine.blocks()];
  }

  /** A workload in every place that its weight gives it. */
  private static Workload[] wheel(WorkloadMix mix) {
    return mix.weights().entrySet().stream()
        .flatMap(entry -> Stream.generate(entry::getKey).limit(entry.getValue()))
        .toArray(Workload[]::new);
  }

  /**
   * Those that run on this CPU: every so many of them, or one that other CPUs run as well, as
   * threads do.
   */
  private int[] processes(int number) {
    int cpus = machine.loadCpus();
    int all = machine.processes();
    return number < all
        ? IntStream.iterate(number, own -> own < all, own -> own + cpus).toArray()
        : new int[] {number % all};
  }

  /** How many CPUs run the process that this one runs. */
  private int sharers() {
    int more = machine.loadCpus() - 1 - cpu() % machine.processes();
    return more / machine.processes() + 1;
  }

  @Override
  void step() {
    if (replay != null) {
      replay(replay);
      return;
    }
    if (processes.length > 1) {
      process = processes[dice.next(processes.length)];
    }
    switch (wheel[dice.next(wheel.length)]) {
      case DIO_MAPPED -> directIo(machine.mapped(process));
      case DIO_ANON -> directIo(machine.buffers(process));
      case RDMA -> rdma();
      case FUTEX -> operate(StormOperation.FUTEX, this::futex);
      case STREAM -> operate(StormOperation.READ, () -> read(1));
      case READTWICE -> operate(StormOperation.READ, () -> read(readers));
      case WRITEBACK -> {
        operate(StormOperation.WRITE, this::write);
        if (dirtyLimit.isExceeded()) {
          // balance_dirty_pages
          LockSupport.parkNanos(MOMENT_NANOS);
        }
      }
      case MMAP_CHURN -> operate(StormOperation.MMAP_CHURN, this::churn);
      case TRUNCATE -> truncate();
      case DROP_CACHES -> operate(StormOperation.INVALIDATE, this::dropCaches);
      case COMPACT -> operate(StormOperation.COMPACT, this::compact);
      case EXIT -> exit(process);
    }
  }

  // ---- what a trace has

  private void replay(Replay load) {
    Replay.Stream stream = load.take();
    if (stream == null) {
      LockSupport.parkNanos(MOMENT_NANOS);
      return;
    }
    try {
      if (stream.load.isDirect()) {
        replayDirect(load, stream);
      } else {
        replayReads(load, stream);
      }
    } finally {
      load.give(stream);
    }
  }

  /**
   * The processor reads a byte of each page, or where the trace shows that most pages go unused, of
   * some.
   */
  private void replayReads(Replay load, Replay.Stream stream) {
    Range mapping = machine.mapped(stream.load.file());
    for (int i = 0; i < BLOCKS_PER_CALL; i++) {
      int block = stream.next(dice);
      boolean isUsed = dice.next(USE_UNITS) < load.usedShare() * USE_UNITS;
      if (!isUsed) {
        readAround(load, stream, block);
      } else if (!mm.faults().touch(mapping.first() + block, false)) {
        readAround(load, stream, block);
        operate(StormOperation.READ, () -> mm.faults().handle(cpu, mapping.first() + block, false));
      }
    }
  }

  private void replayDirect(Replay load, Replay.Stream stream) {
    if (io.isFull()) {
      LockSupport.parkNanos(MOMENT_NANOS);
      return;
    }
    int pages = Math.min(stream.load.chunkPages(), stream.filePages);
    int block = Math.min(stream.next(dice), stream.filePages - pages);
    int first = machine.mapped(stream.load.file()).first() + block;
    for (int i = 0; i < pages; i++) {
      readAround(load, stream, block + i);
    }
    submit(first, pages);
  }

  /** do_sync_mmap_readahead: a page that is missed is read with those around it. */
  private void readAround(Replay load, Replay.Stream stream, int block) {
    int file = stream.load.file();
    if (mm.pageCache().file(file).pageAt(block) != 0) {
      return;
    }
    int window = stream.load.windowPages();
    int first = Math.max(0, block - window / 2);
    int end = Math.min(stream.filePages, first + window);
    operate(StormOperation.READ, () -> {
      int count = 0;
      for (int at = first; at < end; at++) {
        long page = mm.pageCache().readahead(cpu, file, at);
        if (page != 0) {
          reading[count++] = page;
          load.came(stream, file, at);
        } else {
          // page_cache_ra_unbounded: what is there already ends a batch
          endReads(count);
          count = 0;
        }
      }
      endReads(count);
    });
  }

  /** The device has read all pages of a batch. */
  private void endReads(int count) {
    for (int i = 0; i < count; i++) {
      mm.pageCache().endRead(reading[i]);
    }
  }

  // ---- pins

  private void directIo(Range memory) {
    if (io.isFull()) {
      LockSupport.parkNanos(MOMENT_NANOS);
      return;
    }
    int pages = Math.min(chunkPages, memory.count());
    int buffers = memory.count() / pages;
    int buffer = dice.next(dice.next(COLD_ONE_IN) == 0 ? buffers : Math.min(buffers, HOT_BUFFERS));
    submit(memory.first() + buffer * pages, pages);
  }

  private void submit(int firstPte, int pages) {
    Request request = new Request(pages);
    operate(StormOperation.DIO_SUBMIT, () -> {
      pin(request, firstPte, pages);
      if (!request.isEmpty()) {
        io.submit(request);
      }
    });
    has(null);
  }

  /** get_user_pages_fast of a range that a device will write to. */
  private void pin(Request request, int firstPte, int pages) {
    has(request);
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
    Range memory = dice.next(2) == 0 ? machine.mapped(process) : machine.registered(process);
    int pages = Math.min(PAGES_PER_REGISTRATION, memory.count());
    int firstPte = memory.first() + dice.next(memory.count() / pages) * pages;
    Request registration = new Request(pages);
    operate(StormOperation.RDMA_PIN, () -> {
      pin(registration, firstPte, pages);
      registered.add(registration);
      registrations++;
    });
    has(null);
    while (registrations > registrationsMax) {
      deregister();
    }
  }

  /** Gives back the pins that are held longest; false if there are none. */
  boolean deregister() {
    Request oldest = registered.poll();
    if (oldest == null) {
      return false;
    }
    registrations--;
    has(oldest);
    operate(
        StormOperation.RDMA_UNPIN,
        () -> oldest.giveBack(page -> pinWatch.unpinDirtyLock(cpu, page)));
    has(null);
    return true;
  }

  @Override
  boolean hasPinned(long page) {
    return super.hasPinned(page)
        || registered.stream().anyMatch(registration -> registration.has(page));
  }

  private void futex() {
    Range memory = machine.buffers(process);
    int pte = memory.first() + dice.next(memory.count());
    mm.gup().getUserPagesFast(cpu, pte, 0, true);
    mm.gup().putPageUnconverted(cpu, 0);
  }

  /** Every page that this CPU holds for long, once for each pin; the world has stopped. */
  void forEachPin(LongConsumer each) {
    registered.forEach(request -> request.forEach(each));
  }

  // ---- files and memory

  /** The next blocks, each by so many readers after one another. */
  private void read(int times) {
    for (int i = 0; i < BLOCKS_PER_CALL; i++) {
      for (int reader = 0; reader < times; reader++) {
        mm.pageCache().read(cpu, reader, streamFile, streamBlock);
      }
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

  /**
   * munmap and mmap of a range, which is then written to. CPUs that run the same process have
   * ranges of their own: mmap_sem keeps them apart.
   */
  private void churn() {
    Range memory = machine.churned(process).part(cpu() / machine.processes(), sharers);
    int pages = Math.min(PAGES_PER_CHURN, memory.count());
    if (pages == 0) {
      return;
    }
    int first = memory.first() + dice.next(memory.count() / pages) * pages;
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

  /** drop_pagecache_sb, some blocks at a time. */
  private void dropCaches() {
    for (int i = 0; i < BLOCKS_PER_TRUNCATE; i++) {
      mm.truncate().invalidateMappingPage(cpu, dropFile, dropBlock);
      if (++dropBlock == machine.blocks()) {
        dropBlock = 0;
        dropFile = (dropFile + 1) % machine.files();
      }
    }
  }

  /** try_to_compact_pages of an allocation: some pages that follow one another. */
  private void compact() {
    int first = dice.next(mm.page().count() - PAGES_PER_COMPACTION + 1);
    for (int p = first; p < first + PAGES_PER_COMPACTION; p++) {
      if (mm.migration().migrate(cpu, mm.page().address(p))) {
        memory.add(MachineCounter.MIGRATED, 1);
      }
    }
  }

  // ---- the end

  /** A process ends, and gives everything back that it has. */
  void exit(int ending) {
    Range memory = machine.all(ending);
    for (int from = 0; from < memory.count() && !hasPanicked(); from += PAGES_AT_THE_END) {
      int first = memory.first() + from;
      int end = memory.first() + Math.min(memory.count(), from + PAGES_AT_THE_END);
      operate(StormOperation.EXIT, () -> {
        for (int pte = first; pte < end; pte++) {
          mm.faults().unmap(cpu, pte);
        }
      });
    }
  }

  /** Unmounts a file system of one file: writes it back and drops its pages. */
  void unmount(int file) {
    for (int from = 0; from < machine.blocks() && !hasPanicked(); from += PAGES_AT_THE_END) {
      int first = from;
      int end = Math.min(machine.blocks(), from + PAGES_AT_THE_END);
      operate(StormOperation.UNMOUNT, () -> unmount(file, first, end));
    }
  }

  private void unmount(int file, int first, int end) {
    while (mm.writeback().complete(cpu)) {}
    for (int block = first; block < end; block++) {
      while (mm.writeback().writePage(cpu, file, block, true)) {
        mm.writeback().complete(cpu);
      }
    }
    mm.truncate().truncateInodePages(cpu, file, first, end);
  }
}
