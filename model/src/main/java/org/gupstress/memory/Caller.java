// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A function that led to an access.
 *
 * @param function its name in kernel spelling
 * @param isAccessor whether it only makes the access: see {@link Accessor}
 * @param type the class whose source has it, or empty
 * @param line where in that source it called on, or 0
 */
public record Caller(String function, boolean isAccessor, String type, int line) {
  private static final StackWalker WALKER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

  /** The lines of each class that call on: every access asks for the same few. */
  private static final ClassValue<Map<String, Caller>> KNOWN = new ClassValue<>() {
    @Override
    protected Map<String, Caller> computeValue(Class<?> type) {
      return new ConcurrentHashMap<>();
    }
  };

  /**
   * The functions on the stack of this thread, outermost first, from the method that runs the
   * operation to the one that accessed memory; neither of them, nor what the compiler made.
   *
   * @param runner the class from which the operation is run
   * @param method its method that does so
   */
  static List<Caller> walk(Class<?> runner, String method) {
    List<Caller> found = WALKER.walk(frames -> frames
        .takeWhile(frame ->
            frame.getDeclaringClass() != runner || !frame.getMethodName().equals(method))
        .filter(frame -> !isOfMemory(frame.getDeclaringClass()) && !isSynthetic(frame))
        .map(Caller::of)
        .toList());
    List<Caller> path = new ArrayList<>();
    for (Caller caller : outermostFirst(found)) {
      // an overload that calls the next is one function of the kernel, which goes on in the next
      int last = path.size() - 1;
      if (last < 0 || !path.get(last).function.equals(caller.function)) {
        path.add(caller);
      } else {
        boolean isAccessor = path.get(last).isAccessor;
        path.set(last, new Caller(caller.function, isAccessor, caller.type, caller.line));
      }
    }
    return List.copyOf(path);
  }

  private static List<Caller> outermostFirst(List<Caller> innermostFirst) {
    List<Caller> path = new ArrayList<>(innermostFirst);
    Collections.reverse(path);
    return path;
  }

  private static Caller of(StackFrame frame) {
    return KNOWN
        .get(frame.getDeclaringClass())
        .computeIfAbsent(
            frame.getMethodName() + frame.getDescriptor() + frame.getLineNumber(),
            key -> new Caller(
                kernelName(frame.getMethodName()),
                isAccessor(frame),
                outermost(frame.getDeclaringClass()).getName(),
                Math.max(0, frame.getLineNumber())));
  }

  /** The class of the source file. */
  private static Class<?> outermost(Class<?> type) {
    Class<?> out = type;
    while (out.getEnclosingClass() != null) {
      out = out.getEnclosingClass();
    }
    return out;
  }

  private static String kernelName(String method) {
    return method.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static boolean isOfMemory(Class<?> declaring) {
    return declaring.getPackage() == Caller.class.getPackage();
  }

  /** Lambdas, and bridges of all kinds. */
  private static boolean isSynthetic(StackFrame frame) {
    return frame.getMethodName().contains("$");
  }

  private static boolean isAccessor(StackFrame frame) {
    try {
      Method method = frame
          .getDeclaringClass()
          .getDeclaredMethod(frame.getMethodName(), frame.getMethodType().parameterArray());
      return method.isAnnotationPresent(Accessor.class);
    } catch (NoSuchMethodException constructor) {
      return false;
    }
  }
}
