// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import java.util.List;
import java.util.Optional;

/** The shipped designs, in the order of the court. */
public final class Designs {
  /** Linux without any design: what it does wrong, no design is to blame for. */
  public static final PinDesign UNPATCHED = new GetPage();

  private static final PinDesign PAGE_EXT = new PageExt();
  private static final PinDesign FOLL_PIN = new FollPin();

  /** What others are compared with: what these do too, no design is to blame for. */
  private static final List<PinDesign> SOUND = List.of(UNPATCHED, PAGE_EXT, FOLL_PIN);

  private static final List<PinDesign> ALL = List.of(
      UNPATCHED, new RfcJul(), new RfcOct(), new RfcNov(), new RfcFixed(), PAGE_EXT, FOLL_PIN);

  private Designs() {}

  public static List<PinDesign> all() {
    return ALL;
  }

  /** Linux as it was, a counter beside the page, and what went into Linux. */
  public static List<PinDesign> sound() {
    return SOUND;
  }

  /** The shipped design of this id, if there is one. */
  public static Optional<PinDesign> find(String id) {
    return ALL.stream().filter(design -> design.id().equals(id)).findFirst();
  }

  /** Whether an engine must find something wrong with the design of this id. */
  public static boolean isNegativeControl(String id) {
    return find(id).filter(PinDesign::isNegativeControl).isPresent();
  }
}
