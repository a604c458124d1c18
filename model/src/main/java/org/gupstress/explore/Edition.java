// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

/**
 * A class loader that knows from which edition of a source its classes come. What a token says of
 * one edition it does not say of another, even where both make the same steps.
 */
public interface Edition {
  /** A fingerprint of the source. */
  long edition();

  /** The edition from which an object comes; 0 where nobody knows, as with what is shipped. */
  static long of(Object code) {
    return code.getClass().getClassLoader() instanceof Edition known ? known.edition() : 0;
  }
}
