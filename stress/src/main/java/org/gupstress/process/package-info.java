// SPDX-License-Identifier: Apache-2.0
/** What runs have in common that are made in JVMs of their own: the JVMs, the files, the end. */
@NullMarked
package org.gupstress.process;

import org.jspecify.annotations.NullMarked;
