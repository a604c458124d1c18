// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.invoke.VarHandle.AccessMode;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * How the running JDK reaches a word by its address, in the form that costs least of those that
 * print no warning.
 *
 * <p>The forms are found by reflection, because none of them is part of Java SE 17.
 */
abstract class WordAccess {
  /** The first release with {@code java.lang.foreign}. */
  private static final int FOREIGN = 22;

  static WordAccess ofThisJdk() {
    try {
      if (Runtime.version().feature() < FOREIGN) {
        Class<?> supported = Class.forName("sun.misc.Unsafe");
        Field only = supported.getDeclaredField("theUnsafe");
        only.setAccessible(true);
        return new Unsafe(supported, only.get(null), Unsafe.SUPPORTED);
      }
      Class<?> internal = Class.forName("jdk.internal.misc.Unsafe");
      Module ours = WordAccess.class.getModule();
      return internal.getModule().isExported(internal.getPackageName(), ours)
          ? new Unsafe(internal, internal.getMethod("getUnsafe").invoke(null), Unsafe.INTERNAL)
          : new Segment();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(
          "expected native memory, which " + String.join(" ", NativeMemory.JVM_FLAGS) + " allows",
          e);
    }
  }

  /** A handle that takes the address and the operands. */
  abstract MethodHandle to64(AccessMode mode);

  abstract MethodHandle to32(AccessMode mode);

  /** All bits that can be set in the address of a word of this width. */
  abstract long addresses(int width);

  /** The address of the first byte of a direct buffer. */
  abstract long address(ByteBuffer direct);

  /**
   * Unsafe as the JDK left it to others, which warns from 24 on, or as it has it for itself, where
   * that is exported. The first has no opaque accesses: volatile reads and ordered writes cost no
   * more, on JDK 17 even less.
   */
  private static final class Unsafe extends WordAccess {
    private static final Map<AccessMode, String> INTERNAL = Map.of(
        AccessMode.GET, "get%s",
        AccessMode.GET_OPAQUE, "get%sOpaque",
        AccessMode.GET_ACQUIRE, "get%sAcquire",
        AccessMode.SET, "put%s",
        AccessMode.SET_OPAQUE, "put%sOpaque",
        AccessMode.SET_RELEASE, "put%sRelease",
        AccessMode.COMPARE_AND_SET, "compareAndSet%s",
        AccessMode.GET_AND_ADD, "getAndAdd%s");

    private static final Map<AccessMode, String> SUPPORTED = Map.of(
        AccessMode.GET, "get%s",
        AccessMode.GET_OPAQUE, "get%sVolatile",
        AccessMode.GET_ACQUIRE, "get%sVolatile",
        AccessMode.SET, "put%s",
        AccessMode.SET_OPAQUE, "putOrdered%s",
        AccessMode.SET_RELEASE, "putOrdered%s",
        AccessMode.COMPARE_AND_SET, "compareAndSwap%s",
        AccessMode.GET_AND_ADD, "getAndAdd%s");

    private final Class<?> type;
    private final Object unsafe;
    private final Map<AccessMode, String> names;

    Unsafe(Class<?> type, Object unsafe, Map<AccessMode, String> names) {
      this.type = type;
      this.unsafe = unsafe;
      this.names = names;
    }

    @Override
    MethodHandle to64(AccessMode mode) {
      return find(mode, "Long");
    }

    @Override
    MethodHandle to32(AccessMode mode) {
      return find(mode, "Int");
    }

    /** The form with a base object and an offset, which is the address if there is no object. */
    private MethodHandle find(AccessMode mode, String word) {
      String name = String.format(names.getOrDefault(mode, ""), word);
      Method method = Arrays.stream(type.getMethods())
          .filter(candidate ->
              candidate.getName().equals(name) && candidate.getParameterTypes()[0] == Object.class)
          .findFirst()
          .orElseThrow();
      try {
        MethodHandle handle = MethodHandles.lookup().unreflect(method);
        return MethodHandles.insertArguments(handle, 0, unsafe, null);
      } catch (IllegalAccessException e) {
        throw new LinkageError(name, e);
      }
    }

    @Override
    long addresses(int width) {
      return -1;
    }

    @Override
    long address(ByteBuffer direct) {
      try {
        Field field = Buffer.class.getDeclaredField("address");
        long offset = (long) type.getMethod("objectFieldOffset", Field.class).invoke(unsafe, field);
        return (long)
            type.getMethod("getLong", Object.class, long.class).invoke(unsafe, direct, offset);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("the address of a buffer", e);
      }
    }
  }

  /**
   * A {@code MemorySegment} that is the whole address space. Making it is a restricted method:
   * {@code --enable-native-access}, or the manifest of an executable jar, keeps the JDK quiet.
   */
  private static final class Segment extends WordAccess {
    private final Class<?> type = Class.forName("java.lang.foreign.MemorySegment");
    private final Class<?> layouts = Class.forName("java.lang.foreign.ValueLayout");
    private final Object everything;
    private final VarHandle longs;
    private final VarHandle ints;

    Segment() throws ReflectiveOperationException {
      this.everything = type.getMethod("reinterpret", long.class)
          .invoke(type.getField("NULL").get(null), Long.MAX_VALUE);
      this.longs = words("JAVA_LONG");
      this.ints = words("JAVA_INT");
    }

    private VarHandle words(String layout) throws ReflectiveOperationException {
      return (VarHandle)
          layouts.getMethod("varHandle").invoke(layouts.getField(layout).get(null));
    }

    @Override
    MethodHandle to64(AccessMode mode) {
      return longs.toMethodHandle(mode).bindTo(everything);
    }

    @Override
    MethodHandle to32(AccessMode mode) {
      return ints.toMethodHandle(mode).bindTo(everything);
    }

    /** With this mask the compiler sees that the segment's own checks pass, and drops them. */
    @Override
    long addresses(int width) {
      return Long.MAX_VALUE >>> 1 & -width;
    }

    @Override
    long address(ByteBuffer direct) {
      try {
        Object segment = type.getMethod("ofBuffer", Buffer.class).invoke(null, direct);
        return (long) type.getMethod("address").invoke(segment);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("the address of a buffer", e);
      }
    }
  }
}
