// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.time.Duration;
import org.gupstress.memory.WeakMemory;

/** Why a search ended before it was complete. */
public sealed interface Stop {
  /** For people. */
  String sentence();

  /** There were too many states. */
  record StateLimit(int states) implements Stop {
    @Override
    public String sentence() {
      return "the limit of " + states + " states is reached";
    }
  }

  /** More stores would have waited, or loads have been older, than the bounds allow. */
  record DelayLimit() implements Stop {
    @Override
    public String sentence() {
      return "a store buffer was full with " + WeakMemory.BUFFER_MAX + " entries, or a load could"
          + " have been " + WeakMemory.HISTORY_MAX + " stores behind";
    }
  }

  /** There were too many states once a harm was done. */
  record HarmLimit(int states) implements Stop {
    @Override
    public String sentence() {
      return states + " states after the first harm are reached";
    }
  }

  /** Its time was over. */
  record BudgetSpent(Duration budget) implements Stop {
    @Override
    public String sentence() {
      return "the budget of " + budget.toMillis() / 1000.0 + " s is spent";
    }
  }

  /** Whoever asked for it does not want it any more. */
  record Interrupted() implements Stop {
    @Override
    public String sentence() {
      return "the search was interrupted";
    }
  }

  /** Code of the plan does not give the explorer back its thread. */
  record Stuck() implements Stop {
    @Override
    public String sentence() {
      return "an operation does not come to its next access";
    }
  }

  /** Code of the plan takes all memory, perhaps of other searches too. */
  record Greedy() implements Stop {
    @Override
    public String sentence() {
      return "an operation allocates without bound";
    }
  }

  /**
   * Memory was not enough, and it was not an operation that took it.
   *
   * @param operation that ran when there was no more, or nothing
   */
  record OutOfMemory(String operation, String error) implements Stop {
    static OutOfMemory of(String operation, OutOfMemoryError error) {
      return new OutOfMemory(
          operation,
          error.getMessage() + "; java has a heap of " + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB, -Xmx gives it more");
    }

    @Override
    public String sentence() {
      return "the search could not go on"
          + (operation.isEmpty() ? "" : " in operation " + operation)
          + ": "
          + error;
    }
  }

  /**
   * The scenario is not what a scenario must be: nothing is said about the design.
   *
   * @param how what it did where, with its line
   */
  record ScenarioBroke(String how) implements Stop {
    @Override
    public String sentence() {
      return how;
    }
  }

  /** The code of the design or the scenario threw outside of all operations. */
  record Broken() implements Stop {
    @Override
    public String sentence() {
      return "the design broke";
    }
  }

  /** CPUs that were taken for exchangeable are not: the search begins anew without that. */
  record AsymmetricCpus() implements Stop {
    @Override
    public String sentence() {
      return "symmetry";
    }
  }
}
