// SPDX-License-Identifier: Apache-2.0
/**
 * The rows of the explorer: what an audit or an exploration was asked for and what it found, with
 * their writer and reader.
 *
 * <p>An audit writes one {@link org.gupstress.court.AuditRow} when it begins, and again when it is
 * over; between them a {@link org.gupstress.court.CellRow} for each design, scenario and kernel as
 * it is done. A cell has one verdict for all claims but those that it names as violated or as not
 * applicable; sentences stand in the row of the audit, once. An exploration is one
 * {@link org.gupstress.court.ExploreRow}.
 *
 * <p>What a run prints is made of the rows it has written, by the same view that prints them from a
 * file: nothing else is known to either. A row says what was expected when it was written; a later
 * version of the tool does not judge it again.
 *
 * <p>Which claims does rfc-nov break, and where:
 *
 * <pre>{@code
 * jq -r '.rows[] | select(.row == "cell" and .design == "rfc-nov")
 *   | .scenario as $where | .violations[]? | [.claim, $where] | @tsv' result.json | sort -u
 * }</pre>
 */
@NullMarked
package org.gupstress.court;

import org.jspecify.annotations.NullMarked;
