// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.gupstress.claim.Harm;
import org.gupstress.claim.LockUse;
import org.jspecify.annotations.Nullable;

/**
 * All that a search remembers of one state or step beside where it leads.
 *
 * @param use what the step does to locks, or null if it does not matter
 * @param outcome how the run ends in this state, or null
 */
record Marks(
    Set<Harm> harms, @Nullable LockUse use, @Nullable String outcome) {
  static final Marks NONE = new Marks(Set.of(), null, null);

  static Marks ofStep(Set<Harm> harms, @Nullable LockUse use) {
    return harms.isEmpty() && use == null ? NONE : new Marks(harms, use, null);
  }

  static Marks ofState(Set<Harm> harms, @Nullable String outcome) {
    return harms.isEmpty() && outcome == null ? NONE : new Marks(harms, null, outcome);
  }

  boolean isNone() {
    return harms.isEmpty() && use == null && outcome == null;
  }

  /** The same, with more harms. */
  Marks with(Set<Harm> others) {
    Set<Harm> all = EnumSet.noneOf(Harm.class);
    all.addAll(harms);
    all.addAll(others);
    return new Marks(all, use, outcome);
  }

  /** One by one. */
  List<Mark> each() {
    List<Mark> each = new ArrayList<>();
    harms.forEach(harm -> each.add(new Mark.Done(harm)));
    if (use != null) {
      each.add(new Mark.Used(use));
    }
    if (outcome != null) {
      each.add(new Mark.Ended(outcome));
    }
    return each;
  }
}
