// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Locale;

/** What a CPU of the storm may do next. */
public enum Workload {
  DIO_MAPPED(true, "direct I/O into a mapped file: gup_fast, DMA, unpin; buffers are reused"),
  DIO_ANON(true, "direct I/O into anonymous memory, faulted in by gup itself"),
  RDMA(true, "pins that stay for long, many pages each"),
  FUTEX(true, "gup_fast, and the reference given back by a put_page that nobody converted"),
  STREAM(false, "reads files from end to end once, as a backup does"),
  READTWICE(false, "reads that touch page cache pages twice, and so fill the active list"),
  WRITEBACK(false, "dirties file pages and writes them back, under the eyes of DMA"),
  MMAP_CHURN(false, "unmaps, maps anew, faults in, mlocks"),
  TRUNCATE(false, "truncates and invalidates files, pinned pages among theirs"),
  DROP_CACHES(false, "goes round all files and gives up what is clean and unmapped"),
  COMPACT(false, "compacts memory for itself: moves pages of files, where nobody holds them"),
  EXIT(false, "processes end, unmap all, and begin again");

  private final boolean pins;
  private final String sentence;

  Workload(boolean pins, String sentence) {
    this.pins = pins;
    this.sentence = sentence;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Of its operations, the part that is about anonymous memory, from 0 to 1. */
  double anonymousShare() {
    return switch (this) {
      case DIO_ANON, FUTEX, MMAP_CHURN -> 1;
      case RDMA -> 0.5;
      case DIO_MAPPED, STREAM, READTWICE, WRITEBACK, TRUNCATE, DROP_CACHES, COMPACT, EXIT -> 0;
    };
  }

  /** Whether it brings pages of files into memory. */
  boolean fillsCache() {
    return switch (this) {
      case DIO_MAPPED, RDMA, STREAM, READTWICE, WRITEBACK -> true;
      case DIO_ANON, FUTEX, MMAP_CHURN, TRUNCATE, DROP_CACHES, COMPACT, EXIT -> false;
    };
  }

  /** Whether it calls get_user_pages. */
  public boolean pins() {
    return pins;
  }

  public String sentence() {
    return sentence;
  }

  /**
   * The workload of this id.
   *
   * @throws IllegalArgumentException with a sentence if there is none
   */
  public static Workload of(String id) {
    for (Workload workload : values()) {
      if (workload.id().equals(id)) {
        return workload;
      }
    }
    throw new IllegalArgumentException("there is no workload \"" + id + "\"");
  }
}
