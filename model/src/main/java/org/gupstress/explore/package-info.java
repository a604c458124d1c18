// SPDX-License-Identifier: Apache-2.0
/** The exhaustive explorer: state graph, counterexamples, replay. */
@NullMarked
package org.gupstress.explore;

import org.jspecify.annotations.NullMarked;
