// SPDX-License-Identifier: Apache-2.0
/** The catalogue of races: what goes wrong, where it was found, and which run shows it. */
@NullMarked
package org.gupstress.race;

import org.jspecify.annotations.NullMarked;
