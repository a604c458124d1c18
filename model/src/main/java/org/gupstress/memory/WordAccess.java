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

/**
 * How the running JDK reaches a word by its address, in the one form that costs no more than the
 * processor's instruction and prints no warning.
 *
 * <p>By reflection: the one is not part of Java SE, the other not yet of the Java 17 for which the
 * sources compile.
 */
abstract class WordAccess {
  /** The first release with {@code java.lang.foreign}. */
  private static final int FOREIGN = 22;

  static WordAccess ofThisJdk() {
    try {
      return Runtime.version().feature() < FOREIGN ? new Unsafe() : new Segment();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(
          "expected native memory, which --enable-native-access=ALL-UNNAMED allows", e);
    }
  }

  /**
   * A handle that takes the address and the operands.
   *
   * @param unsafe the name of the access in {@code sun.misc.Unsafe}
   */
  abstract MethodHandle to64(String unsafe, AccessMode mode);

  abstract MethodHandle to32(String unsafe, AccessMode mode);

  /** All bits that can be set in the address of a word of this width. */
  abstract long addresses(int width);

  /** The address of the first byte of a direct buffer. */
  abstract long address(ByteBuffer direct);

  /**
   * {@code sun.misc.Unsafe} warns from 24 on. It has no opaque accesses: volatile reads and ordered
   * writes cost the same.
   */
  private static final class Unsafe extends WordAccess {
    private final Class<?> type = Class.forName("sun.misc.Unsafe");
    private final Object unsafe;

    Unsafe() throws ReflectiveOperationException {
      Field field = type.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      this.unsafe = field.get(null);
    }

    @Override
    MethodHandle to64(String name, AccessMode mode) {
      return find(name);
    }

    @Override
    MethodHandle to32(String name, AccessMode mode) {
      return find(name);
    }

    /** The form with a base object and an offset, which is the address if there is no object. */
    private MethodHandle find(String name) {
      Method method = Arrays.stream(type.getMethods())
          .filter(candidate ->
              candidate.getName().equals(name) && candidate.getParameterTypes()[0] == Object.class)
          .findFirst()
          .orElseThrow();
      try {
        MethodHandle handle = MethodHandles.publicLookup().unreflect(method);
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
    MethodHandle to64(String name, AccessMode mode) {
      return longs.toMethodHandle(mode).bindTo(everything);
    }

    @Override
    MethodHandle to32(String name, AccessMode mode) {
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
