// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.OutOfRange;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.gupstress.scenario.Spec;
import org.jspecify.annotations.Nullable;

/** Whose code it is, the design's or the scenario's, where code of a plan breaks or gets stuck. */
final class Blame {
  private Blame() {}

  /** What was thrown, and in which method of the design or the scenario. */
  static String says(Plan plan, Throwable thrown) {
    String method = method(plan, thrown.getStackTrace());
    return method == null ? String.valueOf(thrown.getMessage()) : method + " threw " + thrown;
  }

  /**
   * Whether what was thrown is the scenario's mistake: the innermost code of a user's on the stack
   * is its own, or there is none and the scenario was asked. What is shipped makes none.
   *
   * @param doing what the scenario was asked for, or empty
   */
  static boolean isScenarios(Plan plan, @Nullable Throwable thrown, String doing) {
    if (Catalogue.isShipped(plan.scenario())) {
      return false;
    }
    if (thrown == null) {
      return Designs.all().contains(plan.design());
    }
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (isOf(plan.scenario(), frame)) {
        return true;
      }
      if (isOf(plan.design(), frame)) {
        return Designs.all().contains(plan.design()) && !doing.isEmpty();
      }
    }
    return !doing.isEmpty();
  }

  /** The scenario, what it was doing, where, and what was wrong with that. */
  static Stop.ScenarioBroke scenario(Plan plan, String doing, Throwable thrown) {
    return scenario(plan, doing, "", thrown, String.valueOf(thrown));
  }

  /**
   * The same of an operation.
   *
   * @param line where it was made
   * @param thrown null if it did something else that operations must not do
   */
  static Stop.ScenarioBroke scenario(
      Plan plan, String doing, String line, @Nullable Throwable thrown, String text) {
    Scenario scenario = plan.scenario();
    String at = line;
    if (thrown != null) {
      for (StackTraceElement frame : thrown.getStackTrace()) {
        if (isOf(scenario, frame)) {
          at = frame.getFileName() + ":" + frame.getLineNumber();
          break;
        }
      }
    }
    return new Stop.ScenarioBroke("the scenario "
        + scenario.id()
        + " broke"
        + (doing.isEmpty() ? "" : " in " + doing)
        + (at.isEmpty() ? "" : ", " + at)
        + ": "
        + (thrown instanceof OutOfRange ? thrown.getMessage() : text));
  }

  /** The outermost method of the design or the scenario, which is the one that was asked. */
  static @Nullable String method(Plan plan, StackTraceElement[] innermostFirst) {
    for (int i = innermostFirst.length - 1; i >= 0; i--) {
      StackTraceElement frame = innermostFirst[i];
      if (isOf(plan.design(), frame)) {
        return name(frame) + " of " + plan.design().id();
      }
      if (isOf(plan.scenario(), frame)) {
        return name(frame) + " of " + plan.scenario().id();
      }
    }
    return null;
  }

  /** The innermost line of the design on a stack, or nothing. */
  static String line(PinDesign design, Throwable thrown) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (isOf(design, frame)) {
        return " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
      }
    }
    return "";
  }

  /** The method in which the author wrote it: a lambda is named after it. */
  private static String name(StackTraceElement frame) {
    String name = frame.getMethodName();
    return name.startsWith("lambda$") ? name.split("\\$", -1)[1] : name;
  }

  /** Whether the frame is in the class of the object, or in one inside it. */
  private static boolean isOf(Object code, StackTraceElement frame) {
    if (code.getClass() == Spec.class) {
      // put together by somebody whose class nobody knows
      return false;
    }
    String name = code.getClass().getName();
    return frame.getClassName().equals(name) || frame.getClassName().startsWith(name + "$");
  }
}
