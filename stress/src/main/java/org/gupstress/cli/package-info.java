// SPDX-License-Identifier: Apache-2.0
/** The command line: what the user asks, and with which status it ends. */
@NullMarked
package org.gupstress.cli;

import org.jspecify.annotations.NullMarked;
