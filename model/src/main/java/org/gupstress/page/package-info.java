// SPDX-License-Identifier: Apache-2.0
/** struct page: its 64 bytes and their union, flags, references and the reasons for them. */
@NullMarked
package org.gupstress.page;

import org.jspecify.annotations.NullMarked;
