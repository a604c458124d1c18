// SPDX-License-Identifier: Apache-2.0
/** The pin designs, each reading as its kernel code does. */
@NullMarked
package org.gupstress.design;

import org.jspecify.annotations.NullMarked;
