// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Where a native memory lies and how long it is.
 *
 * <p>The compiler may take no read of a field out of a loop that has volatile accesses in it, so
 * that each access would read both again. But as long as all memories of a process agree on one of
 * the two, as when there is a single machine, it is a constant of compiled code ({@link #common}).
 * When a memory comes that differs, such code is thrown away before anybody can have that memory.
 *
 * @param start the address of the first byte in this process
 * @param lines how many cache lines it has
 */
record Extent(long start, long lines) {
  /** Of something that is not the same in all memories, or at all times in this one. */
  static final long VARIES = -1;

  private static final Extent NOTHING = new Extent(VARIES, VARIES);
  private static final List<Extent> HELD = new ArrayList<>();
  private static final MutableCallSite COMMON = new MutableCallSite(constant(NOTHING));

  /** A call of it is the constant. */
  private static final MethodHandle GET_COMMON = COMMON.dynamicInvoker();

  private static MethodHandle constant(Extent extent) {
    return MethodHandles.constant(Extent.class, extent);
  }

  /** What all memories have in common. */
  static Extent common() {
    try {
      return (Extent) GET_COMMON.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError("a constant", e);
    }
  }

  /** To be called before the memory is used. */
  void hold() {
    synchronized (HELD) {
      HELD.add(this);
      agree();
    }
  }

  /** To be called when nobody will use the memory any more. */
  void release() {
    synchronized (HELD) {
      HELD.remove(this);
      agree();
    }
  }

  private static void agree() {
    Extent common = new Extent(same(Extent::start), same(Extent::lines));
    if (!common.equals(common())) {
      COMMON.setTarget(constant(common));
      MutableCallSite.syncAll(new MutableCallSite[] {COMMON});
    }
  }

  private static long same(ToLongFunction<Extent> part) {
    long[] different = HELD.stream().mapToLong(part).distinct().limit(2).toArray();
    return different.length == 1 ? different[0] : VARIES;
  }
}
