// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.page.Ref;

/**
 * References to pages that one call site took and dropped for one reason. Where a reason's
 * references are taken at one site and dropped at another, only the sums over all sites balance.
 *
 * @param site the function
 */
public record ReferenceRow(Ref reason, String site, long taken, long dropped) {}
