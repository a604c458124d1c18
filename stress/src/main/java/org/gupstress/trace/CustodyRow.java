// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import org.gupstress.page.Ref;

/**
 * References to pages that a function took and dropped for one reason. A pin of FOLL_PIN, 1024
 * units of _refcount, is one.
 *
 * @param site the function of the stack that says so
 */
public record CustodyRow(Ref reason, String site, long taken, long dropped) {}
