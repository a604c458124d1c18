// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import java.util.function.Predicate;

/** What a run must have met at least once, or it has not tried what it is for. */
public record Sometimes(String sentence, Predicate<Moment> condition) {}
