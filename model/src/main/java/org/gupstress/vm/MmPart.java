// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

/** What an mm has that code looks at only in scenarios that are about it: each look is a step. */
public enum MmPart {
  /** An entry above the page table: khugepaged changes it. */
  PMD,
  /** Whether memory may be written: mprotect changes it. */
  PROTECTION,
  /** Pages of files: not every page that is mapped is anonymous. */
  FILE
}
