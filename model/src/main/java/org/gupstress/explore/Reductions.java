// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

/**
 * What makes two states one, or two steps one. None of them changes a verdict or a final state;
 * each can be switched off to see that.
 *
 * @param forget what an operation has seen is forgotten when it ends: its locals are dead
 * @param symmetry CPUs with the same program are interchangeable
 * @param merge accesses to a CPU's private memory take no step of their own: nobody else can see
 *     them
 */
public record Reductions(boolean forget, boolean symmetry, boolean merge) {
  public static final Reductions ALL = new Reductions(true, true, true);
  public static final Reductions NONE = new Reductions(false, false, false);

  Reductions withoutSymmetry() {
    return new Reductions(forget, false, merge);
  }
}
