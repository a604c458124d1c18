// SPDX-License-Identifier: Apache-2.0
/** Designs and scenarios that users write: compiled, looked through, and loaded. */
@NullMarked
package org.gupstress.userfile;

import org.jspecify.annotations.NullMarked;
