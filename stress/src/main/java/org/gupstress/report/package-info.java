// SPDX-License-Identifier: Apache-2.0
/** What runs have found, as people and programs read it: terminal, mail, result.json. */
@NullMarked
package org.gupstress.report;

import org.jspecify.annotations.NullMarked;
