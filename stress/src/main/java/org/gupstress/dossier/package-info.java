// SPDX-License-Identifier: Apache-2.0
/**
 * What a machine did under pressure, whichever machine it was: a real one, of which there is a
 * trace, or that of a storm. Both have the same rows, so that they can stand side by side.
 *
 * <ul>
 *   <li>{@link org.gupstress.dossier.Dossier}: {@code count}, {@code rate} and {@code ratio}, and a
 *       {@link org.gupstress.dossier.ListPass} for each LRU list and priority.
 *   <li>{@link org.gupstress.dossier.TimeSpread}: how long something took.
 *   <li>{@link org.gupstress.dossier.ReferenceRow}: who takes and drops references of pages. A pin
 *       of FOLL_PIN is one reference of 1024 units.
 * </ul>
 *
 * <p>{@link org.gupstress.dossier.DossierWriter} and {@link org.gupstress.dossier.DossierReader}
 * are their part of the rows of the result file.
 */
@NullMarked
package org.gupstress.dossier;

import org.jspecify.annotations.NullMarked;
