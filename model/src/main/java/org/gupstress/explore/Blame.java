// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import org.jspecify.annotations.Nullable;

/** Whose method is on a stack, where code of a plan breaks or gets stuck outside operations. */
final class Blame {
  private Blame() {}

  /** What was thrown, and in which method of the design or the scenario. */
  static String says(Plan plan, Throwable thrown) {
    String method = method(plan, thrown.getStackTrace());
    return method == null ? String.valueOf(thrown.getMessage()) : method + " threw " + thrown;
  }

  /** The outermost method of the design or the scenario, which is the one that was asked. */
  static @Nullable String method(Plan plan, StackTraceElement[] innermostFirst) {
    for (int i = innermostFirst.length - 1; i >= 0; i--) {
      StackTraceElement frame = innermostFirst[i];
      for (Object code : new Object[] {plan.design(), plan.scenario()}) {
        if (isOf(code, frame)) {
          String id =
              code == plan.design() ? plan.design().id() : plan.scenario().id();
          return name(frame) + " of " + id;
        }
      }
    }
    return null;
  }

  /** The method in which the author wrote it: a lambda is named after it. */
  private static String name(StackTraceElement frame) {
    String name = frame.getMethodName();
    return name.startsWith("lambda$") ? name.split("\\$", -1)[1] : name;
  }

  /** Whether the frame is in the class of the object, or in one inside it. */
  private static boolean isOf(Object code, StackTraceElement frame) {
    String name = code.getClass().getName();
    return frame.getClassName().equals(name) || frame.getClassName().startsWith(name + "$");
  }
}
