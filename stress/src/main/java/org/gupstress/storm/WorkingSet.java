// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import static org.gupstress.storm.Workload.DIO_ANON;
import static org.gupstress.storm.Workload.FUTEX;
import static org.gupstress.storm.Workload.MMAP_CHURN;
import static org.gupstress.storm.Workload.RDMA;

import org.gupstress.load.LoadProfile;

/**
 * The memory that the processes of a storm want: how large the file is that each of them maps, and
 * how large the parts of its anonymous memory.
 *
 * <p>The mix says how much of it is anonymous: as much as of its operations. There is no swap, so
 * anonymous memory takes at most half of the machine's pages, and files what is left to reach the
 * pressure that was asked for.
 *
 * @param processes each with a file and a memory of its own
 * @param filePages of the file of each process
 * @param buffers pages of each process for direct I/O and futexes
 * @param registered pages of each process that may be pinned for long
 * @param churned pages of each process that are unmapped and mapped anew
 */
public record WorkingSet(int processes, int filePages, int buffers, int registered, int churned) {
  /** Of the machine's pages, the part that anonymous memory may have. */
  private static final int ANONYMOUS_SHARE = 2;

  /** Less is no process: its buffers would be no larger than a request. */
  private static final int PAGES_OF_PROCESS = 64;

  private static final int FILE_PAGES_MIN = 16;
  private static final int PROCESSES_MAX = 4096;

  /** The slot and the version of a block, and the pte that maps it. */
  private static final int FILE_PAGE_BYTES = 8 + 4 + 8;

  /** The pte. */
  private static final int ANONYMOUS_PAGE_BYTES = 8;

  /** Of a page of memory, at most, with what a design keeps outside of it. */
  private static final int PAGE_BYTES = 96;

  private static final long MACHINE_BYTES_MAX = Integer.MAX_VALUE - (64L << 20);

  /**
   * What a mix wants on a machine.
   *
   * @throws IllegalArgumentException with a sentence if it cannot be
   */
  static WorkingSet of(WorkloadMix mix, Sizing sizing, int cpus, int pages) {
    LoadProfile replayed = mix.replayed();
    if (replayed != null) {
      return checked(
          pages,
          new WorkingSet(
              Math.max(1, replayed.filePages().size()),
              Math.max(FILE_PAGES_MIN, replayed.filePagesMost()),
              0,
              0,
              0));
    }
    int processes = sizing.processes() == 0 ? cpus : sizing.processes();
    if (processes > PROCESSES_MAX) {
      throw new IllegalArgumentException(
          "a storm has at most " + PROCESSES_MAX + " processes; found " + processes);
    }
    long wanted = Math.round(sizing.pressure() * pages);
    if (wanted / processes < PAGES_OF_PROCESS) {
      throw new IllegalArgumentException("each process needs at least " + PAGES_OF_PROCESS
          + " pages; found " + processes + " that share " + wanted);
    }
    long anonymous =
        Math.min(Math.round(mix.anonymousShare() * wanted), (long) pages / ANONYMOUS_SHARE);
    long filePages = sizing.filePages() > 0
        ? sizing.filePages()
        : Math.max(FILE_PAGES_MIN, (wanted - anonymous) / processes);
    check(pages, processes, filePages, anonymous);
    return split(mix, processes, (int) filePages, (int) (anonymous / processes));
  }

  private static WorkingSet checked(int pages, WorkingSet load) {
    check(pages, load.processes, load.filePages, 0);
    return load;
  }

  private static void check(int pages, int processes, long filePages, long anonymous) {
    long bytes = (long) PAGE_BYTES * pages
        + FILE_PAGE_BYTES * filePages * processes
        + ANONYMOUS_PAGE_BYTES * anonymous;
    if (bytes > MACHINE_BYTES_MAX) {
      throw new IllegalArgumentException("a storm takes at most " + (MACHINE_BYTES_MAX >> 20)
          + " MiB; found " + pages + " pages and " + processes + " files of " + filePages
          + ", which take " + (bytes >> 20));
    }
  }

  /** Gives each part of anonymous memory what the mix uses it for. */
  private static WorkingSet split(WorkloadMix mix, int processes, int filePages, int anonymous) {
    int buffers = mix.has(DIO_ANON) || mix.has(FUTEX) ? 1 : 0;
    int registered = mix.has(RDMA) ? 1 : 0;
    int churned = mix.has(MMAP_CHURN) ? 2 : 0;
    int parts = Math.max(1, buffers + registered + churned);
    return new WorkingSet(
        processes,
        filePages,
        part(buffers, parts, anonymous),
        part(registered, parts, anonymous),
        part(churned, parts, anonymous));
  }

  private static int part(int weight, int of, int pages) {
    return weight == 0 ? 0 : Math.max(FILE_PAGES_MIN, (int) ((long) pages * weight / of));
  }

  /** Pages of anonymous memory of each process. */
  public int anonymousPages() {
    return buffers + registered + churned;
  }

  /** Pages of all files and of all anonymous memory. */
  public long pages() {
    return (long) processes * (filePages + anonymousPages());
  }

  /** How much more it is than a memory of so many pages. */
  public double pressure(int memoryPages) {
    return (double) pages() / memoryPages;
  }

  /** Bytes of the machine that hold it. */
  long bytes() {
    return (long) processes
        * (FILE_PAGE_BYTES * filePages + ANONYMOUS_PAGE_BYTES * anonymousPages());
  }
}
