// SPDX-License-Identifier: Apache-2.0
/** The long run at scale: real threads as CPUs over thousands of pages under memory pressure. */
@NullMarked
package org.gupstress.storm;

import org.jspecify.annotations.NullMarked;
