// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

/** Where a report is read. */
public enum Format {
  TERMINAL(100),
  /** Plain ASCII that no mail client folds again. */
  MAIL(72);

  private final int width;

  Format(int width) {
    this.width = width;
  }

  /** Columns that no line exceeds. */
  public int width() {
    return width;
  }
}
