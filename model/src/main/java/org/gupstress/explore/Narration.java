// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

/** How much a machine says about what happens in it. */
enum Narration {
  /** Only which harms are done. */
  HARMS,
  /** A sentence for each finding, too. */
  FINDINGS,
  /** And, for each access, the functions that led to it. */
  CALLERS
}
