// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle.AccessMode;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * Words of this process by their address: what is below {@link NativeMemory}, which has checked
 * that the address is its own and aligned.
 *
 * <p>Each access is one instruction of the processor ({@link WordAccess}); those with Once in their
 * name are opaque or stronger. The bytes stay allocated as long as their {@code owner} can be
 * reached, which is at least until the access is over.
 */
final class Words {
  private static final WordAccess ACCESS = WordAccess.ofThisJdk();

  /** All ones, or what tells the compiler that the JDK need not check the address. */
  private static final long ALIGNED_64 = ACCESS.addresses(Long.BYTES);

  private static final long ALIGNED_32 = ACCESS.addresses(Integer.BYTES);

  private static final MethodHandle GET_64 = ACCESS.to64(AccessMode.GET);
  private static final MethodHandle GET_ONCE_64 = ACCESS.to64(AccessMode.GET_OPAQUE);
  private static final MethodHandle GET_ACQUIRE_64 = ACCESS.to64(AccessMode.GET_ACQUIRE);
  private static final MethodHandle SET_64 = ACCESS.to64(AccessMode.SET);
  private static final MethodHandle SET_ONCE_64 = ACCESS.to64(AccessMode.SET_OPAQUE);
  private static final MethodHandle SET_RELEASE_64 = ACCESS.to64(AccessMode.SET_RELEASE);
  private static final MethodHandle GET_AND_ADD_64 = ACCESS.to64(AccessMode.GET_AND_ADD);
  private static final MethodHandle COMPARE_AND_SET_64 = ACCESS.to64(AccessMode.COMPARE_AND_SET);

  private static final MethodHandle GET_32 = ACCESS.to32(AccessMode.GET);
  private static final MethodHandle GET_ONCE_32 = ACCESS.to32(AccessMode.GET_OPAQUE);
  private static final MethodHandle GET_ACQUIRE_32 = ACCESS.to32(AccessMode.GET_ACQUIRE);
  private static final MethodHandle SET_32 = ACCESS.to32(AccessMode.SET);
  private static final MethodHandle SET_ONCE_32 = ACCESS.to32(AccessMode.SET_OPAQUE);
  private static final MethodHandle SET_RELEASE_32 = ACCESS.to32(AccessMode.SET_RELEASE);
  private static final MethodHandle GET_AND_ADD_32 = ACCESS.to32(AccessMode.GET_AND_ADD);
  private static final MethodHandle COMPARE_AND_SET_32 = ACCESS.to32(AccessMode.COMPARE_AND_SET);

  private Words() {}

  /** The address of the first byte of a direct buffer. */
  static long address(ByteBuffer direct) {
    return ACCESS.address(direct);
  }

  static long get64(Object owner, long at) {
    try {
      return (long) GET_64.invokeExact(at & ALIGNED_64);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static long getOnce64(Object owner, long at) {
    try {
      return (long) GET_ONCE_64.invokeExact(at & ALIGNED_64);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static long getAcquire64(Object owner, long at) {
    try {
      return (long) GET_ACQUIRE_64.invokeExact(at & ALIGNED_64);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static void set64(Object owner, long at, long value) {
    try {
      SET_64.invokeExact(at & ALIGNED_64, value);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static void setOnce64(Object owner, long at, long value) {
    try {
      SET_ONCE_64.invokeExact(at & ALIGNED_64, value);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static void setRelease64(Object owner, long at, long value) {
    try {
      SET_RELEASE_64.invokeExact(at & ALIGNED_64, value);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static long getAndAdd64(Object owner, long at, long delta) {
    try {
      return (long) GET_AND_ADD_64.invokeExact(at & ALIGNED_64, delta);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static boolean compareAndSet64(Object owner, long at, long expected, long value) {
    try {
      return (boolean) COMPARE_AND_SET_64.invokeExact(at & ALIGNED_64, expected, value);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static long getAndOr64(Object owner, long at, long mask) {
    long seen;
    do {
      seen = getOnce64(owner, at);
    } while (!compareAndSet64(owner, at, seen, seen | mask));
    return seen;
  }

  static long getAndAnd64(Object owner, long at, long mask) {
    long seen;
    do {
      seen = getOnce64(owner, at);
    } while (!compareAndSet64(owner, at, seen, seen & mask));
    return seen;
  }

  static int get32(Object owner, long at) {
    try {
      return (int) GET_32.invokeExact(at & ALIGNED_32);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static int getOnce32(Object owner, long at) {
    try {
      return (int) GET_ONCE_32.invokeExact(at & ALIGNED_32);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static int getAcquire32(Object owner, long at) {
    try {
      return (int) GET_ACQUIRE_32.invokeExact(at & ALIGNED_32);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static void set32(Object owner, long at, int value) {
    try {
      SET_32.invokeExact(at & ALIGNED_32, value);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static void setOnce32(Object owner, long at, int value) {
    try {
      SET_ONCE_32.invokeExact(at & ALIGNED_32, value);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static void setRelease32(Object owner, long at, int value) {
    try {
      SET_RELEASE_32.invokeExact(at & ALIGNED_32, value);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static int getAndAdd32(Object owner, long at, int delta) {
    try {
      return (int) GET_AND_ADD_32.invokeExact(at & ALIGNED_32, delta);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  static boolean compareAndSet32(Object owner, long at, int expected, int value) {
    try {
      return (boolean) COMPARE_AND_SET_32.invokeExact(at & ALIGNED_32, expected, value);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  private static AssertionError impossible(Throwable thrown) {
    return new AssertionError("an access that was checked", thrown);
  }
}
