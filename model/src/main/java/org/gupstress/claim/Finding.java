// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

/**
 * One violation, with what was expected and what was found.
 *
 * @param name what a scenario calls the harm, or nothing
 * @param text one sentence
 */
public record Finding(Harm harm, String name, String text) {
  public Finding(Harm harm, String text) {
    this(harm, "", text);
  }

  /** The harm by the scenario's name for it, if it has one. */
  public String label() {
    return harm.called(name);
  }
}
