// SPDX-License-Identifier: Apache-2.0
/** Many plans: run side by side, held against what is expected, and judged. */
@NullMarked
package org.gupstress.audit;

import org.jspecify.annotations.NullMarked;
