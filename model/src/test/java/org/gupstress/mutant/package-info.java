// SPDX-License-Identifier: Apache-2.0
/**
 * How good the audit is at catching mistakes: changes of the model's source, each compiled beside
 * the model that is shipped and explored until a claim falls that holds without it.
 *
 * <p>One way to plant a change and to judge it: {@link org.gupstress.mutant.Sources} compiles it,
 * {@link org.gupstress.mutant.MutantLoader} loads it, {@link org.gupstress.mutant.Inquest} explores
 * {@link org.gupstress.mutant.Cell}s. Two kinds of changes:
 *
 * <ul>
 *   <li>Seeded defects, written by hand: {@link org.gupstress.mutant.Mutants}. Each is caught, or a
 *       sentence says why nobody could tell.
 *   <li>Generated ones: {@link org.gupstress.mutant.Places} finds them by
 *       {@link org.gupstress.mutant.Operator} in the syntax tree. {@code mvn -Pmutants -pl model
 *       test} judges those that {@code mutants.tsv} lacks, and appends to it; a run can be stopped
 *       anywhere. {@code model/MUTANTS.md} is made from that file by
 *       {@link org.gupstress.mutant.MutantsPage}.
 * </ul>
 *
 * <p>A new operator: its constant in {@code Operator}, what it does to a tree in
 * {@link org.gupstress.mutant.Statements} or {@link org.gupstress.mutant.Expressions}, the names it
 * goes by in {@link org.gupstress.mutant.Kernelspeak}, a test in {@code PlacesTest}. Survivors that
 * are explained: a {@link org.gupstress.mutant.Kind}. Survivors that a new claim or scenario should
 * catch: take their lines out of {@code mutants.tsv} and run again.
 *
 * <p>Limits: a change is judged at the usual size of each scenario; where a search outgrows four
 * times the states of the unchanged code, it is left.
 */
package org.gupstress.mutant;
