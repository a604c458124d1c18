// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/**
 * A fired VM_BUG_ON or an access to an address that is not mapped, where no explorer catches it.
 */
public final class KernelBug extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KernelBug(String text) {
    super(text);
  }
}
