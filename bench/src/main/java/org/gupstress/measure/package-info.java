// SPDX-License-Identifier: Apache-2.0
/**
 * The JMH benchmarks of gupstress itself: the cost of the harness, not that of a pin. The package
 * of the same name in module stress says what belongs here.
 */
@NullMarked
package org.gupstress.measure;

import org.jspecify.annotations.NullMarked;
