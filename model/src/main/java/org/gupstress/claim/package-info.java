// SPDX-License-Identifier: Apache-2.0
/** The reviewer's questions as claims, and the checker that watches them. */
@NullMarked
package org.gupstress.claim;

import org.jspecify.annotations.NullMarked;
