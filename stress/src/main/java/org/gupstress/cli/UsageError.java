// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

/** The user asked for something that cannot be done; the message says what, in a sentence. */
final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageError(String message) {
    super(message);
  }
}
