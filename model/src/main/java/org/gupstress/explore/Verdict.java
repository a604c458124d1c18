// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

/** What a run says about a claim. */
public enum Verdict {
  /** Every interleaving within the bound keeps it. */
  HOLDS("holds"),
  /** At least one interleaving breaks it. */
  VIOLATED("violated"),
  /** The run ended before it had seen everything, and found nothing so far. */
  INCOMPLETE("incomplete"),
  /** Nothing was found, but the run never met what it is for. */
  NOT_MET("not-met"),
  /** The run did not take place. */
  NOT_RUN("not-run"),
  /** The claim says nothing about this design or scenario. */
  NOT_APPLICABLE("n/a");

  private final String id;

  Verdict(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }
}
