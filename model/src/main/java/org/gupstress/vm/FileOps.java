// SPDX-License-Identifier: Apache-2.0
package org.gupstress.vm;

import org.gupstress.memory.Cpu;

/** What page tables need of the file system: vm_operations_struct and address_space_operations. */
public interface FileOps {
  /** Which file an address_space is, by the mapping word of its pages. */
  int file(long mapping);

  /** ->fault: a locked page of the cache with a look-up reference; 0 is out of memory. */
  long fault(Cpu cpu, int file, long block);

  /** ->page_mkwrite: the page is locked and about to become writable. */
  void pageMkwrite(Cpu cpu, long page);

  /** ->set_page_dirty. */
  void setPageDirty(Cpu cpu, long page);
}
