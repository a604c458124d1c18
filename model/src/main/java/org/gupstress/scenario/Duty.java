// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import java.util.function.Predicate;
import org.gupstress.claim.Harm;

/**
 * What must be so when everything has run.
 *
 * @param harm what it is if it is not so
 * @param name what the scenario calls it, or nothing where the name of the harm is enough
 * @param otherwise a sentence that says what was found then
 */
public record Duty(Harm harm, String name, String otherwise, Predicate<Moment> isDone) {
  public Duty(Harm harm, String otherwise, Predicate<Moment> isDone) {
    this(harm, "", otherwise, isDone);
  }
}
