// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.util.List;

/**
 * What happened to a page.
 *
 * @param pfn its frame
 * @param events that it has in the trace; those of them that are remembered are {@code steps}
 */
public record PageHistory(long pfn, long events, List<PageStep> steps) {}
