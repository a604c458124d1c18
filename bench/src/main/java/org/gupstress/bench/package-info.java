// SPDX-License-Identifier: Apache-2.0
/** What things cost: one class per question. */
@NullMarked
package org.gupstress.bench;

import org.jspecify.annotations.NullMarked;
