// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

/**
 * A class loader that knows which edition of a user's code it has. What a token says of one edition
 * it does not say of another, even where both make the same steps. Comments and layout of the
 * source make no edition.
 */
public interface Edition {
  /** A fingerprint of the compiled code, without what only debuggers read. */
  long edition();

  /** The edition from which an object comes; 0 where nobody knows, as with what is shipped. */
  static long of(Object code) {
    return code.getClass().getClassLoader() instanceof Edition known ? known.edition() : 0;
  }
}
