// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

/** The version that results and tokens carry. */
public final class Tool {
  public static final String NAME = "gupstress";
  public static final String VERSION = "0.1.0";

  private Tool() {}
}
