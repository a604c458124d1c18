// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import java.util.List;
import org.gupstress.memory.OutOfRange;

/** The areas of all processes: found by pte (find_vma) and by file (i_mmap). Never change. */
public final class Areas {
  private final Vma[] byPte;
  private final Vma[][] byFile;

  /** @param areas in the order of their ptes, which do not overlap */
  public Areas(List<Vma> areas, int files) {
    this.byPte = areas.toArray(Vma[]::new);
    this.byFile = new Vma[files][];
    for (int file = 0; file < files; file++) {
      int wanted = file;
      byFile[file] = areas.stream().filter(area -> area.file() == wanted).toArray(Vma[]::new);
    }
  }

  /** find_vma. */
  public Vma find(int pte) {
    if (byPte.length == 0) {
      throw new OutOfRange("pte " + pte + " is in no area: the space has none");
    }
    int low = 0;
    int high = byPte.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (byPte[middle].firstPte() <= pte) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    Vma found = byPte[low];
    if (pte < found.firstPte() || pte >= found.firstPte() + found.ptes()) {
      throw new OutOfRange("pte " + pte + " is in no area: the nearest has ptes " + found.firstPte()
          + " to " + (found.firstPte() + found.ptes() - 1));
    }
    return found;
  }

  /** Whether an area maps the block of the file at the pte. */
  public boolean maps(int pte, int file, long block) {
    for (Vma area : byFile[file]) {
      if (area.pteOf(block) == pte) {
        return true;
      }
    }
    return false;
  }

  /** The pte at which the nth of the areas that reach the block maps it, or -1. */
  int pteOf(int file, long block, int nth) {
    int left = nth;
    for (Vma area : byFile[file]) {
      int pte = area.pteOf(block);
      if (pte >= 0 && left-- == 0) {
        return pte;
      }
    }
    return -1;
  }
}
