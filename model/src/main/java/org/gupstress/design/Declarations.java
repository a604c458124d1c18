// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a design, or anything else that users write, must be before any of it runs. The names appear
 * in tokens, in file names and in reports of every kind.
 */
public final class Declarations {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern LOCK = Pattern.compile("[a-z_][a-z0-9_]{0,39}");
  private static final int SUMMARY_MAX = 200;
  private static final int BYTES_MAX = 4096;
  private static final int WORDS_MAX = 64;
  private static final int LOCKS_MAX = 8;
  private static final int REFS_MAX = 1 << 20;
  private static final long PAGE_TAIL = 1;

  private Declarations() {}

  /**
   * Checks what a design says of itself.
   *
   * @throws IllegalArgumentException that says what was expected, and what was found
   */
  public static void check(PinDesign design) {
    if (Designs.all().contains(design)) {
      return;
    }
    checkNames(design.id(), design.summary());
    if (Designs.all().stream().anyMatch(shipped -> shipped.id().equals(design.id()))) {
      throw expected("id()", "another one than a shipped design has", design.id());
    }
    checkStateless(design.getClass());
    int bytes = design.bytesOutsidePage();
    if (bytes % Long.BYTES != 0) {
      throw expected("bytesOutsidePage()", "a multiple of 8", bytes);
    }
    checkRange("bytesOutsidePage()", bytes, 0, BYTES_MAX);
    checkRange("wordsPerCpu()", design.wordsPerCpu(), 0, WORDS_MAX);
    checkRange("refsPerPin()", design.refsPerPin(), 1, REFS_MAX);
    if ((design.discriminators() & PAGE_TAIL) != 0) {
      throw expected("discriminators()", "bit 0 clear, which is PageTail's", "it set");
    }
    checkLocks(design.locks());
  }

  /**
   * Checks an id and a summary.
   *
   * @throws IllegalArgumentException that says what was expected, and what was found
   */
  public static void checkNames(String id, String summary) {
    if (id == null || !ID.matcher(id).matches()) {
      throw expected(
          "id()", "a lower-case letter and at most 39 more letters, digits and hyphens", id);
    }
    if (summary == null
        || summary.isBlank()
        || summary.length() > SUMMARY_MAX
        || summary.lines().count() != 1) {
      throw expected("summary()", "one line of at most " + SUMMARY_MAX + " letters", summary);
    }
  }

  /**
   * Checks a number that has limits.
   *
   * @throws IllegalArgumentException that says what was expected, and what was found
   */
  public static void checkRange(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw expected(what, min + " to " + max, value);
    }
  }

  private static void checkLocks(List<String> names) {
    if (names == null
        || names.size() > LOCKS_MAX
        || names.stream().distinct().count() != names.size()
        || !names.stream().allMatch(name -> LOCK.matcher(name).matches())) {
      throw expected("locks()", "at most " + LOCKS_MAX + " different names like my_lock", names);
    }
  }

  /**
   * Checks that a class and those inside it keep nothing on the Java heap: what they know between
   * two calls would not go back when the explorer goes back.
   *
   * @throws IllegalArgumentException that names a field that can change
   */
  public static void checkStateless(Class<?> code) {
    for (Field field : code.getDeclaredFields()) {
      if (!field.isSynthetic() && !isConstant(field)) {
        throw new IllegalArgumentException(String.format(
            "field %s of %s can change: what is known between two calls is in Memory, and fields"
                + " are final numbers, strings and objects of the model",
            field.getName(), code.getSimpleName()));
      }
    }
    for (Class<?> inside : code.getDeclaredClasses()) {
      checkStateless(inside);
    }
    Class<?> parent = code.getSuperclass();
    if (parent != null && !isOfModel(parent) && !parent.getName().startsWith("java.")) {
      checkStateless(parent);
    }
  }

  /** What is final and of the model is an address or a number; an array or a list can change. */
  private static boolean isConstant(Field field) {
    Class<?> type = field.getType();
    return Modifier.isFinal(field.getModifiers())
        && (type.isPrimitive()
            || type == String.class
            || isOfModel(type)
            || type.getNestHost() == field.getDeclaringClass().getNestHost());
  }

  private static boolean isOfModel(Class<?> type) {
    return type.getClassLoader() == PinDesign.class.getClassLoader()
        && type.getName().startsWith("org.gupstress.");
  }

  private static IllegalArgumentException expected(String what, String expected, Object found) {
    return new IllegalArgumentException(what + ": expected " + expected + ", found " + found);
  }
}
