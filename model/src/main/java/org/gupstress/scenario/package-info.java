// SPDX-License-Identifier: Apache-2.0
/** Who runs what on which CPU, and what a run must have met. */
@NullMarked
package org.gupstress.scenario;

import org.jspecify.annotations.NullMarked;
