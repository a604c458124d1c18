// SPDX-License-Identifier: Apache-2.0
/** What a pin costs: plans benchmarks, has JMH run them, and makes figures of what it measured. */
@NullMarked
package org.gupstress.benchmark;

import org.jspecify.annotations.NullMarked;
