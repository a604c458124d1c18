// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.memory.ArenaMemory;

/**
 * Who reads whose data: a ghost word a page says which process has written to it what another must
 * not see, and one word says which of two were parted by a fork.
 *
 * <p>What is written before a fork is the child's as well; what is written after it is a secret of
 * whoever writes it. A copy has the secrets of the page that it was made of. Up to
 * {@value #PROCESSES_MAX} processes.
 */
final class Secrets {
  /** So that all pairs have a bit in a word. */
  private static final int PROCESSES_MAX = 8;

  private final ArenaMemory memory;
  private final Mm mm;
  private final PageState state;
  private final Findings findings;
  private final int parted;
  private final int written;

  Secrets(ArenaMemory memory, Mm mm, PageState state, Findings findings) {
    this.memory = memory;
    this.mm = mm;
    this.state = state;
    this.findings = findings;
    this.parted = memory.reserveGhost(1);
    this.written = memory.reserveGhost(mm.page().count());
  }

  private static long pair(int writer, int reader) {
    return 1L << (PROCESSES_MAX * writer + reader);
  }

  /** What a process writes is a secret before this set of pairs. */
  private static long row(int writer) {
    return 0xffL << (PROCESSES_MAX * writer);
  }

  /** The child is parted from its parent, and from all from whom that was. */
  void forked(int parent, int child) {
    long pairs = memory.ghost(parted) | pair(parent, child) | pair(child, parent);
    for (int other = 0; other < mm.processes().count(); other++) {
      if ((pairs & pair(parent, other)) != 0 && other != child) {
        pairs |= pair(child, other) | pair(other, child);
      }
    }
    memory.setGhost(parted, pairs);
  }

  /** A process, or a device for it, has written to the page. */
  void stored(int p, int process) {
    memory.setGhost(written + p, memory.ghost(written + p) | (memory.ghost(parted) & row(process)));
  }

  void copied(int to, int from) {
    memory.setGhost(written + to, memory.ghost(written + from));
  }

  /** The page is given to a new owner. */
  void allocated(int p) {
    memory.setGhost(written + p, 0);
  }

  /** A process has read the page. */
  void loaded(int p, int reader) {
    for (int writer = 0; writer < mm.processes().count(); writer++) {
      if ((memory.ghost(written + p) & pair(writer, reader)) != 0) {
        int whose = writer;
        findings.report(
            Harm.LEAKED,
            () -> String.format(
                "mm%d reads in %s what mm%d has written after they were parted by fork",
                reader, state.name(p), whose));
      }
    }
  }
}
