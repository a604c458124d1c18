// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.lru.Pagevecs;
import org.gupstress.lru.Zone;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Memory;
import org.gupstress.memory.NativeMemory;
import org.gupstress.page.Kernel;
import org.gupstress.page.PageLayout;
import org.gupstress.vm.Vma;

/**
 * The machine of a storm: how large everything is, and where each process finds its own.
 *
 * <p>Beside the CPUs that carry the load there are kswapd, the flusher, the device, kworker and
 * kcompactd. Each process has an area of anonymous memory and a file that it has mapped; the
 * {@link WorkingSet} says how large they are.
 */
final class StormMachine {
  /** CPUs beside those that carry the load. */
  private static final int KERNEL_THREADS = 5;

  private static final int QUEUE_DEPTH = 1024;

  /** Bytes of one CPU's private block: pagevecs are as large as in 4.19. */
  private static final int CPU_BLOCK = 960;

  private final PinDesign design;
  private final Kernel kernel;
  private final int loadCpus;
  private final int pages;
  private final WorkingSet load;
  private final Mm.Shape shape;
  private final NativeMemory bytes;
  private final long size;

  StormMachine(StormPlan plan) {
    StormSetup setup = plan.setup();
    this.design = plan.design();
    this.kernel = setup.kernel();
    this.loadCpus = setup.cpus();
    this.pages = setup.pages();
    this.load = setup.workingSet();
    List<Vma> areas = new ArrayList<>();
    for (int process = 0; process < load.processes(); process++) {
      if (load.anonymousPages() > 0) {
        areas.add(Vma.anonymous(firstPte(process), load.anonymousPages()));
      }
      areas.add(Vma.shared(mapped(process).first(), load.filePages(), process, 0));
    }
    int ptes = firstPte(load.processes());
    this.shape = new Mm.Shape(
        cpus(),
        pages,
        Pagevecs.PAGEVEC_SIZE,
        true,
        true,
        Zone.of(pages),
        new Mm.Space(areas, ptes, load.processes(), load.filePages(), true, QUEUE_DEPTH));
    Arena arena = arena();
    Mm.layOut(arena, kernel, shape, design);
    this.size = arena.size();
    this.bytes = new NativeMemory(Math.toIntExact(size));
  }

  private Arena arena() {
    Arena arena = new Arena(cpus(), CPU_BLOCK);
    arena.stopNaming();
    return arena;
  }

  /** The machine as seen through a memory of these bytes. */
  Mm through(Memory memory) {
    return new Mm(memory, arena(), kernel, shape, design);
  }

  /** All pages free, nothing cached or mapped. */
  void boot() {
    Mm mm = through(bytes);
    mm.lru().boot();
    for (int p = 0; p < pages; p++) {
      mm.lru().bootFree(mm.page().address(p));
    }
  }

  NativeMemory bytes() {
    return bytes;
  }

  /** Bytes of the machine in all. */
  long size() {
    return size;
  }

  /**
   * Bytes that a storm takes for each page beside struct page itself, without event rings; files
   * and ptes are the load's, {@link WorkingSet#bytes}.
   */
  double overheadPerPage() {
    long strandedBits = pages / Byte.SIZE;
    long own = size - load.bytes() + Holders.bytes(pages) + strandedBits;
    return (double) own / pages - PageLayout.SIZE;
  }

  /** All CPUs. */
  int cpus() {
    return loadCpus + KERNEL_THREADS;
  }

  int loadCpus() {
    return loadCpus;
  }

  int kswapd() {
    return loadCpus;
  }

  int flusher() {
    return loadCpus + 1;
  }

  int device() {
    return loadCpus + 2;
  }

  int kworker() {
    return loadCpus + 3;
  }

  int kcompactd() {
    return loadCpus + 4;
  }

  int pages() {
    return pages;
  }

  /** Each process has one, whose number is that of the process. */
  int files() {
    return load.processes();
  }

  int blocks() {
    return load.filePages();
  }

  int processes() {
    return load.processes();
  }

  // ---- the ptes of a process

  /**
   * Ptes that follow one another.
   *
   * @param first its number
   */
  record Range(int first, int count) {
    /** One of so many equal parts; the last pages of an odd number are nobody's. */
    Range part(int number, int of) {
      int each = count / of;
      return new Range(first + number * each, each);
    }
  }

  private int firstPte(int process) {
    return process * (load.anonymousPages() + load.filePages());
  }

  /** Anonymous memory for direct I/O and futexes. */
  Range buffers(int process) {
    return new Range(firstPte(process), load.buffers());
  }

  /** Anonymous memory that may be pinned for long. */
  Range registered(int process) {
    return new Range(firstPte(process) + load.buffers(), load.registered());
  }

  /** Anonymous memory that is unmapped and mapped anew. */
  Range churned(int process) {
    return new Range(firstPte(process) + load.buffers() + load.registered(), load.churned());
  }

  /** The mapping of its file. */
  Range mapped(int process) {
    return new Range(firstPte(process) + load.anonymousPages(), load.filePages());
  }

  /** All that it has mapped. */
  Range all(int process) {
    return new Range(firstPte(process), load.anonymousPages() + load.filePages());
  }
}
