// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.util.List;
import org.gupstress.dossier.Dossier;
import org.jspecify.annotations.Nullable;

/**
 * All that is known from one trace.
 *
 * @param file its name
 * @param custody null if it has no page_ref events
 * @param histories of the pages that were asked for
 */
public record TraceRecord(
    String file,
    Reading reading,
    Dossier dossier,
    Refinement refinement,
    @Nullable Custody custody,
    List<PageHistory> histories) {}
