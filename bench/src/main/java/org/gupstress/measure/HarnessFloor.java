// SPDX-License-Identifier: Apache-2.0
package org.gupstress.measure;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.gupstress.memory.Arena;
import org.gupstress.memory.NativeMemory;
import org.gupstress.page.PageLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does native memory add to an access? One thread accesses one page after the other: through
 * native memory, through {@code sun.misc.Unsafe} without a check of the address (the floor), and in
 * a {@code long[]} through a VarHandle (its 32-bit accesses are 64-bit ones, as it has no halves of
 * words). Figures are nanoseconds of one access.
 *
 * <p>Native memory checks that no address is wild, and translates an address of the modelled kernel
 * to one of this process. The figures of {@code scan} and {@code walk} are for one page, whose
 * flags and reference count are read once each: in the order of addresses, and along
 * {@code lru.prev} as reclaim does. The others contain the choice of the page and the time of an
 * invocation by JMH.
 *
 * <p>As in a storm, there is one machine in the process, so that where it lies and ends are
 * constants of compiled code. {@code scanAmongOthers} is what a scan costs where they are fields.
 *
 * <p>Where the JDK warns of Unsafe, it does so once in every fork.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {NativeMemory.NATIVE_ACCESS, NativeMemory.EXPORTS})
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class HarnessFloor {
  private static final int PAGES = 4096;

  /** The pages of a machine lie behind what is private to its CPUs. */
  private static final long FIRST = Arena.BASE + Arena.CPU_BLOCK;

  private static final int BYTES = PAGES * PageLayout.SIZE;
  private static final int WORDS_PER_PAGE = PageLayout.SIZE / Long.BYTES;
  private static final int LRU_PREV_WORD = PageLayout.LRU_PREV / Long.BYTES;
  private static final int REFCOUNT_WORD = PageLayout.REFCOUNT / Long.BYTES;

  private static final Object UNSAFE = unsafe();
  private static final MethodHandle GET_LONG = unsafe("getLongVolatile");
  private static final MethodHandle SET_LONG = unsafe("putOrderedLong");
  private static final MethodHandle GET_INT = unsafe("getIntVolatile");
  private static final MethodHandle ADD_INT = unsafe("getAndAddInt");
  private static final MethodHandle CAS_INT = unsafe("compareAndSwapInt");
  private static final MethodHandle CAS_LONG = unsafe("compareAndSwapLong");
  private static final VarHandle WORD =
      MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();

  private final NativeMemory memory = new NativeMemory(Arena.CPU_BLOCK + BYTES);
  private final long[] array = new long[PAGES * WORDS_PER_PAGE];
  private final long first = allocate(BYTES);

  /** Not a constant, or the compiler would see that a scan of so many pages needs no check. */
  private int pages = PAGES;

  /** The page of the next single access. */
  private int number;

  private int next() {
    number = (number + 1) & (PAGES - 1);
    return number;
  }

  private static long page(int number) {
    return FIRST + (long) number * PageLayout.SIZE;
  }

  private long address(int number) {
    return first + (long) number * PageLayout.SIZE;
  }

  /** All pages in a circle, in an order that is not that of their addresses. */
  @Setup
  public void link() throws Throwable {
    List<Integer> order = new ArrayList<>(IntStream.range(0, PAGES).boxed().toList());
    Collections.shuffle(order, new Random(1));
    for (int i = 0; i < PAGES; i++) {
      int at = order.get(i);
      int prev = order.get((i + 1) % PAGES);
      memory.write64(page(at) + PageLayout.LRU_PREV, page(prev));
      SET_LONG.invokeExact(address(at) + PageLayout.LRU_PREV, address(prev));
      array[at * WORDS_PER_PAGE + LRU_PREV_WORD] = prev;
    }
  }

  private static Object unsafe() {
    try {
      Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("there is no floor", e);
    }
  }

  /** A method of Unsafe that takes an object and an offset, with no object. */
  private static MethodHandle unsafe(String name) {
    try {
      return MethodHandles.insertArguments(
          MethodHandles.publicLookup()
              .unreflect(Arrays.stream(UNSAFE.getClass().getMethods())
                  .filter(method -> method.getName().equals(name))
                  .findFirst()
                  .orElseThrow()),
          0,
          UNSAFE,
          null);
    } catch (IllegalAccessException e) {
      throw new LinkageError(name, e);
    }
  }

  /** Zeroed bytes from a page boundary on, for as long as the process runs. */
  private static long allocate(long bytes) {
    try {
      Class<?> type = UNSAFE.getClass();
      long at = (long) type.getMethod("allocateMemory", long.class).invoke(UNSAFE, bytes + 4096);
      long aligned = (at + 4095) & -4096;
      type.getMethod("setMemory", long.class, long.class, byte.class)
          .invoke(UNSAFE, aligned, bytes, (byte) 0);
      return aligned;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("there is no floor", e);
    }
  }

  // ---- READ_ONCE

  @Benchmark
  public long readNative() {
    return memory.readOnce64(page(next()) + PageLayout.FLAGS);
  }

  @Benchmark
  public long readUnsafe() throws Throwable {
    return (long) GET_LONG.invokeExact(address(next()) + PageLayout.FLAGS);
  }

  @Benchmark
  public long readArray() {
    return (long) WORD.getOpaque(array, next() * WORDS_PER_PAGE);
  }

  // ---- atomic_inc

  @Benchmark
  public void addNative() {
    memory.add32(page(next()) + PageLayout.REFCOUNT, 1);
  }

  @Benchmark
  public int addUnsafe() throws Throwable {
    return (int) ADD_INT.invokeExact(address(next()) + PageLayout.REFCOUNT, 1);
  }

  @Benchmark
  public long addArray() {
    return (long) WORD.getAndAdd(array, next() * WORDS_PER_PAGE, 1L);
  }

  // ---- cmpxchg

  @Benchmark
  public boolean compareAndSetNative() {
    return memory.compareAndSet32(page(next()) + PageLayout.REFCOUNT, 0, 0);
  }

  @Benchmark
  public boolean compareAndSetUnsafe() throws Throwable {
    return (boolean) CAS_INT.invokeExact(address(next()) + PageLayout.REFCOUNT, 0, 0);
  }

  @Benchmark
  public boolean compareAndSetArray() {
    return WORD.compareAndSet(array, next() * WORDS_PER_PAGE, 0L, 0L);
  }

  // ---- set_bit

  @Benchmark
  public void setBitNative() {
    memory.setBits64(page(next()) + PageLayout.FLAGS, 1);
  }

  @Benchmark
  public long setBitUnsafe() throws Throwable {
    long flags = address(next()) + PageLayout.FLAGS;
    long seen;
    do {
      seen = (long) GET_LONG.invokeExact(flags);
    } while (!(boolean) CAS_LONG.invokeExact(flags, seen, seen | 1));
    return seen;
  }

  @Benchmark
  public long setBitArray() {
    return (long) WORD.getAndBitwiseOr(array, next() * WORDS_PER_PAGE, 1L);
  }

  // ---- pages in the order of their addresses

  /** A memory of another size. */
  @State(Scope.Thread)
  public static class Other {
    private final NativeMemory memory = new NativeMemory(1);
  }

  @Benchmark
  @OperationsPerInvocation(PAGES)
  public long scanAmongOthers(Other other) {
    return scanNative() + other.memory.machines();
  }

  @Benchmark
  @OperationsPerInvocation(PAGES)
  public long scanNative() {
    NativeMemory words = memory;
    int end = pages;
    long sum = 0;
    for (int i = 0; i < end; i++) {
      long p = page(i);
      sum += words.readOnce64(p + PageLayout.FLAGS) + words.readOnce32(p + PageLayout.REFCOUNT);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(PAGES)
  public long scanUnsafe() throws Throwable {
    long start = first;
    int end = pages;
    long sum = 0;
    for (int i = 0; i < end; i++) {
      long p = start + (long) i * PageLayout.SIZE;
      sum += (long) GET_LONG.invokeExact(p + PageLayout.FLAGS)
          + (int) GET_INT.invokeExact(p + PageLayout.REFCOUNT);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(PAGES)
  public long scanArray() {
    long[] words = array;
    int end = pages;
    long sum = 0;
    for (int i = 0; i < end; i++) {
      int p = i * WORDS_PER_PAGE;
      sum += (long) WORD.getOpaque(words, p) + (long) WORD.getOpaque(words, p + REFCOUNT_WORD);
    }
    return sum;
  }

  // ---- reclaim's inner loop

  @Benchmark
  @OperationsPerInvocation(PAGES)
  public long walkNative() {
    NativeMemory words = memory;
    long sum = 0;
    long p = page(0);
    for (int i = 0; i < PAGES; i++) {
      sum += words.readOnce64(p + PageLayout.FLAGS) + words.readOnce32(p + PageLayout.REFCOUNT);
      p = words.readOnce64(p + PageLayout.LRU_PREV);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(PAGES)
  public long walkUnsafe() throws Throwable {
    long sum = 0;
    long p = address(0);
    for (int i = 0; i < PAGES; i++) {
      sum += (long) GET_LONG.invokeExact(p + PageLayout.FLAGS)
          + (int) GET_INT.invokeExact(p + PageLayout.REFCOUNT);
      p = (long) GET_LONG.invokeExact(p + PageLayout.LRU_PREV);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(PAGES)
  public long walkArray() {
    long[] words = array;
    long sum = 0;
    int p = 0;
    for (int i = 0; i < PAGES; i++) {
      int at = p * WORDS_PER_PAGE;
      sum += (long) WORD.getOpaque(words, at) + (long) WORD.getOpaque(words, at + REFCOUNT_WORD);
      p = (int) (long) WORD.getOpaque(words, at + LRU_PREV_WORD);
    }
    return sum;
  }
}
