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

  private KernelBug(String text, boolean traced) {
    super(text, null, false, traced);
  }

  /** One that is cheap to throw, for runs in which it is an ordinary outcome. */
  static KernelBug withoutTrace(String text) {
    return new KernelBug(text, false);
  }
}
