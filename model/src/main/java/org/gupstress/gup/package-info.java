// SPDX-License-Identifier: Apache-2.0
/** Page tables, get_user_pages slow and fast, and the pin API that designs fill in. */
@NullMarked
package org.gupstress.gup;

import org.jspecify.annotations.NullMarked;
