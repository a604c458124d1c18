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
 * The machine of a storm: how large everything is, and where each CPU finds its own.
 *
 * <p>Beside the CPUs that carry the load there are kswapd, the flusher, the device, kworker and
 * kcompactd. Files and anonymous memory together are larger than the memory, so that it runs short.
 */
final class StormMachine {
  /** CPUs beside those that carry the load. */
  private static final int KERNEL_THREADS = 5;

  private static final int QUEUE_DEPTH = 1024;

  /** Bytes of one CPU's private block: pagevecs are as large as in 4.19. */
  private static final int CPU_BLOCK = 960;

  /**
   * Of 64 pages, how many file blocks there are, all of them mapped, and ptes of anonymous memory:
   * more than memory holds, in slots, ptes and blocks that take less than 16 bytes a page.
   */
  private static final int FILE_SHARE = 34;

  private static final int ANONYMOUS_SHARE = 34;

  private final PinDesign design;
  private final Kernel kernel;
  private final int loadCpus;
  private final int pages;
  private final int files;
  private final int blocks;
  private final int anonymousPtes;
  private final Mm.Shape shape;
  private final NativeMemory bytes;
  private final long size;

  StormMachine(StormPlan plan) {
    StormSetup setup = plan.setup();
    this.design = plan.design();
    this.kernel = setup.kernel();
    this.loadCpus = setup.cpus();
    this.pages = setup.pages();
    this.files = loadCpus;
    this.blocks = Math.max(16, (int) ((long) pages * FILE_SHARE / 64 / files));
    this.anonymousPtes = Math.max(16, (int) ((long) pages * ANONYMOUS_SHARE / 64 / loadCpus));
    List<Vma> areas = new ArrayList<>();
    for (int cpu = 0; cpu < loadCpus; cpu++) {
      areas.add(Vma.anonymous(firstAnonymous(cpu), anonymousPtes));
      areas.add(Vma.shared(firstMapped(cpu), blocks, cpu, 0));
    }
    int ptes = loadCpus * (anonymousPtes + blocks);
    this.shape = new Mm.Shape(
        cpus(),
        pages,
        Pagevecs.PAGEVEC_SIZE,
        true,
        true,
        Zone.of(pages),
        new Mm.Space(areas, ptes, files, blocks, true, QUEUE_DEPTH));
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

  /** Bytes that a storm takes for each page beside struct page itself, without event rings. */
  double overheadPerPage() {
    long strandedBits = pages / Byte.SIZE;
    return (double) (size + Holders.bytes(pages) + strandedBits) / pages - PageLayout.SIZE;
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

  int files() {
    return files;
  }

  int blocks() {
    return blocks;
  }

  /** The first pte of a CPU's anonymous memory. */
  int firstAnonymous(int cpu) {
    return cpu * (anonymousPtes + blocks);
  }

  int anonymousPtes() {
    return anonymousPtes;
  }

  /** The first pte of a CPU's mapping of its file, whose number is that of the CPU. */
  int firstMapped(int cpu) {
    return firstAnonymous(cpu) + anonymousPtes;
  }
}
