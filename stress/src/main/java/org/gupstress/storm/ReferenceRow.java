// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.page.Ref;
import org.gupstress.page.Site;

/**
 * References to pages that one call site took and dropped for one reason. Where a reason's
 * references are taken at one site and dropped at another, only the sums over all sites balance.
 */
public record ReferenceRow(Ref reason, Site site, long taken, long dropped) {}
