// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import java.util.List;

/** The shipped designs, in the order of the court. */
public final class Designs {
  private static final List<PinDesign> ALL = List.of(
      new GetPage(),
      new RfcJul(),
      new RfcOct(),
      new RfcNov(),
      new RfcFixed(),
      new PageExt(),
      new FollPin());

  private Designs() {}

  public static List<PinDesign> all() {
    return ALL;
  }
}
