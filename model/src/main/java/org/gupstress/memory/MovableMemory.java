// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/**
 * Memory whose start its thread may change at any time. The field with the start is alone on its
 * cache lines, so that no thread that reads an object beside this one waits for it.
 */
abstract class MovableMemory extends Memory {
  long before0, before1, before2, before3, before4, before5, before6, before7;
  long before8, before9, before10, before11, before12, before13, before14, before15;

  /** Where in this process the first byte lies. */
  long start;

  long behind0, behind1, behind2, behind3, behind4, behind5, behind6, behind7;
  long behind8, behind9, behind10, behind11, behind12, behind13, behind14, behind15;
}
