// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

/**
 * struct vm_area_struct: a range of ptes and what they map. Areas are laid out before the machine
 * runs and stay; leaves out permissions other than those of the kind.
 *
 * @param kind what a fault brings
 * @param firstPte number of the first pte
 * @param ptes how many
 * @param file which file, for the kinds that have one
 * @param firstBlock the block of the file at the first pte
 * @param locked VM_LOCKED: mlock was called
 */
public record Vma(Kind kind, int firstPte, int ptes, int file, int firstBlock, boolean locked) {
  /** What memory it is. */
  public enum Kind {
    /** Private memory without a file. */
    ANONYMOUS,
    /**
     * A private mapping of a file: what is in the cache may be mapped, but a fault for writing
     * brings an anonymous page (do_cow_fault; the copy of the content is left out).
     */
    PRIVATE,
    /** A shared mapping of a file: faults bring pages of the page cache. */
    SHARED
  }

  public static Vma anonymous(int firstPte, int ptes) {
    return new Vma(Kind.ANONYMOUS, firstPte, ptes, -1, 0, false);
  }

  public static Vma privateFile(int firstPte, int ptes, int file, int firstBlock) {
    return new Vma(Kind.PRIVATE, firstPte, ptes, file, firstBlock, false);
  }

  public static Vma shared(int firstPte, int ptes, int file, int firstBlock) {
    return new Vma(Kind.SHARED, firstPte, ptes, file, firstBlock, false);
  }

  public Vma asLocked() {
    return new Vma(kind, firstPte, ptes, file, firstBlock, true);
  }

  /** vma_address: the pte of a block, or -1 where the area does not reach it. */
  int pteOf(long block) {
    long offset = block - firstBlock;
    return offset >= 0 && offset < ptes ? firstPte + (int) offset : -1;
  }

  int blockOf(int pte) {
    return firstBlock + (pte - firstPte);
  }
}
