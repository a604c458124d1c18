// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a design, or anything else that users write, must be before any of it runs. The names appear
 * in tokens, in file names and in reports of every kind.
 */
public final class Declarations {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern FIELD = Pattern.compile("[a-z_][a-z0-9_]{0,39}");
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
    if (Designs.find(design.id()).isPresent()) {
      throw expected("id()", "another one than a shipped design has", design.id());
    }
    checkStateless(design.getClass());
    checkHeldBy(design, null, new ArrayList<>());
    int bytes = design.bytesOutsidePage();
    if (bytes % Long.BYTES != 0) {
      throw expected("bytesOutsidePage()", "a multiple of 8", bytes);
    }
    checkRange("bytesOutsidePage()", bytes, 0, BYTES_MAX);
    checkRange("wordsPerCpu()", design.wordsPerCpu(), 0, WORDS_MAX);
    checkRange("wordsPerNode()", design.wordsPerNode(), 0, WORDS_MAX);
    checkRange("refsPerPin()", design.refsPerPin(), 1, REFS_MAX);
    if ((design.discriminators() & PAGE_TAIL) != 0) {
      throw expected("discriminators()", "bit 0 clear, which is PageTail's", "it set");
    }
    checkLocks(design.locks());
    FieldNames.of(design);
  }

  /** Checks the name of a field. */
  static void checkField(String what, String name) {
    if (name == null || !FIELD.matcher(name).matches()) {
      throw expected(what, "a name like my_count", name);
    }
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
        || !names.stream().allMatch(name -> name != null && FIELD.matcher(name).matches())) {
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
    checkFields(code);
    for (Class<?> inside : code.getNestMembers()) {
      if (inside.getName().startsWith(code.getName() + "$")) {
        checkFields(inside);
      }
    }
    Class<?> parent = code.getSuperclass();
    if (parent != null && !isOfModel(parent) && !parent.getName().startsWith("java.")) {
      checkStateless(parent);
    }
  }

  private static void checkFields(Class<?> code) {
    for (Field field : code.getDeclaredFields()) {
      if (!field.isSynthetic() && !isConstant(field)) {
        throw canChange(field);
      }
      if (!field.isSynthetic()
          && Modifier.isStatic(field.getModifiers())
          && isOwn(field.getType(), code)) {
        checkHeld(field, null, null, new ArrayList<>());
      }
    }
  }

  private static IllegalArgumentException canChange(Field field) {
    String code = field.getDeclaringClass().getName();
    return new IllegalArgumentException(String.format(
        "field %s of %s can change: what is known between two calls is in Memory, and fields are"
            + " final numbers, strings and objects of the model",
        field.getName(),
        code.substring(Math.max(code.lastIndexOf('.'), code.lastIndexOf('$')) + 1)));
  }

  /** Checks what an object has in its fields, and what lambdas and other objects there have. */
  private static void checkHeldBy(Object holder, @Nullable Field root, List<Object> seen) {
    if (seen.stream().anyMatch(other -> other == holder)) {
      return;
    }
    seen.add(holder);
    for (Class<?> c = holder.getClass();
        c != null && (c.isHidden() || !isOfModel(c)) && !c.getName().startsWith("java.");
        c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          checkHeld(field, holder, root, seen);
        }
      }
    }
  }

  private static void checkHeld(
      Field field, @Nullable Object holder, @Nullable Field root, List<Object> seen) {
    Object held;
    try {
      field.setAccessible(true);
      held = field.get(holder);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    if (held == null
        || held instanceof String
        || held instanceof Number
        || held instanceof Boolean
        || held instanceof Character) {
      return;
    }
    Class<?> type = held.getClass();
    Field named = root == null ? field : root;
    if (type.isArray()) {
      throw canChange(named);
    }
    if (type.isHidden() || type.getClassLoader() == field.getDeclaringClass().getClassLoader()) {
      checkHeldBy(held, named, seen);
    } else if (!isOfModel(type)) {
      throw canChange(named);
    }
  }

  private static boolean isOwn(Class<?> type, Class<?> code) {
    return !isOfModel(type)
        && type.getClassLoader() == code.getClassLoader()
        && !type.isPrimitive();
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
