// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of a result file. What is missing or of another kind is an exception that says so. */
public record Fields(Map<String, @Nullable Object> values) {

  public boolean has(String name) {
    return values.get(name) != null;
  }

  public String text(String name) throws IOException {
    return value(name, String.class, "a text");
  }

  public String textOrEmpty(String name) throws IOException {
    return has(name) ? text(name) : "";
  }

  public long number(String name) throws IOException {
    return value(name, Number.class, "a number").longValue();
  }

  public double decimal(String name) throws IOException {
    return value(name, Number.class, "a number").doubleValue();
  }

  /** NaN where there is none. */
  public double decimalOrNan(String name) throws IOException {
    return has(name) ? decimal(name) : Double.NaN;
  }

  public List<Double> decimals(String name) throws IOException {
    List<Double> decimals = new ArrayList<>();
    for (Object element : value(name, List.class, "an array")) {
      decimals.add(cast(name, element, Number.class, "a number").doubleValue());
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
