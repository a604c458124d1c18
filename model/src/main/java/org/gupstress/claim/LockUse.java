// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.List;

/** What an access does that lockdep remembers. Locks go by the name of their class. */
public final class LockUse {
  private final String operation;
  private final String taken;
  private final List<String> over;
  private final boolean inInterrupt;
  private final List<String> exposed;
  private final String text;

  /**
   * A use.
   *
   * @param operation to which the access belongs
   * @param taken the lock that it waits for and takes, or nothing
   * @param over the locks that its context holds then
   * @param inInterrupt whether an interrupt handler takes it
   * @param exposed the locks that are held with interrupts on from here
   */
  public LockUse(
      String operation,
      String taken,
      List<String> over,
      boolean inInterrupt,
      List<String> exposed) {
    this.operation = operation;
    this.taken = taken;
    this.over = List.copyOf(over);
    this.inInterrupt = inInterrupt;
    this.exposed = List.copyOf(exposed);
    this.text = operation + "/" + taken + over + inInterrupt + exposed;
  }

  String taken() {
    return taken;
  }

  List<String> over() {
    return over;
  }

  boolean isInInterrupt() {
    return inInterrupt;
  }

  List<String> exposed() {
    return exposed;
  }

  /** Whether any rule looks at it. */
  boolean matters() {
    return !over.isEmpty() || inInterrupt || !exposed.isEmpty();
  }

  // ---- as a part of a finding

  String asEdge() {
    return operation + " takes " + taken + " with " + String.join(", ", over) + " held";
  }

  String asInterrupt() {
    return operation + " takes " + taken + " in an interrupt";
  }

  String asExposure() {
    return operation + " holds " + String.join(", ", exposed) + " with interrupts on";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LockUse that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** All of it, for an order that is the same in every run. */
  @Override
  public String toString() {
    return text;
  }
}
