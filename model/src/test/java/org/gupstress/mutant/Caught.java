// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

/**
 * The first thing that an audit found which is not found without the defect.
 *
 * @param by the claim, or the condition that was never met
 * @param harm how the claim breaks; empty for a condition
 * @param preemptions of the shortest interleaving in that run
 * @param steps of that interleaving
 */
public record Caught(
    String design,
    String scenario,
    String kernel,
    String by,
    String harm,
    int preemptions,
    int steps) {}
