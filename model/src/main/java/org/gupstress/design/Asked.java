// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.gupstress.memory.Note;

/**
 * A design as operations of a scenario get it: the same, but the checker hears where its query
 * begins and what it answers. So an answer is judged wherever it is asked for, and not only where
 * {@link Mm#isPinned} is called.
 *
 * <p>It is no object of the design's class. {@code PinDesign} may get methods: they need no line
 * here.
 */
public final class Asked {
  private static final String QUERY = "isPinned";

  private Asked() {}

  /** The design, with a query that says when it is asked. */
  public static PinDesign of(PinDesign design) {
    return (PinDesign) Proxy.newProxyInstance(
        PinDesign.class.getClassLoader(),
        new Class<?>[] {PinDesign.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals(QUERY)) {
            return isPinned(design, (Mm) arguments[0], (long) arguments[1]);
          }
          try {
            return method.invoke(design, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static boolean isPinned(PinDesign design, Mm mm, long page) {
    mm.memory().note(Note.ASKS, page);
    boolean pinned = design.isPinned(mm, page);
    mm.memory().note(Note.ANSWERED, page, pinned ? 1 : 0);
    return pinned;
  }
}
