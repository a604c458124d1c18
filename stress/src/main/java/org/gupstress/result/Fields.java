// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of a result file. What is missing or of another kind is an exception that says so. */
public record Fields(Map<String, @Nullable Object> values) {
  private static final int SHOWN_MAX = 40;

  public boolean has(String name) {
    return values.get(name) != null;
  }

  public String text(String name) throws IOException {
    return value(name, String.class, "a text");
  }

  public String textOrEmpty(String name) throws IOException {
    return has(name) ? text(name) : "";
  }

  /** A whole number. */
  public long number(String name) throws IOException {
    return whole(name, value(name, Number.class, "a number"), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** A whole number of things that are few. */
  public int count(String name) throws IOException {
    Number found = value(name, Number.class, "a number");
    return (int) whole(name, found, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** Whole numbers of things that are few. */
  public List<Integer> counts(String name) throws IOException {
    List<Integer> counts = new ArrayList<>();
    for (Object element : value(name, List.class, "an array")) {
      Number found = cast(name, element, Number.class, "a number");
      counts.add((int) whole(name, found, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    return counts;
  }

  public double decimal(String name) throws IOException {
    return finite(name, value(name, Number.class, "a number"));
  }

  private static long whole(String name, Number found, long min, long max) throws IOException {
    // not all of them are longs: a file may say 1e400, or have a thousand digits
    boolean isLong = found instanceof Integer || found instanceof Long;
    double near = found.doubleValue();
    if (!isLong && (near != Math.rint(near) || Math.abs(near) >= 0x1p63)) {
      throw outOfRange(name, found, "a whole number");
    }
    if (found.longValue() < min || found.longValue() > max) {
      throw outOfRange(name, found, "a number from " + min + " to " + max);
    }
    return found.longValue();
  }

  private static double finite(String name, Number found) throws IOException {
    if (!Double.isFinite(found.doubleValue())) {
      throw outOfRange(name, found, "a number that is not so large");
    }
    return found.doubleValue();
  }

  private static IOException outOfRange(String name, Number found, String expected) {
    String text = found.toString();
    return new IOException("expected " + expected + " \"" + name + "\", found "
        + (text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "..."));
  }

  /** NaN where there is none. */
  public double decimalOrNan(String name) throws IOException {
    return has(name) ? decimal(name) : Double.NaN;
  }

  public List<Double> decimals(String name) throws IOException {
    List<Double> decimals = new ArrayList<>();
    for (Object element : value(name, List.class, "an array")) {
      decimals.add(finite(name, cast(name, element, Number.class, "a number")));
    }
    return decimals;
  }

  /** An array of arrays. */
  public List<List<?>> lists(String name) throws IOException {
    List<List<?>> lists = new ArrayList<>();
    for (Object element : value(name, List.class, "an array")) {
      lists.add(cast(name, element, List.class, "an array of arrays"));
    }
    return lists;
  }

  public boolean flag(String name) throws IOException {
    return value(name, Boolean.class, "true or false");
  }

  public Fields fields(String name) throws IOException {
    return of(name, value(name, Map.class, "an object"));
  }

  public List<Fields> list(String name) throws IOException {
    List<Fields> objects = new ArrayList<>();
    for (Object element : value(name, List.class, "an array")) {
      objects.add(of(name, element));
    }
    return objects;
  }

  public List<String> texts(String name) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Object element : value(name, List.class, "an array")) {
      texts.add(cast(name, element, String.class, "a text"));
    }
    return texts;
  }

  private <T> T value(String name, Class<T> type, String expected) throws IOException {
    return cast(name, values.get(name), type, expected);
  }

  @SuppressWarnings("unchecked") // the reader makes no other maps
  private static Fields of(String name, Object element) throws IOException {
    return new Fields((Map<String, @Nullable Object>) cast(name, element, Map.class, "an object"));
  }

  private static <T> T cast(String name, @Nullable Object found, Class<T> type, String expected)
      throws IOException {
    if (type.isInstance(found)) {
      return type.cast(found);
    }
    throw new IOException("expected " + expected + " \"" + name + "\", found "
        + (found == null ? "none" : found.getClass().getSimpleName()));
  }
}
